import type { Transaction } from 'kysely';
import { type AquariusError, configError, transientError } from '../errors.ts';
import { loadRun, type Run } from './run.ts';
import type { Tables } from './schema.ts';
import { UNFINISHED_STATES } from './states.ts';
import { appendStep, ENDS } from './step.ts';
import { type Store, timestamp } from './store.ts';

/** A run in the hands of one worker. `token` is the number of the attempt; only the newest attempt can change the run. */
export interface Claim {
  readonly run: Run;
  readonly token: number;
}

/** The run that was named is not in the ledger. */
export function unknownRun(runId: string): AquariusError {
  return configError('run_unknown', `There is no run ${runId}.`, { hint: 'List the runs to find its id.' });
}

/** The worker's lease ran out and another attempt has the run, or the attempt is over. It must stop at once. */
export function leaseLost(runId: string, token: number): AquariusError {
  return transientError('lease_lost', `Attempt ${token} no longer has run ${runId}.`, {
    hint: 'Another worker goes on with it; nothing is to be done unless this happens often.',
  });
}

/**
 * Takes a run for `leaseMs`, if it is unfinished, nobody holds a live lease on it and it is not waiting for its retry; otherwise
 * null. Begins an attempt. `reopen` is for whoever has reason to try again: it also takes a run that waits, that has failed or that
 * was skipped. One that was delivered, in part or whole, is never taken.
 */
export function claim(
  store: Store,
  runId: string,
  owner: string,
  leaseMs: number,
  { reopen = false }: { readonly reopen?: boolean } = {},
): Promise<Claim | null> {
  return store.write(async (trx) => {
    const { engine } = store;
    const at = timestamp(store);
    const taken = await trx
      .updateTable('runs')
      .set((eb) => ({
        attempts: eb('attempts', '+', 1),
        leaseOwner: owner,
        leaseUntil: engine.after(leaseMs),
        retryAt: null,
        startedAt: eb.fn.coalesce('startedAt', eb.val(at)),
        programVersion: store.program,
      }))
      .where('id', '=', runId)
      .where((eb) => eb.or([eb('leaseUntil', 'is', null), eb('leaseUntil', '<=', engine.now())]))
      .where((eb) => {
        const unfinished = eb('state', 'in', UNFINISHED_STATES);
        if (reopen) return eb.or([unfinished, eb('state', 'in', ['failed', 'skipped'])]);
        return eb.and([unfinished, eb.or([eb('retryAt', 'is', null), eb('retryAt', '<=', engine.now())])]);
      })
      .returning('attempts')
      .executeTakeFirst();
    if (taken === undefined) {
      const known = await trx.selectFrom('runs').select('id').where('id', '=', runId).executeTakeFirst();
      if (known === undefined) throw unknownRun(runId);
      return null;
    }
    const token = taken.attempts;
    await closeLostAttempt(store, trx, runId, token - 1);
    await trx.insertInto('attempts').values({ runId, no: token, startedAt: at, owner, program: store.program }).execute();
    await appendStep(store, trx, { runId, attempt: token, step: 'claimed', detail: { owner } });
    return { run: await loadRun(trx, runId), token };
  });
}

/** An attempt whose worker never came back gets its end from its successor, so that every attempt has one. */
async function closeLostAttempt(store: Store, trx: Transaction<Tables>, runId: string, attempt: number): Promise<void> {
  if (attempt === 0) return;
  const end = await trx
    .selectFrom('steps')
    .select('seq')
    .where('runId', '=', runId)
    .where('attempt', '=', attempt)
    .where('step', 'in', ENDS)
    .executeTakeFirst();
  if (end === undefined) await appendStep(store, trx, { runId, attempt, step: 'lost', detail: {} });
}

/** Extends the lease to `leaseMs` from now. Throws `lease_lost`, `transient`, when the attempt no longer has the run. */
export function renew(store: Store, runId: string, token: number, leaseMs: number): Promise<void> {
  return store.write(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('runs')
      .set({ leaseUntil: store.engine.after(leaseMs) })
      .where('id', '=', runId)
      .where('attempts', '=', token)
      .where('leaseOwner', 'is not', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw leaseLost(runId, token);
  });
}

/** Gives the run back as it is, for anybody to take; ends the attempt. False when the attempt no longer had it. */
export function release(store: Store, runId: string, token: number): Promise<boolean> {
  return store.write(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('runs')
      .set({ leaseOwner: null, leaseUntil: null })
      .where('id', '=', runId)
      .where('attempts', '=', token)
      .where('leaseOwner', 'is not', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return false;
    await appendStep(store, trx, { runId, attempt: token, step: 'released', detail: {} });
    return true;
  });
}
