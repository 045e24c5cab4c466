import type { Transaction } from 'kysely';
import type { Tables } from '../ledger/schema.ts';
import { type Store, timestamp } from '../ledger/store.ts';

/** The provider under which the library keeps passwords. */
const PROVIDER = 'credential';

/** The hash of a user's password, or null when they have none. */
export async function passwordHashOf(store: Store, userId: string): Promise<string | null> {
  const found = await store.read((db) =>
    db
      .selectFrom('authAccounts')
      .select('password')
      .where('providerId', '=', PROVIDER)
      .where('accountId', '=', userId)
      .executeTakeFirst(),
  );
  return found?.password ?? null;
}

/** Sets a user's password, by its hash. */
export async function setPassword(store: Store, trx: Transaction<Tables>, userId: string, hash: string): Promise<void> {
  const at = timestamp(store);
  const tokens = {
    accessToken: null,
    refreshToken: null,
    idToken: null,
    accessTokenExpiresAt: null,
    refreshTokenExpiresAt: null,
  };
  await trx
    .insertInto('authAccounts')
    .values({
      ...{ id: store.newId(), accountId: userId, providerId: PROVIDER, userId, ...tokens, scope: null },
      ...{ password: hash, createdAt: at, updatedAt: at },
    })
    .onConflict((conflict) => conflict.columns(['providerId', 'accountId']).doUpdateSet({ password: hash, updatedAt: at }))
    .execute();
}
