import type { Kysely } from 'kysely';
import { configError } from '../errors.ts';
import type { Tables } from '../ledger/schema.ts';
import { type Store, timestamp } from '../ledger/store.ts';
import { accessOf, type User } from './user.ts';

/** All users, by e-mail. */
export function listUsers(store: Store): Promise<readonly User[]> {
  return store.read((db) => usersOf(db, timestamp(store)));
}

/** The user with this id, or a `config` error `user_unknown`. */
export async function userById(store: Store, id: string): Promise<User> {
  return store.read((db) => oneUser(db, timestamp(store), id));
}

/** The user with this e-mail in any letter case, or a `config` error `user_unknown`. */
export async function userByEmail(store: Store, email: string): Promise<User> {
  const users = await listUsers(store);
  const found = users.find((user) => user.email === email.trim().toLowerCase());
  if (found !== undefined) return found;
  throw configError('user_unknown', `There is no user ${email}.`, { hint: '`aquarius users list` shows them.' });
}

/** Whether there is any user. */
export async function hasUsers(store: Store): Promise<boolean> {
  const found = await store.read((db) => db.selectFrom('authUsers').select('id').limit(1).executeTakeFirst());
  return found !== undefined;
}

/** As `userById`, in a transaction. */
export async function oneUser(db: Kysely<Tables>, now: string, id: string): Promise<User> {
  const [found] = await usersOf(db, now, id);
  if (found !== undefined) return found;
  throw configError('user_unknown', 'There is no such user.', { hint: 'GET /api/users lists them.' });
}

async function usersOf(db: Kysely<Tables>, now: string, id?: string): Promise<readonly User[]> {
  let users = db.selectFrom('authUsers').selectAll();
  let accounts = db.selectFrom('authAccounts').select(['userId', 'providerId']);
  let links = db.selectFrom('userLinks').select(['userId', 'expiresAt']).where('usedAt', 'is', null).where('expiresAt', '>', now);
  if (id !== undefined) {
    users = users.where('id', '=', id);
    accounts = accounts.where('userId', '=', id);
    links = links.where('userId', '=', id);
  }
  const rows = await users.orderBy('email').execute();
  const ways = Map.groupBy(await accounts.execute(), ({ userId }) => userId);
  const open = Map.groupBy(await links.execute(), ({ userId }) => userId);
  return rows.map((row) => ({
    ...{ id: row.id, email: row.email, name: row.name, ...accessOf(row), disabled: row.disabled !== 0 },
    signIn: (['password', 'oidc'] as const).filter((way) =>
      ways.get(row.id)?.some(({ providerId }) => providerId === (way === 'password' ? 'credential' : 'oidc')),
    ),
    createdAt: row.createdAt,
    lastSignInAt: row.lastSignInAt,
    linkExpiresAt:
      open
        .get(row.id)
        ?.map(({ expiresAt }) => expiresAt)
        .sort()
        .at(-1) ?? null,
  }));
}
