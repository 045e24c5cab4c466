import { followRun } from './follow-run.ts';
import { lockedRun } from './locked-run.ts';
import { AT_REST, findingColumns, NO_ERROR, type Run, type RunFindings, toRunError } from './run.ts';
import { leaseLost } from './run-errors.ts';
import { cancelledReason } from './skip-run.ts';
import { appendPublishedStep } from './step.ts';
import { type Store, timestamp } from './store.ts';

export interface FailureOptions {
  /** True: the run stays where it is, for another attempt. False: it has failed. */
  readonly retryable: boolean;
  /** Nobody takes the run by itself for so long. */
  readonly retryInMs?: number;
  /** What is known in spite of the failure, such as the partner's receipt. */
  readonly findings?: RunFindings;
}

/**
 * Ends the attempt with an error, kept with the run and in its story, and counted; the lease is given back. A run that somebody
 * wants stopped is then skipped as cancelled, whatever the error. Throws `lease_lost`, `transient`, when the attempt no longer has
 * the run.
 */
export function recordFailure(store: Store, runId: string, token: number, error: unknown, options: FailureOptions): Promise<Run> {
  const { retryable, retryInMs, findings = {} } = options;
  return store.write(async (trx) => {
    const before = await lockedRun(store, trx, runId);
    if (before.attempts !== token || before.leaseOwner === null) throw leaseLost(runId, token);
    const { kind, code, message, hint } = toRunError(error);
    const cancelled = before.cancelRequestedAt !== null;
    const at = timestamp(store);
    const columns = cancelled
      ? { ...NO_ERROR, state: 'skipped' as const, reason: cancelledReason(before.state), finishedAt: at }
      : {
          errorKind: kind,
          errorCode: code,
          errorMessage: message,
          errorHint: hint,
          ...(retryable && retryInMs !== undefined && { retryAt: store.engine.after(retryInMs) }),
          ...(!retryable && { state: 'failed' as const, finishedAt: at }),
        };
    await trx
      .updateTable('runs')
      .set({ ...AT_REST, failures: before.failures + 1, ...columns, ...findingColumns(findings) })
      .where('id', '=', runId)
      .execute();
    const run = await appendPublishedStep(store, trx, {
      runId,
      attempt: token,
      step: cancelled ? 'skipped' : retryable ? 'retry' : 'failed',
      detail: { kind, code, message, hint },
    });
    // A failed run that was taken again and is to be tried once more stays failed meanwhile, and has not failed twice.
    if (!retryable || run.state !== before.state) await followRun(trx, before.state, run);
    return run;
  });
}
