import type { Transaction } from 'kysely';
import type { Run } from './run.ts';
import type { Tables } from './schema.ts';
import { isFinished, type RunState } from './states.ts';

/**
 * Brings what is kept about the run's delivery and its destination's totals up to date, after it has come from the state `before`
 * to the one that it has now. Always the last thing that a transaction does with a run, so that transactions lock in one order.
 */
export async function followRun(trx: Transaction<Tables>, before: RunState, run: Run): Promise<void> {
  const delivered = run.state === 'delivered' || run.state === 'partial';
  if (delivered) {
    await trx
      .updateTable('deliveries')
      .set({ failures: 0, lastDeliveredAt: run.finishedAt, lastWritten: run.written })
      .where('id', '=', run.deliveryId)
      .execute();
  } else if (run.state === 'failed') {
    await trx
      .updateTable('deliveries')
      .set((eb) => ({ failures: eb('failures', '+', 1) }))
      .where('id', '=', run.deliveryId)
      .execute();
  }
  const { destination } = run.delivery;
  if (isFinished(before)) await addTotals(trx, { destination, state: before, current: -1, finished: 0, rows: 0, bytes: 0 });
  if (isFinished(run.state)) {
    const rows = delivered ? (run.receipt?.accepted ?? run.written ?? 0) : 0;
    const bytes = delivered ? (run.manifest?.files ?? []).reduce((sum, file) => sum + file.bytes, 0) : 0;
    await addTotals(trx, { destination, state: run.state, current: 1, finished: 1, rows, bytes });
  }
}

async function addTotals(trx: Transaction<Tables>, change: Tables['totals']): Promise<void> {
  await trx
    .insertInto('totals')
    .values(change)
    .onConflict((conflict) =>
      conflict.columns(['destination', 'state']).doUpdateSet((eb) => ({
        current: eb('totals.current', '+', eb.ref('excluded.current')),
        finished: eb('totals.finished', '+', eb.ref('excluded.finished')),
        rows: eb('totals.rows', '+', eb.ref('excluded.rows')),
        bytes: eb('totals.bytes', '+', eb.ref('excluded.bytes')),
      })),
    )
    .execute();
}
