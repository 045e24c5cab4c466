import type { Transaction } from 'kysely';
import { followRun } from './follow-run.ts';
import { closeLostAttempt } from './lease.ts';
import { AT_REST, NO_ERROR, type Run } from './run.ts';
import type { Tables } from './schema.ts';
import type { RunState } from './states.ts';
import { appendPublishedStep, type StepDetail } from './step.ts';
import { type Store, timestamp } from './store.ts';

/** Why a run that somebody cancelled was skipped. Once sending had begun, nobody can say that the partner has nothing. */
export function cancelledReason(state: RunState): string {
  return state === 'delivering' ? 'cancelled: sending had begun, the partner may hold it' : 'cancelled';
}

/** Ends an unfinished run, which the transaction has locked and no worker has, as skipped. */
export async function skipRun(
  store: Store,
  trx: Transaction<Tables>,
  run: Run,
  reason: string,
  detail: StepDetail = {},
): Promise<Run> {
  await trx
    .updateTable('runs')
    .set({ state: 'skipped', reason, finishedAt: timestamp(store), ...AT_REST, ...NO_ERROR })
    .where('id', '=', run.id)
    .execute();
  await closeLostAttempt(store, trx, run.id, run.attempts);
  const skipped = await appendPublishedStep(store, trx, {
    runId: run.id,
    attempt: 0,
    step: 'skipped',
    detail: { reason, ...detail },
  });
  await followRun(trx, run.state, skipped);
  return skipped;
}
