import type { Kysely, Transaction } from 'kysely';
import { configError } from '../errors.ts';
import type { Tables } from '../ledger/schema.ts';
import { type Store, timestamp } from '../ledger/store.ts';
import { hashOf, randomText } from './secret-text.ts';

/** One-time links, by which a user sets a password. What is kept is the hash of the token. */

const LINK_HOURS = 48;

export interface NewLink {
  /** What stands after the # of the link: nothing sends it to a server on the way. */
  readonly token: string;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
}

export interface Link {
  readonly tokenHash: string;
  readonly userId: string | null;
  readonly kind: 'first' | 'invite' | 'reset';
  readonly expiresAt: string;
}

/** What a link is for; e-mail and name are null for that of the first administrator. */
export type LinkFacts = Pick<Link, 'kind' | 'expiresAt'> & { readonly email: string | null; readonly name: string | null };

/** Makes a link and takes the force from those that the user had before. */
export async function makeLink(
  store: Store,
  trx: Transaction<Tables>,
  { userId, kind }: Pick<Link, 'userId' | 'kind'>,
): Promise<NewLink> {
  await endLinks(trx, userId);
  const token = randomText(store.random);
  const expiresAt = new Date(store.clock.now().getTime() + LINK_HOURS * 3_600_000).toISOString();
  await trx
    .insertInto('userLinks')
    .values({ tokenHash: hashOf(token), userId, kind, createdAt: timestamp(store), expiresAt, usedAt: null })
    .execute();
  return { token, expiresAt };
}

/** Takes the force from the links of a user; from that of the first admin with null. */
export async function endLinks(trx: Transaction<Tables>, userId: string | null): Promise<void> {
  const links = trx.deleteFrom('userLinks').where('usedAt', 'is', null);
  await (userId === null ? links.where('userId', 'is', null) : links.where('userId', '=', userId)).execute();
}

/** The link with this token. `config` errors: `link_unknown`, also for one that was used or replaced; `link_expired`. */
export async function findLink(store: Store, db: Pick<Kysely<Tables>, 'selectFrom'>, token: string): Promise<Link> {
  const found = await db
    .selectFrom('userLinks')
    .select(['tokenHash', 'userId', 'kind', 'expiresAt'])
    .where('tokenHash', '=', hashOf(token))
    .where('usedAt', 'is', null)
    .executeTakeFirst();
  if (found === undefined) throw linkUnknown();
  if (found.expiresAt > timestamp(store)) return found;
  throw configError('link_expired', 'This link has expired.', { hint: `A link holds ${LINK_HOURS} hours: ask for a new one.` });
}

/** Uses a link up; whoever comes second gets `link_unknown`. */
export async function useLink(store: Store, trx: Transaction<Tables>, { tokenHash }: Link): Promise<void> {
  const used = await trx
    .updateTable('userLinks')
    .set({ usedAt: timestamp(store) })
    .where('tokenHash', '=', tokenHash)
    .where('usedAt', 'is', null)
    .returning('tokenHash')
    .executeTakeFirst();
  if (used === undefined) throw linkUnknown();
}

function linkUnknown(): Error {
  return configError('link_unknown', 'This link is not one that can be used.', {
    hint: 'A link works once, and a newer one takes its place: ask an administrator for a new one.',
  });
}
