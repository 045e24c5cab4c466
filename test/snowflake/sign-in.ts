import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { SnowflakeError } from './errors.ts';

/** Who may sign in, and with what. */
export interface Credentials {
  readonly account: string;
  readonly user: string;
  publicKey: KeyObject;
  readonly token: string;
  readonly oauthToken: string;
  readonly password: string;
}

/** What the client says in its login request. */
export interface LoginData {
  readonly ACCOUNT_NAME?: string;
  readonly LOGIN_NAME?: string;
  readonly AUTHENTICATOR?: string;
  readonly PASSWORD?: string;
  readonly TOKEN?: string;
  readonly SESSION_PARAMETERS?: Readonly<Record<string, string | number | boolean>>;
}

const wrongPassword = () => new SnowflakeError('390100', '08001', 'Incorrect username or password was specified.');
const wrongJwt = (reason: string) => new SnowflakeError('390144', '08001', `JWT token is invalid. [${reason}]`);

function part(jwt: string, index: number): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(jwt.split('.')[index] ?? '', 'base64url').toString('utf8'));
  } catch {
    throw wrongJwt('malformed');
  }
}

/** The token must be signed with the registered key, speak of this account, user and key, and be in its time. */
function checkJwt(jwt: string, { account, user, publicKey }: Credentials, now: Date): void {
  if (part(jwt, 0).alg !== 'RS256') throw wrongJwt('algorithm');
  const [header, payload, signature] = jwt.split('.');
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('RSA-SHA256', signed, publicKey, Buffer.from(signature ?? '', 'base64url'))) throw wrongJwt('signature');
  const claims = part(jwt, 1);
  const subject = `${account}.${user}`.toUpperCase();
  const fingerprint = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  if (claims.sub !== subject || claims.iss !== `${subject}.SHA256:${fingerprint}`) throw wrongJwt('subject');
  // Snowflake takes seconds and milliseconds.
  const expires = Number(claims.exp) > 1e11 ? Number(claims.exp) : Number(claims.exp) * 1000;
  if (!(expires > now.getTime())) throw wrongJwt('expired');
}

/** Throws what Snowflake answers to somebody who may not sign in. */
export function checkSignIn(login: LoginData, credentials: Credentials, now: Date): void {
  if (login.ACCOUNT_NAME?.toUpperCase() !== credentials.account.toUpperCase())
    throw new SnowflakeError('390422', '08001', 'Incoming request with an account that does not exist is not allowed.');
  const rightUser = login.LOGIN_NAME?.toUpperCase() === credentials.user.toUpperCase();
  switch ((login.AUTHENTICATOR ?? 'SNOWFLAKE').toUpperCase()) {
    case 'SNOWFLAKE_JWT':
      if (!rightUser) throw wrongJwt('user');
      checkJwt(login.TOKEN ?? '', credentials, now);
      return;
    case 'PROGRAMMATIC_ACCESS_TOKEN':
      if (!rightUser || login.TOKEN !== credentials.token)
        throw new SnowflakeError('394400', '08001', 'Programmatic access token is invalid.');
      return;
    case 'OAUTH':
      if (login.TOKEN !== credentials.oauthToken) throw new SnowflakeError('390303', '08001', 'Invalid OAuth access token.');
      return;
    case 'SNOWFLAKE':
      if (!rightUser || login.PASSWORD !== credentials.password) throw wrongPassword();
      return;
    default:
      throw new SnowflakeError('390137', '08001', 'Authenticator is not accepted.');
  }
}

/** The public half of a PEM, as Snowflake registers it: with or without its first and last line. */
export function publicKeyOf(text: string): KeyObject {
  const base64 = text.replaceAll(/-----[^-]+-----|\s/g, '');
  return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
}
