import type { Transaction } from 'kysely';
import type { Actor } from './actor.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { Tables } from './schema.ts';
import { type Store, timestamp } from './store.ts';

/** Narrows the audit log; what is left out does not narrow. */
export interface AuditFilter {
  /** Only these agencies; an empty list gives nothing. */
  readonly agencyIds?: readonly string[];
  readonly subjectKind?: string;
  readonly subjectId?: string;
  /** 50 unless said. */
  readonly limit?: number;
  /** Only entries older than the one with this id. */
  readonly before?: string;
}

/** What was done, without the time and the actor. */
export type Change = Pick<AuditEntry, 'action' | 'agencyId' | 'subjectKind' | 'subjectId' | 'before' | 'after'>;

/** Appends an entry in the transaction that makes the change. */
export async function appendAudit(store: Store, trx: Transaction<Tables>, actor: Actor, change: Change): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      ...change,
      id: store.newId(),
      at: timestamp(store),
      actor: actor.name,
      via: actor.via,
      reason: actor.reason,
      before: change.before && JSON.stringify(change.before),
      after: change.after && JSON.stringify(change.after),
    })
    .execute();
}

/** Writes down what somebody did that changes no single row: asking for runs, for one. */
export function recordAction(store: Store, actor: Actor, changes: readonly Change[]): Promise<void> {
  return store.write(async (trx) => {
    for (const change of changes) await appendAudit(store, trx, actor, change);
  });
}

function json(text: string | null): AuditEntry['before'] {
  return text === null ? null : (JSON.parse(text) as AuditEntry['before']);
}

/** Entries of the audit log, newest first. */
export async function auditLog(store: Store, filter: AuditFilter = {}): Promise<readonly AuditEntry[]> {
  const { agencyIds, subjectKind, subjectId, limit = 50, before } = filter;
  if (agencyIds?.length === 0) return [];
  return store.read(async (db) => {
    let query = db.selectFrom('audit').selectAll();
    if (agencyIds !== undefined) query = query.where('agencyId', 'in', agencyIds);
    if (subjectKind !== undefined) query = query.where('subjectKind', '=', subjectKind);
    if (subjectId !== undefined) query = query.where('subjectId', '=', subjectId);
    if (before !== undefined) query = query.where('id', '<', before);
    const rows = await query.orderBy('id', 'desc').limit(limit).execute();
    return rows.map((row) => ({ ...row, before: json(row.before), after: json(row.after) }));
  });
}
