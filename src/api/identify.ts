import { configError } from '../errors.ts';
import { KEY_MARK } from '../users/key-mark.ts';
import type { Users } from '../users/users.ts';
import { bearerOf, type Identify, machinePrincipal, type Principal, sameText } from './principal.ts';
import { sessionPrincipal } from './session-principal.ts';

/**
 * Tells callers by exactly one of: the machine token, the key of a program, the session of a user. Two at once are refused with
 * `credentials_two`, since whoever reads the request afterwards could take it for either's.
 */
export function makeIdentify(token: string, users: Users | null): Identify {
  return async ({ authorization = '', client, actsFor }) => {
    if (users === null) return machinePrincipal(token, authorization, actsFor);
    const hasSession = hasCookie(client.cookie, users.sessionCookie);
    if (authorization !== '' && hasSession) {
      throw configError('credentials_two', 'The request bears both a token and the cookie of a session.', {
        hint: 'Send one of them.',
      });
    }
    if (authorization === '' && !hasSession) {
      throw configError('token_missing', 'You are not signed in.', {
        hint: 'Sign in, or send a key as the header Authorization: Bearer KEY.',
      });
    }
    const bearer = bearerOf(authorization);
    const isKey = bearer?.startsWith(KEY_MARK) === true && !sameText(bearer, token);
    if (!hasSession && !isKey) return machinePrincipal(token, authorization, actsFor);
    if (actsFor !== undefined) {
      throw configError('actor_invalid', 'Only the machine token acts for others.', {
        hint: 'Leave out the header X-Aquarius-Actor.',
      });
    }
    return isKey ? ofKey(users, bearer) : sessionPrincipal(await users.identifySession(client));
  };
}

async function ofKey(users: Users, secret: string): Promise<Principal> {
  const { name, makerId, role, agencies } = await users.identifyKey(secret);
  return { kind: 'key', userId: makerId, name: `key ${name}`, role, agencyIds: agencies };
}

/** Whether the header Cookie has a cookie of this name. */
function hasCookie(header: string | null, name: string): boolean {
  return (header ?? '').split(';').some((part) => part.trim().startsWith(`${name}=`) && part.trim() !== `${name}=`);
}
