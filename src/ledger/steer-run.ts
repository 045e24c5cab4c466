import type { Transaction } from 'kysely';
import { configError } from '../errors.ts';
import type { Actor } from './actor.ts';
import { appendAudit } from './audit-log.ts';
import { leased } from './claimable.ts';
import { followRun } from './follow-run.ts';
import { deadlineAfter } from './hold.ts';
import { forgetExpiredStage } from './lease.ts';
import { lockedRun } from './locked-run.ts';
import { AT_REST, loadRun, NO_ERROR, type Run } from './run.ts';
import type { Tables } from './schema.ts';
import { cancelledReason, skipRun } from './skip-run.ts';
import { isFinished } from './states.ts';
import { appendPublishedStep, appendStep, type StepDetail } from './step.ts';
import { type Store, timestamp } from './store.ts';

function facts({ state, reason, hold }: Run) {
  return { state, reason, hold: hold?.reason ?? null };
}

function by({ name, reason }: Actor): StepDetail {
  return { by: name, why: reason };
}

/** Locks the run, makes the change, and writes it to the audit log; a change of null is none, and leaves no trace. */
function steer(
  store: Store,
  runId: string,
  actor: Actor,
  action: string,
  change: (trx: Transaction<Tables>, before: Run) => Promise<Run | null>,
): Promise<Run> {
  return store.write(async (trx) => {
    const before = await lockedRun(store, trx, runId);
    const after = await change(trx, before);
    if (after === null) return before;
    await appendAudit(store, trx, actor, {
      action,
      agencyId: before.delivery.agencyId,
      subjectKind: 'run',
      subjectId: runId,
      before: facts(before),
      after: facts(after),
    });
    return after;
  });
}

async function isLeased(store: Store, trx: Transaction<Tables>, runId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('runs')
    .select('id')
    .where('id', '=', runId)
    .where('leaseOwner', 'is not', null)
    .where(leased(store.engine))
    .executeTakeFirst();
  return row !== undefined;
}

function isSkippedAs(run: Run, code: string): boolean {
  return run.state === 'skipped' && run.reason?.split(':', 1)[0] === code;
}

/**
 * Stops a run. One that nobody works on is skipped at once, as `cancelled`; otherwise its worker is asked to stop. Asking twice
 * changes nothing. A run that has ended otherwise is `run_finished`, `config`.
 */
export function cancel(store: Store, runId: string, actor: Actor): Promise<Run> {
  return steer(store, runId, actor, 'run.cancel', async (trx, before) => {
    if (await isLeased(store, trx, runId)) {
      if (before.cancelRequestedAt !== null) return null;
      await trx
        .updateTable('runs')
        .set({ cancelRequestedAt: timestamp(store) })
        .where('id', '=', runId)
        .execute();
      await appendStep(store, trx, { runId, attempt: 0, step: 'cancel-requested', detail: by(actor) });
      return loadRun(trx, runId);
    }
    if (isSkippedAs(before, 'cancelled')) return null;
    if (isFinished(before.state))
      throw configError('run_finished', `Run ${runId} is ${before.state} and cannot be cancelled.`, {
        hint: 'Cancel a run before it has ended; what was delivered can only be replaced by a later run.',
      });
    return skipRun(store, trx, before, cancelledReason(before.state), by(actor));
  });
}

/**
 * Brings a failed or skipped run back into the queue, and one that waits for its retry to the front, with `deadlineMs` from now to
 * get there and no failures counted. Files that are still staged are sent as they are. A run that can be worked on anyway, is worked
 * on or waits for a person stays as it is; one that was delivered, in part or whole, is `run_delivered`, `config`.
 */
export function retry(store: Store, runId: string, actor: Actor, deadlineMs: number): Promise<Run> {
  return steer(store, runId, actor, 'run.retry', async (trx, before) => {
    if (before.state === 'delivered' || before.state === 'partial')
      throw configError('run_delivered', `Run ${runId} is ${before.state} and is not sent again by a retry.`, {
        hint: 'Use `aquarius deliver --force` to make a new run for its slot.',
      });
    const finished = isFinished(before.state);
    const waiting = !finished && before.retryAt !== null && before.hold === null && before.cancelRequestedAt === null;
    if (!finished && !waiting) return null;
    if (await isLeased(store, trx, runId)) return null;
    await forgetExpiredStage(trx, runId);
    const { manifest } = await loadRun(trx, runId);
    await trx
      .updateTable('runs')
      .set({
        failures: 0,
        deadlineAt: store.engine.after(deadlineMs),
        ...AT_REST,
        ...(finished && {
          ...NO_ERROR,
          state: manifest === null ? ('planned' as const) : ('staged' as const),
          reason: null,
          finishedAt: null,
          detailsExpiredAt: null,
        }),
      })
      .where('id', '=', runId)
      .execute();
    const run = await appendPublishedStep(store, trx, { runId, attempt: 0, step: 'requeued', detail: by(actor) });
    if (finished) await followRun(trx, before.state, run);
    return run;
  });
}

/**
 * Lets a run that waits for a person go on; what was approved is not asked again, and the wait does not count for its deadline.
 * Approving twice changes nothing. A run that does
 * not wait is `run_not_held`, `config`.
 */
export function approve(store: Store, runId: string, actor: Actor): Promise<Run> {
  return steer(store, runId, actor, 'run.approve', async (trx, before) => {
    if (before.hold === null) {
      if (before.approvals.length > 0) return null;
      throw notHeld(before);
    }
    const { reason } = before.hold;
    const approvals = [...new Set([...before.approvals, reason])].join(',');
    await trx
      .updateTable('runs')
      .set({
        hold: null,
        holdDetail: null,
        heldAt: null,
        retryAt: null,
        approvals,
        deadlineAt: deadlineAfter(before.hold, before.deadlineAt, store.clock.now()),
      })
      .where('id', '=', runId)
      .execute();
    await appendStep(store, trx, { runId, attempt: 0, step: 'approved', detail: { hold: reason, ...by(actor) } });
    return loadRun(trx, runId);
  });
}

/**
 * Ends a run that waits for a person as skipped, `rejected`. Rejecting twice changes nothing. A run that does not wait is
 * `run_not_held`, `config`.
 */
export function reject(store: Store, runId: string, actor: Actor): Promise<Run> {
  return steer(store, runId, actor, 'run.reject', async (trx, before) => {
    if (isSkippedAs(before, 'rejected')) return null;
    if (before.hold === null) throw notHeld(before);
    return skipRun(store, trx, before, actor.reason === null ? 'rejected' : `rejected: ${actor.reason}`, by(actor));
  });
}

function notHeld({ id, state }: Run) {
  return configError('run_not_held', `Run ${id} is ${state} and does not wait for a decision.`, {
    hint: 'Look at the run: somebody else may have decided already.',
  });
}
