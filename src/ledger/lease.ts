import type { RawBuilder, Transaction } from 'kysely';
import { claimable, LONGEST_LEASE_MS, unheld, unleased } from './claimable.ts';
import { deadlineAfter } from './hold.ts';
import { lockedRun } from './locked-run.ts';
import { AT_REST, loadRun, type Run } from './run.ts';
import { leaseLost } from './run-errors.ts';
import type { StoredProgress } from './run-progress.ts';
import type { Tables } from './schema.ts';
import { isFinished } from './states.ts';
import { appendStep, ENDS } from './step.ts';
import { type Store, timestamp } from './store.ts';

/** A run in the hands of one worker. `token` is the number of the attempt; only the newest attempt can change the run. */
export interface Claim {
  readonly run: Run;
  readonly token: number;
}

/** The end of a lease that begins now. */
function leaseEnd(store: Store, leaseMs: number): RawBuilder<string> {
  return store.engine.after(Math.min(leaseMs, LONGEST_LEASE_MS));
}

/**
 * Takes a run for `leaseMs`, five minutes at the most, if it is unfinished, nobody holds a live lease on it, it waits neither for
 * its retry nor for a person, nobody wants it stopped, its delivery is not paused and has no older
 * run that is still to be delivered; otherwise null. Begins an attempt. `reopen` is
 * for whoever has reason to try again: it also takes a run that waits for its retry, that has failed, was skipped or is to be stopped,
 * and whatever the delivery's pause says. One that waits for a person or was delivered, in part or whole, is never taken. A lease
 * that ends more than five minutes from now was written by a clock that has been set back, and keeps nobody away.
 */
export function claim(
  store: Store,
  runId: string,
  owner: string,
  leaseMs: number,
  { reopen = false }: { readonly reopen?: boolean } = {},
): Promise<Claim | null> {
  return store.write(
    async (trx) => {
      const before = await lockedRun(store, trx, runId);
      return takeRun(store, trx, before, { owner, leaseMs, reopen });
    },
    // A claim that a power cut takes back had come to nothing yet.
    { commitLater: true },
  );
}

/** `claim` within a transaction that has locked the run. */
export async function takeRun(
  store: Store,
  trx: Transaction<Tables>,
  before: Run,
  { owner, leaseMs, reopen }: { readonly owner: string; readonly leaseMs: number; readonly reopen: boolean },
): Promise<Claim | null> {
  const { engine } = store;
  const runId = before.id;
  const at = timestamp(store);
  const reopened = isFinished(before.state);
  const taken = await trx
    .updateTable('runs')
    .set((eb) => ({
      ...AT_REST,
      attempts: eb('attempts', '+', 1),
      leaseOwner: owner,
      leaseUntil: leaseEnd(store, leaseMs),
      startedAt: eb.fn.coalesce('startedAt', eb.val(at)),
      programVersion: store.program,
      deadlineAt: deadlineAfter(before.hold, before.deadlineAt, store.clock.now()),
      ...(reopened && { failures: 0, detailsExpiredAt: null }),
    }))
    .where('id', '=', runId)
    .where((eb) => {
      if (!reopen) return claimable(engine)(eb);
      return eb.and([eb('runs.state', 'not in', ['delivered', 'partial']), unleased(engine)(eb), unheld(engine)(eb)]);
    })
    .returning('attempts')
    .executeTakeFirst();
  if (taken === undefined) return null;
  const token = taken.attempts;
  if (reopened) await forgetExpiredStage(trx, runId);
  await closeLostAttempt(store, trx, runId, token - 1);
  await trx.insertInto('attempts').values({ runId, no: token, startedAt: at, owner, program: store.program }).execute();
  await appendStep(store, trx, { runId, attempt: token, step: 'claimed', detail: { owner } });
  return { run: await loadRun(trx, runId), token };
}

/** A run whose staged files were removed must cut its audience again when it comes back. */
export async function forgetExpiredStage(trx: Transaction<Tables>, runId: string): Promise<void> {
  await trx
    .updateTable('runs')
    .set({ stagePrefix: null, manifest: null, stagedAt: null, stageExpiredAt: null })
    .where('id', '=', runId)
    .where('stageExpiredAt', 'is not', null)
    .execute();
}

/** An attempt whose worker never came back gets its end from its successor, so that every attempt has one. */
export async function closeLostAttempt(store: Store, trx: Transaction<Tables>, runId: string, attempt: number): Promise<void> {
  const begun = await trx
    .selectFrom('attempts')
    .select('no')
    .where('runId', '=', runId)
    .where('no', '=', attempt)
    .executeTakeFirst();
  // None before the first, and none of a run whose story has expired.
  if (begun === undefined) return;
  const end = await trx
    .selectFrom('steps')
    .select('seq')
    .where('runId', '=', runId)
    .where('attempt', '=', attempt)
    .where('step', 'in', ENDS)
    .executeTakeFirst();
  if (end === undefined) await appendStep(store, trx, { runId, attempt, step: 'lost', detail: {} });
}

/**
 * Extends the lease to `leaseMs` from now, five minutes at the most, and keeps how far the run is. Says whether somebody wants it
 * stopped. Throws `lease_lost`, `transient`, when the attempt no longer has the run.
 */
export function renew(
  store: Store,
  runId: string,
  token: number,
  leaseMs: number,
  progress?: StoredProgress,
): Promise<{ readonly cancelRequested: boolean }> {
  return store.write(
    async (trx) => {
      const renewed = await trx
        .updateTable('runs')
        .set({ leaseUntil: leaseEnd(store, leaseMs), ...(progress && { progress: JSON.stringify(progress) }) })
        .where('id', '=', runId)
        .where('attempts', '=', token)
        .where('leaseOwner', 'is not', null)
        .returning('cancelRequestedAt')
        .executeTakeFirst();
      if (renewed === undefined) throw leaseLost(runId, token);
      return { cancelRequested: renewed.cancelRequestedAt !== null };
    },
    { commitLater: true },
  );
}

/** Gives the run back as it is, for anybody to take; ends the attempt. False when the attempt no longer had it. */
export function release(store: Store, runId: string, token: number): Promise<boolean> {
  return store.write(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('runs')
      .set({ leaseOwner: null, leaseUntil: null, progress: null })
      .where('id', '=', runId)
      .where('attempts', '=', token)
      .where('leaseOwner', 'is not', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
    await appendStep(store, trx, { runId, attempt: token, step: 'released', detail: {} });
    return true;
  });
}
