import type { Transaction } from 'kysely';
import { lockedRun } from './locked-run.ts';
import type { NewRun } from './new-run.ts';
import type { Tables } from './schema.ts';
import { skipRun } from './skip-run.ts';
import { isFinished } from './states.ts';
import type { Store } from './store.ts';

/**
 * What new runs mean for their deliveries: each knows its newest run, and its runs of slots due before that wait for a person are
 * skipped as `superseded`, since nobody need decide about them any more.
 */
export async function supersede(store: Store, trx: Transaction<Tables>, created: readonly NewRun[]): Promise<void> {
  const latestDue = new Map<string, NewRun>();
  for (const row of created) {
    const other = latestDue.get(row.deliveryId);
    if (other === undefined || other.dueAt < row.dueAt) latestDue.set(row.deliveryId, row);
  }
  const ids = [...latestDue.keys()];
  // Locked in one order, so that two who plan different slots of the same deliveries cannot wait for each other.
  if (store.engine.rowLocks)
    await trx.selectFrom('deliveries').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute();
  await trx
    .updateTable('deliveries')
    .set((eb) => ({
      lastRunId: eb
        .selectFrom('runs')
        .select('runs.id')
        .whereRef('runs.deliveryId', '=', 'deliveries.id')
        .orderBy('runs.plannedAt', 'desc')
        .orderBy('runs.generation', 'desc')
        .orderBy('runs.id', 'desc')
        .limit(1),
    }))
    .where('id', 'in', ids)
    .execute();
  const waiting = await trx
    .selectFrom('runs')
    .select(['id', 'deliveryId', 'dueAt'])
    .where('hold', 'is not', null)
    .where('deliveryId', 'in', ids)
    .orderBy('destination')
    .orderBy('id')
    .execute();
  for (const { id, deliveryId, dueAt } of waiting) {
    const successor = latestDue.get(deliveryId);
    if (successor === undefined || dueAt >= successor.dueAt) continue;
    const run = await lockedRun(store, trx, id);
    if (run.hold !== null && !isFinished(run.state)) await skipRun(store, trx, run, 'superseded', { by: successor.id });
  }
}
