import type { Transaction } from 'kysely';
import { configError } from '../errors.ts';
import type { Actor } from '../ledger/actor.ts';
import { appendAudit } from '../ledger/audit-log.ts';
import type { Tables } from '../ledger/schema.ts';
import { type Store, timestamp } from '../ledger/store.ts';
import { type Agencies, agenciesText, tidyAgencies } from './agencies.ts';
import { oneUser } from './find-users.ts';
import { endLinks, makeLink, type NewLink } from './links.ts';
import type { Role } from './role.ts';
import { isAdministrator, type User } from './user.ts';

export interface UserFields {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly agencies: Agencies;
}

export interface UserChange {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly agencies?: Agencies | undefined;
  readonly disabled?: boolean | undefined;
}

/** Makes a user who has no way to sign in yet, and a link by which they set a password. An e-mail twice is `user_exists`. */
export function createUser(
  store: Store,
  fields: UserFields,
  actor: Actor,
): Promise<{ readonly user: User; readonly link: NewLink }> {
  return store.write(async (trx) => {
    const id = await insertUser(store, trx, fields, actor);
    const link = await makeLink(store, trx, { userId: id, kind: 'invite' });
    return { user: await oneUser(trx, timestamp(store), id), link };
  });
}

/** Inserts the row and its audit entry; gives the id. */
export async function insertUser(
  store: Store,
  trx: Transaction<Tables>,
  { email, name, role, agencies }: UserFields,
  actor: Actor,
): Promise<string> {
  const id = store.newId();
  const at = timestamp(store);
  const known = await trx
    .insertInto('authUsers')
    .values({
      ...{ id, email: email.toLowerCase(), name, role, agencies: agenciesText(tidyAgencies(agencies)) },
      ...{ emailVerified: 1, image: null, createdAt: at, updatedAt: at, disabled: 0, lastSignInAt: null },
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (known === undefined) {
    throw configError('user_exists', 'There is a user with this e-mail.', {
      hint: 'Change that user instead, or make a link for it.',
    });
  }
  const after = { email: email.toLowerCase(), name, role, agencies: tidyAgencies(agencies) };
  await appendAudit(store, trx, actor, { action: 'user.create', ...subject(id), before: null, after });
  return id;
}

/**
 * Changes a user. Another role, other agencies and disabling end their sessions; disabling takes the force from their links, too. The last
 * administrator stays one: `last_admin`.
 */
export function changeUser(store: Store, id: string, change: UserChange, actor: Actor): Promise<User> {
  return store.write((trx) => changeUserIn(store, trx, id, change, actor));
}

/** As `changeUser`, in a transaction. */
export async function changeUserIn(
  store: Store,
  trx: Transaction<Tables>,
  id: string,
  change: UserChange,
  actor: Actor,
): Promise<User> {
  await lockUsers(store, trx);
  const before = await oneUser(trx, timestamp(store), id);
  const after = {
    name: change.name ?? before.name,
    role: change.role ?? before.role,
    agencies: change.agencies === undefined ? before.agencies : tidyAgencies(change.agencies),
    disabled: change.disabled ?? before.disabled,
  };
  if (administers(before) && !administers(after) && !(await hasOtherAdministrator(trx, id))) {
    throw configError('last_admin', 'This is the last administrator of all agencies: without one nobody could make another.', {
      hint: 'Make somebody else an administrator of all agencies first.',
    });
  }
  const changed = changedFields(before, after);
  if (Object.keys(changed.after).length === 0) return before;
  await trx
    .updateTable('authUsers')
    .set({
      ...{ name: after.name, role: after.role, agencies: agenciesText(after.agencies), disabled: after.disabled ? 1 : 0 },
      updatedAt: timestamp(store),
    })
    .where('id', '=', id)
    .execute();
  if (after.disabled) await endLinks(trx, id);
  if (Object.keys(changed.after).some((field) => field !== 'name')) await endSessionsOf(trx, id);
  await appendAudit(store, trx, actor, { action: 'user.change', ...subject(id), ...changed });
  return oneUser(trx, timestamp(store), id);
}

/** Makes a link for a user, in place of any earlier one. Nobody can use one of a user who is disabled: `user_disabled`. */
export function renewLink(store: Store, id: string, actor: Actor): Promise<{ readonly user: User; readonly link: NewLink }> {
  return store.write(async (trx) => {
    const { disabled, signIn, email } = await oneUser(trx, timestamp(store), id);
    if (disabled) throw configError('user_disabled', 'The user is disabled.', { hint: 'Enable the user first.' });
    const kind = signIn.includes('password') ? 'reset' : 'invite';
    const link = await makeLink(store, trx, { userId: id, kind });
    await appendAudit(store, trx, actor, { action: 'user.link', ...subject(id), before: null, after: { email, kind } });
    return { user: await oneUser(trx, timestamp(store), id), link };
  });
}

/** Ends all sessions of a user. */
export async function endSessionsOf(trx: Transaction<Tables>, userId: string): Promise<void> {
  await trx.deleteFrom('authSessions').where('userId', '=', userId).execute();
}

/** Two administrators who take the right from each other at once must not both succeed. */
async function lockUsers({ engine }: Store, trx: Transaction<Tables>): Promise<void> {
  await engine.writeLock('auth_users')?.execute(trx);
}

/** Whether somebody else could still administer users if this user could not. */
async function hasOtherAdministrator(trx: Transaction<Tables>, id: string): Promise<boolean> {
  const other = await trx
    .selectFrom('authUsers')
    .select('id')
    .where('id', '!=', id)
    .where('role', '=', 'admin')
    .where('agencies', '=', 'all')
    .where('disabled', '=', 0)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

/** What an audit entry is about. */
export function subject(id: string): { readonly agencyId: null; readonly subjectKind: 'user'; readonly subjectId: string } {
  return { agencyId: null, subjectKind: 'user', subjectId: id };
}

type Changeable = Pick<User, 'name' | 'role' | 'agencies' | 'disabled'>;

function administers(user: Pick<User, 'role' | 'agencies' | 'disabled'>): boolean {
  return isAdministrator(user) && !user.disabled;
}

/** The fields that are different, as they were and as they are. */
function changedFields(before: Changeable, after: Changeable): Record<'before' | 'after', Partial<Changeable>> {
  const fields = (['name', 'role', 'agencies', 'disabled'] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  const of = (user: Changeable): Partial<Changeable> => Object.fromEntries(fields.map((field) => [field, user[field]]));
  return { before: of(before), after: of(after) };
}
