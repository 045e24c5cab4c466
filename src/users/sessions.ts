import { configError } from '../errors.ts';
import type { Actor } from '../ledger/actor.ts';
import { appendAudit } from '../ledger/audit-log.ts';
import { type Store, timestamp } from '../ledger/store.ts';
import type { Lifetimes } from './sign-in-settings.ts';

/** Sessions as they are kept. Times are ISO 8601, UTC. */
export interface Session {
  readonly id: string;
  readonly createdAt: string;
  /** To a minute. */
  readonly lastSeenAt: string;
  /** When it ends if it is not used. */
  readonly expiresAt: string;
  readonly address: string | null;
  readonly client: string | null;
}

/** How exactly it is kept when a session was used last, in milliseconds. */
const SEEN_EVERY_MS = 60_000;

interface SessionRow {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

/** The session, with the end that its age and its idleness give it. */
export function sessionOf({ id, createdAt, updatedAt, ipAddress, userAgent }: SessionRow, lifetimes: Lifetimes): Session {
  const oldest = Date.parse(createdAt) + lifetimes.sessionMs;
  const idle = Date.parse(updatedAt) + lifetimes.idleMs;
  return {
    ...{ id, createdAt, lastSeenAt: updatedAt, expiresAt: new Date(Math.min(oldest, idle)).toISOString() },
    address: ipAddress || null,
    client: userAgent || null,
  };
}

/** Keeps that a session was used now. */
export async function markSeen(store: Store, session: Session): Promise<void> {
  const now = timestamp(store);
  if (Date.parse(now) - Date.parse(session.lastSeenAt) < SEEN_EVERY_MS) return;
  await store.write((trx) => trx.updateTable('authSessions').set({ updatedAt: now }).where('id', '=', session.id).execute());
}

/** The sessions of a user that have not ended, newest first. */
export async function sessionsOf(store: Store, userId: string, lifetimes: Lifetimes): Promise<readonly Session[]> {
  const rows = await store.read((db) =>
    db.selectFrom('authSessions').selectAll().where('userId', '=', userId).orderBy('createdAt', 'desc').execute(),
  );
  const now = timestamp(store);
  return rows.map((row) => sessionOf(row, lifetimes)).filter(({ expiresAt }) => expiresAt > now);
}

/** Ends a session of a user. One that is not theirs is `session_unknown`, as if there were none. */
export async function revokeSession(store: Store, userId: string, id: string, actor: Actor): Promise<void> {
  await store.write(async (trx) => {
    const ended = await trx
      .deleteFrom('authSessions')
      .where('id', '=', id)
      .where('userId', '=', userId)
      .returning('id')
      .executeTakeFirst();
    if (ended === undefined) {
      throw configError('session_unknown', 'There is no such session.', { hint: 'GET /api/me/sessions lists them.' });
    }
    await appendAudit(store, trx, actor, { action: 'session.revoke', ...subject(id), before: { userId }, after: null });
  });
}

/** Removes sessions and half-done sign-ins whose time is over: nothing else does when nobody comes back. */
export async function forgetEnded(store: Store): Promise<void> {
  const now = timestamp(store);
  await store.write(async (trx) => {
    await trx.deleteFrom('authSessions').where('expiresAt', '<=', now).execute();
    await trx.deleteFrom('authVerifications').where('expiresAt', '<=', now).execute();
  });
}

/** What an audit entry is about. */
export function subject(id: string): { readonly agencyId: null; readonly subjectKind: 'session'; readonly subjectId: string } {
  return { agencyId: null, subjectKind: 'session', subjectId: id };
}
