import type { Context } from 'hono';
import { configError } from '../errors.ts';
import type { Users } from '../users/users.ts';
import type { ApiEnv } from './env.ts';
import type { Principal } from './principal.ts';
import { sessionPrincipal } from './session-principal.ts';

/** The users of this server, or a `config` error `users_unknown` where the machine token is all there is. */
export function requireUsers(users: Users | undefined): Users {
  if (users !== undefined) return users;
  throw configError('users_unknown', 'This server has no users.', {
    hint: 'Callers bear its token. docs/users.md says how people come to sign in.',
  });
}

/** Hands cookies to the browser. */
export function setCookies(c: Context<ApiEnv>, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
}

/** Hands the cookies of a new session to the browser; gives who it is of. */
export async function signedInAs(c: Context<ApiEnv>, users: Users, cookies: readonly string[]): Promise<Principal> {
  setCookies(c, cookies);
  const cookie = cookies.map((text) => text.split(';')[0]).join('; ');
  return sessionPrincipal(await users.identifySession({ ...c.get('client'), cookie }));
}
