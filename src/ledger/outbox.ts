import type { Transaction } from 'kysely';
import type { DeliveryDetails } from './details-row.ts';
import type { Tables } from './schema.ts';
import { type Store, timestamp } from './store.ts';

/** A change of a run that the warehouse's SEGMENT_DELIVERY_DETAILS must still hear of. */
export interface OutboxEntry {
  readonly id: string;
  readonly runId: string;
  /** Number of the step; of two entries of one run, the higher is the newer. */
  readonly seq: number;
  readonly details: readonly DeliveryDetails[];
  readonly createdAt: string;
}

/** Values bound in one statement, well below what either database takes. */
const BATCH = 500;

/** Entries that are not done: by run, and within a run from the oldest. */
export function pendingOutbox(store: Store, limit: number): Promise<readonly OutboxEntry[]> {
  return store.read(async (db) => {
    const rows = await db
      .selectFrom('outbox')
      .select(['id', 'runId', 'seq', 'details', 'createdAt'])
      .where('doneAt', 'is', null)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...row, details: JSON.parse(row.details ?? '[]') as DeliveryDetails[] }));
  });
}

/** Marks entries as copied. Their rows are dropped: they can be made again from the run, and would fill the store over the years. */
export function outboxDone(store: Store, ids: readonly string[]): Promise<void> {
  const work = async (trx: Transaction<Tables>): Promise<void> => {
    const doneAt = timestamp(store);
    for (let start = 0; start < ids.length; start += BATCH) {
      await trx
        .updateTable('outbox')
        .set({ doneAt, details: null })
        .where('id', 'in', ids.slice(start, start + BATCH))
        .where('doneAt', 'is', null)
        .execute();
    }
  };
  // What is not marked is copied once more, over itself.
  return store.write(work, { commitLater: true });
}
