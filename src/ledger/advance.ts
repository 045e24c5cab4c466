import { leaseLost, unknownRun } from './lease.ts';
import { findingColumns, type Run, type RunFindings } from './run.ts';
import { ALLOWED_FROM, isFinished, type NextState } from './states.ts';
import { appendPublishedStep, type StepDetail } from './step.ts';
import { type Store, timestamp } from './store.ts';

/** Columns that a state sets by itself. A new cut forgets the staged set that it replaces. */
function stateColumns(state: NextState, at: string) {
  switch (state) {
    case 'extracting':
      return {
        stagedAt: null,
        sentAt: null,
        stagePrefix: null,
        manifest: null,
        receipt: null,
        selected: null,
        written: null,
        suppressed: null,
        dropped: null,
        identifiers: null,
        rowsAdded: null,
        rowsRemoved: null,
      };
    case 'staged':
      return { stagedAt: at };
    case 'delivering':
      return { sentAt: at };
    default:
      return {};
  }
}

/**
 * Takes a run to its next state and keeps what the attempt found out; appends the step and the entry for the warehouse's copy, all
 * or nothing. A finished run has no lease any more. Throws `lease_lost`, `transient`, when the attempt no longer has the run; a step
 * that the states do not allow is a mistake of ours and a plain error.
 */
export function advance(
  store: Store,
  runId: string,
  token: number,
  state: NextState,
  findings: RunFindings = {},
  detail: StepDetail = {},
): Promise<Run> {
  return store.write(async (trx) => {
    const at = timestamp(store);
    const finished = isFinished(state);
    const { numUpdatedRows } = await trx
      .updateTable('runs')
      .set({
        state,
        reason: null,
        errorKind: null,
        errorCode: null,
        errorMessage: null,
        errorHint: null,
        finishedAt: finished ? at : null,
        ...(finished && { leaseOwner: null, leaseUntil: null }),
        ...stateColumns(state, at),
        ...findingColumns(findings),
      })
      .where('id', '=', runId)
      .where('attempts', '=', token)
      .where('leaseOwner', 'is not', null)
      .where('state', 'in', ALLOWED_FROM[state])
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) {
      const run = await trx
        .selectFrom('runs')
        .select(['state', 'attempts', 'leaseOwner'])
        .where('id', '=', runId)
        .executeTakeFirst();
      if (run === undefined) throw unknownRun(runId);
      if (run.attempts !== token || run.leaseOwner === null) throw leaseLost(runId, token);
      throw new Error(`A run cannot go from ${run.state} to ${state}.`);
    }
    return appendPublishedStep(store, trx, { runId, attempt: token, step: state, detail });
  });
}
