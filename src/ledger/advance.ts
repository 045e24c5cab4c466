import type { Transaction } from 'kysely';
import { askLater } from './confirmation.ts';
import { followRun } from './follow-run.ts';
import { lockedRun } from './locked-run.ts';
import { AT_REST, findingColumns, NO_ERROR, type Run, type RunFindings } from './run.ts';
import { leaseLost } from './run-errors.ts';
import type { Tables } from './schema.ts';
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
        stageExpiredAt: null,
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

/** A power cut that takes these back leaves a run that is cut again. From `delivering` on, what the partner may have must be known. */
const BEFORE_SENDING: ReadonlySet<NextState> = new Set(['extracting', 'staged']);

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
  const work = async (trx: Transaction<Tables>): Promise<Run> => {
    const before = await lockedRun(store, trx, runId);
    if (before.attempts !== token || before.leaseOwner === null) throw leaseLost(runId, token);
    if (!ALLOWED_FROM[state].includes(before.state)) throw new Error(`A run cannot go from ${before.state} to ${state}.`);
    const at = timestamp(store);
    const finished = isFinished(state);
    await trx
      .updateTable('runs')
      .set({
        state,
        reason: null,
        ...NO_ERROR,
        finishedAt: finished ? at : null,
        ...(finished && AT_REST),
        ...stateColumns(state, at),
        ...findingColumns(findings),
      })
      .where('id', '=', runId)
      .execute();
    if (findings.confirmInMs !== undefined) await askLater(store, trx, runId, findings.confirmInMs);
    const run = await appendPublishedStep(store, trx, { runId, attempt: token, step: state, detail });
    await followRun(trx, before.state, run);
    return run;
  };
  return store.write(work, { commitLater: BEFORE_SENDING.has(state) });
}
