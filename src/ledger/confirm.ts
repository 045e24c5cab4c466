import { findRun, type Run } from './run.ts';
import { unknownRun } from './run-errors.ts';
import { appendPublishedStep, type StepDetail } from './step.ts';
import { type Store, timestamp } from './store.ts';

/**
 * Records that the partner has confirmed a delivered run, the first time that it says so. A run that was not delivered cannot be
 * confirmed: a plain error.
 */
export function confirm(store: Store, runId: string, detail: StepDetail = {}): Promise<Run> {
  return store.write(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('runs')
      .set({ confirmedAt: timestamp(store) })
      .where('id', '=', runId)
      .where('state', '=', 'delivered')
      .where('confirmedAt', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) return appendPublishedStep(store, trx, { runId, attempt: 0, step: 'confirmed', detail });
    const run = await findRun(trx, runId);
    if (run === null) throw unknownRun(runId);
    if (run.state !== 'delivered') throw new Error(`A run that is ${run.state} cannot be confirmed.`);
    return run;
  });
}
