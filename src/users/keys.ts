import type { Selectable } from 'kysely';
import { configError } from '../errors.ts';
import type { Actor } from '../ledger/actor.ts';
import { appendAudit } from '../ledger/audit-log.ts';
import { type Store, timestamp } from '../ledger/store.ts';
import type { UserKeysTable } from '../ledger/user-tables.ts';
import { DAY_MS } from '../lib/clock.ts';
import { type Agencies, agenciesText, hasAgencies, sharedAgencies, tidyAgencies } from './agencies.ts';
import { KEY_MARK } from './key-mark.ts';
import { lesserRole, mayDo, type Role } from './role.ts';
import { hashOf, randomText } from './secret-text.ts';
import { accessOf } from './user.ts';

/** Keys of programs. What is kept is their hash; whoever has lost one makes another. */

/** Characters by which people tell keys apart. */
const SHOWN = 10;
/** How exactly it is kept when a key was used last, in milliseconds. */
const USED_EVERY_MS = 60_000;

/** Times are ISO 8601, UTC. */
export interface ApiKey {
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly role: Role;
  readonly agencies: Agencies;
  readonly makerId: string | null;
  readonly makerName: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

export interface KeyFields {
  readonly name: string;
  readonly role: Role;
  readonly agencies: Agencies;
  /** Null for a key that does not end. */
  readonly expiresInDays: number | null;
}

/** Who makes a key, and what they may do themselves. */
export interface KeyMaker {
  readonly userId: string | null;
  readonly role: Role;
  readonly agencies: Agencies;
}

/** All keys, newest first. */
export async function listKeys(store: Store): Promise<readonly ApiKey[]> {
  const rows = await store.read((db) => db.selectFrom('userKeys').selectAll().orderBy('id', 'desc').execute());
  return rows.map(keyOf);
}

/** Makes a key; the secret is told this once. One that could do more than its maker is `key_exceeds_maker`. */
export async function createKey(
  store: Store,
  { name, role, agencies, expiresInDays }: KeyFields,
  maker: KeyMaker,
  actor: Actor,
): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  if (!mayDo(maker.role, role) || !hasAgencies(maker.agencies, agencies)) {
    throw configError('key_exceeds_maker', 'A key may do no more than who makes it.', {
      hint: 'Ask for a lower role, or for fewer agencies.',
    });
  }
  const secret = `${KEY_MARK}${randomText(store.random)}`;
  const expiresAt = expiresInDays === null ? null : new Date(store.clock.now().getTime() + expiresInDays * DAY_MS).toISOString();
  const row = {
    ...{ id: store.newId(), hash: hashOf(secret), prefix: secret.slice(0, SHOWN), name, role },
    ...{ agencies: agenciesText(tidyAgencies(agencies)), makerId: maker.userId, makerName: actor.name },
    ...{ createdAt: timestamp(store), expiresAt, lastUsedAt: null, revokedAt: null },
  };
  return store.write(async (trx) => {
    await trx.insertInto('userKeys').values(row).execute();
    const after = { name, role, agencies: tidyAgencies(agencies), prefix: row.prefix, expiresAt };
    await appendAudit(store, trx, actor, { action: 'key.create', ...subject(row.id), before: null, after });
    return { key: keyOf(row), secret };
  });
}

/** Revokes a key for good; again it does nothing. One that is not there is `key_unknown`. */
export async function revokeKey(store: Store, id: string, actor: Actor): Promise<ApiKey> {
  return store.write(async (trx) => {
    const revoked = await trx
      .updateTable('userKeys')
      .set({ revokedAt: timestamp(store) })
      .where('id', '=', id)
      .where('revokedAt', 'is', null)
      .returningAll()
      .executeTakeFirst();
    if (revoked !== undefined) {
      const { name, prefix } = revoked;
      await appendAudit(store, trx, actor, { action: 'key.revoke', ...subject(id), before: { name, prefix }, after: null });
      return keyOf(revoked);
    }
    const known = await trx.selectFrom('userKeys').selectAll().where('id', '=', id).executeTakeFirst();
    if (known !== undefined) return keyOf(known);
    throw configError('key_unknown', 'There is no such key.', { hint: 'GET /api/keys lists them.' });
  });
}

/**
 * What the bearer of a key may do: what the key says, as far as its maker may still do it. `config` errors: `key_wrong`, `key_revoked`,
 * `key_expired`, `key_maker_disabled`.
 */
export async function identifyKey(store: Store, secret: string): Promise<ApiKey> {
  const now = timestamp(store);
  const found = await store.read((db) =>
    db
      .selectFrom('userKeys')
      .leftJoin('authUsers', 'authUsers.id', 'userKeys.makerId')
      .selectAll('userKeys')
      .select(['authUsers.role as makerRole', 'authUsers.agencies as makerAgencies', 'authUsers.disabled as makerDisabled'])
      .where('hash', '=', hashOf(secret))
      .executeTakeFirst(),
  );
  if (found === undefined) throw refused('key_wrong', 'is not one of this server');
  if (found.revokedAt !== null) throw refused('key_revoked', 'was revoked');
  if (found.expiresAt !== null && found.expiresAt <= now) throw refused('key_expired', 'has expired');
  const key = keyOf(found);
  await markUsed(store, key, now);
  if (found.makerId === null) return key;
  const { makerRole, makerAgencies, makerDisabled } = found;
  if (makerRole === null || makerAgencies === null || makerDisabled !== 0) {
    throw refused('key_maker_disabled', 'was made by somebody who is disabled');
  }
  const maker = accessOf({ role: makerRole, agencies: makerAgencies });
  return { ...key, role: lesserRole(key.role, maker.role), agencies: sharedAgencies(key.agencies, maker.agencies) };
}

async function markUsed(store: Store, { id, lastUsedAt }: ApiKey, now: string): Promise<void> {
  if (lastUsedAt !== null && Date.parse(now) - Date.parse(lastUsedAt) < USED_EVERY_MS) return;
  await store.write((trx) => trx.updateTable('userKeys').set({ lastUsedAt: now }).where('id', '=', id).execute());
}

function refused(code: string, why: string): Error {
  return configError(code, `The key ${why}.`, { hint: 'An administrator can make another one.' });
}

function keyOf(row: Selectable<UserKeysTable>): ApiKey {
  const { id, prefix, name, makerId, makerName, createdAt, expiresAt, lastUsedAt, revokedAt } = row;
  return { id, prefix, name, ...accessOf(row), makerId, makerName, createdAt, expiresAt, lastUsedAt, revokedAt };
}

function subject(id: string): { readonly agencyId: null; readonly subjectKind: 'key'; readonly subjectId: string } {
  return { agencyId: null, subjectKind: 'key', subjectId: id };
}
