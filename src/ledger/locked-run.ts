import type { Transaction } from 'kysely';
import { type Run, selectRuns, toRun } from './run.ts';
import { unknownRun } from './run-errors.ts';
import type { Tables } from './schema.ts';
import type { Store } from './store.ts';

/** The run as it is, which nobody else changes before the transaction ends. Throws `run_unknown`, `config`. */
export async function lockedRun(store: Store, trx: Transaction<Tables>, runId: string): Promise<Run> {
  // Locked without the delivery's row, which changes of its other runs need.
  if (store.engine.rowLocks)
    await trx.selectFrom('runs').select('id').where('id', '=', runId).forNoKeyUpdate().executeTakeFirst();
  const row = await selectRuns(trx).where('runs.id', '=', runId).executeTakeFirst();
  if (row === undefined) throw unknownRun(runId);
  return toRun(row);
}
