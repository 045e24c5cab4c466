import { leaseLost } from './lease.ts';
import { findingColumns, type Run, type RunFindings, toRunError } from './run.ts';
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
 * Ends the attempt with an error, kept with the run and in its story; the lease is given back. Throws `lease_lost`, `transient`, when
 * the attempt no longer has the run.
 */
export function recordFailure(store: Store, runId: string, token: number, error: unknown, options: FailureOptions): Promise<Run> {
  const { retryable, retryInMs, findings = {} } = options;
  return store.write(async (trx) => {
    const { kind, code, message, hint } = toRunError(error);
    const { numUpdatedRows } = await trx
      .updateTable('runs')
      .set({
        errorKind: kind,
        errorCode: code,
        errorMessage: message,
        errorHint: hint,
        leaseOwner: null,
        leaseUntil: null,
        ...(retryable && retryInMs !== undefined && { retryAt: store.engine.after(retryInMs) }),
        ...(!retryable && { state: 'failed' as const, finishedAt: timestamp(store) }),
        ...findingColumns(findings),
      })
      .where('id', '=', runId)
      .where('attempts', '=', token)
      .where('leaseOwner', 'is not', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw leaseLost(runId, token);
    return appendPublishedStep(store, trx, {
      runId,
      attempt: token,
      step: retryable ? 'retry' : 'failed',
      detail: { kind, code, message, hint },
    });
  });
}
