import ssh2, { type AnyAuthMethod, type AuthenticationType, type AuthHandlerMiddleware } from 'ssh2';
import { configError } from '../../errors.ts';
import type { Secrets } from '../destination.ts';
import type { SftpSettings } from './settings.ts';

/** How to log in: a key, a password, or for servers that want both, both. */
export interface Credentials {
  readonly privateKey?: { readonly pem: string; readonly passphrase: string | undefined };
  readonly password?: string;
}

/** Fetches the secrets that the settings refer to, and proves that the key can be used, before anything is connected. */
export async function readCredentials(settings: SftpSettings, secrets: Secrets): Promise<Credentials> {
  const password = settings.password === undefined ? {} : { password: await secrets(settings.password) };
  if (settings.privateKey === undefined) return password;
  const pem = await secrets(settings.privateKey);
  const passphrase = settings.passphrase === undefined ? undefined : await secrets(settings.passphrase);
  const key = ssh2.utils.parseKey(pem, passphrase);
  // ssh2's reasons speak of the key's form, never of its content.
  if (key instanceof Error) throw unusable(settings.privateKey, key.message);
  if (!(Array.isArray(key) ? key[0] : key).isPrivateKey()) throw unusable(settings.privateKey, 'it is a public key');
  return { ...password, privateKey: { pem, passphrase } };
}

function unusable(reference: string, reason: string) {
  return configError('sftp_private_key', `The private key ${reference} cannot be used: ${reason}.`, {
    hint: 'It must be an OpenSSH or PEM private key; an encrypted one needs the right passphrase. Try it with `ssh-keygen -y -f FILE`.',
  });
}

type Method = Exclude<AuthenticationType, 'none' | 'agent' | 'hostbased'>;

/**
 * Tries the key, or else the password, and once only. A second method follows where the server wants both, and
 * keyboard-interactive where it takes passwords in no other way. Left alone, ssh2 would begin with a login without any method, and
 * servers that count failures would be one closer to locking the account.
 */
export function logIn(username: string, credentials: Credentials): AuthHandlerMiddleware {
  const { privateKey, password } = credentials;
  const tried: Method[] = [];

  function choose(accepted: readonly string[] | null, partial: boolean): Method | undefined {
    if (accepted === null) return privateKey === undefined ? 'password' : 'publickey';
    const refusedAsSuch = tried.includes('password') && !accepted.includes('password');
    if (password === undefined || (!partial && !refusedAsSuch)) return undefined;
    return (['password', 'keyboard-interactive'] as const).find((method) => accepted.includes(method) && !tried.includes(method));
  }

  return (accepted: readonly string[] | null, partial, next) => {
    const method = choose(accepted, partial);
    if (method === undefined) return giveUp(next);
    tried.push(method);
    if (method === 'publickey' && privateKey !== undefined) {
      const { pem: key, passphrase } = privateKey;
      return next({ type: method, username, key, ...(passphrase === undefined ? {} : { passphrase }) });
    }
    if (password === undefined) return giveUp(next);
    if (method === 'password') return next({ type: method, username, password });
    return next({
      type: 'keyboard-interactive',
      username,
      // One question that hides its answer is the password; anything else is not for a program to answer.
      prompt: (_name, _instructions, _language, prompts, answer) =>
        answer(prompts.length === 1 && prompts[0]?.echo === false ? [password] : []),
    });
  };
}

/** ssh2 takes `false` for "nothing left to try"; its types do not say so. */
function giveUp(next: (method: AnyAuthMethod) => void): void {
  next(false as unknown as AnyAuthMethod);
}
