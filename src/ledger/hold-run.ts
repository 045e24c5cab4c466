import { followRun } from './follow-run.ts';
import type { HoldReason } from './hold.ts';
import { lockedRun } from './locked-run.ts';
import { AT_REST, NO_ERROR, type Run } from './run.ts';
import { leaseLost } from './run-errors.ts';
import { isFinished } from './states.ts';
import { appendPublishedStep } from './step.ts';
import { type Store, timestamp } from './store.ts';

/**
 * Ends the attempt and lets the run wait for a person; the lease is given back. With `recheckInMs` the run can be taken again after
 * that by itself, to see whether the reason still holds. One that had failed or was skipped and was taken again becomes unfinished.
 * Throws `lease_lost`, `transient`, when the attempt no longer has the run.
 */
export function hold(
  store: Store,
  runId: string,
  token: number,
  reason: HoldReason,
  detail: string,
  recheckInMs?: number,
): Promise<Run> {
  return store.write(async (trx) => {
    const before = await lockedRun(store, trx, runId);
    if (before.attempts !== token || before.leaseOwner === null) throw leaseLost(runId, token);
    await trx
      .updateTable('runs')
      .set({
        ...AT_REST,
        cancelRequestedAt: before.cancelRequestedAt,
        hold: reason,
        holdDetail: detail,
        heldAt: timestamp(store),
        ...(recheckInMs !== undefined && { retryAt: store.engine.after(recheckInMs) }),
        ...(isFinished(before.state) && {
          ...NO_ERROR,
          state: before.manifest === null ? ('planned' as const) : ('staged' as const),
          reason: null,
          finishedAt: null,
        }),
      })
      .where('id', '=', runId)
      .execute();
    const run = await appendPublishedStep(store, trx, { runId, attempt: token, step: 'held', detail: { reason, detail } });
    if (run.state !== before.state) await followRun(trx, before.state, run);
    return run;
  });
}
