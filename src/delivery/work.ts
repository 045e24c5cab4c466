import { AquariusError, transientError } from '../errors.ts';
import { engineActor } from '../ledger/actor.ts';
import type { HoldReason } from '../ledger/hold.ts';
import type { Claim } from '../ledger/lease.ts';
import type { Run } from '../ledger/run.ts';
import type { Engine, RunProgress } from './engine.ts';
import { attempt } from './execute.ts';
import { type Heartbeat, startHeartbeat } from './heartbeat.ts';
import type { Order } from './order.ts';
import { refusalReason } from './refusal-reason.ts';
import { retryWait } from './retry-wait.ts';
import type { SharedWork } from './shared-work.ts';

/** What became of one attempt. */
export interface Worked {
  readonly run: Run;
  /** What was thrown, or null. */
  readonly failure: unknown;
  /** The wait in milliseconds before the run may be tried again, or null when it is over. */
  readonly retryInMs: number | null;
}

/** What a run delivers, why it cannot be delivered as things are, or why it must wait. */
export type Settled =
  | { readonly kind: 'order'; readonly order: Order; readonly shared?: SharedWork }
  | { readonly kind: 'refused'; readonly reason: string; readonly detail: string }
  | { readonly kind: 'hold'; readonly reason: HoldReason; readonly detail: string; readonly recheckInMs: number };

/**
 * Works on a claimed run until it is delivered, skipped, held or failed, and records which. `settle` says what it delivers, or why
 * not. Only what the ledger itself throws comes out of here: then nothing was recorded, and the lease runs out.
 */
export async function work(
  engine: Engine,
  claim: Claim,
  settle: (engine: Engine) => Promise<Settled>,
  told: RunProgress,
  outer: AbortSignal,
): Promise<Worked> {
  const { ledger } = engine;
  const { run } = claim;
  const deadline = AbortSignal.timeout(Math.min(timeFor(run, await ledger.now(), engine.settings.defaults), MAX_TIMEOUT_MS));
  const heart = startHeartbeat(engine, claim, AbortSignal.any([outer, deadline]), told);
  try {
    const now = { ...engine, about: run.id, catalogue: await engine.tablesNow() };
    return { run: await carryOut(now, claim, await settle(now), heart), failure: null, retryInMs: null };
  } catch (error) {
    const failure = heart.signal.aborted ? stopped(heart.signal, deadline, error) : error;
    // Another worker has the run: nothing of it is ours to record.
    if (failure instanceof AquariusError && failure.code === 'lease_lost') return { run, failure, retryInMs: null };
    if (failure instanceof AquariusError && failure.code === 'stopped') return await handOver(engine, claim, failure);
    return await recordFailure(engine, claim, failure);
  } finally {
    heart.end();
  }
}

async function carryOut(engine: Engine, claim: Claim, settled: Settled, heart: Heartbeat): Promise<Run> {
  const { ledger } = engine;
  const { run, token } = claim;
  switch (settled.kind) {
    case 'order':
      return attempt({ ...engine, ...settled.shared }, settled.order, claim, heart);
    case 'refused':
      return ledger.advance(run.id, token, 'skipped', { reason: refusalReason(run, settled.reason) }, { detail: settled.detail });
    case 'hold':
      return ledger.hold(run.id, token, settled.reason, settled.detail, settled.recheckInMs);
  }
}

/**
 * What an attempt may take, in milliseconds: until the run's deadline. When nobody came before that, because no worker ran or the run
 * waited for a person, it still gets a slot's whole time, once: no failure of such an attempt is tried again.
 */
function timeFor({ deadlineAt }: Run, now: Date, { slotDeadlineHours }: Engine['settings']['defaults']): number {
  const left = Date.parse(deadlineAt) - now.getTime();
  return left > 0 ? left : slotDeadlineHours * HOUR_MS;
}

const HOUR_MS = 3_600_000;
/** The longest that a timer takes. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/** Nothing has failed: the run is given back as it is, for whoever works next. */
async function handOver({ ledger }: Engine, { run, token }: Claim, failure: AquariusError): Promise<Worked> {
  await ledger.release(run.id, token);
  return { run: (await ledger.runById(run.id)) ?? run, failure, retryInMs: 0 };
}

async function recordFailure(engine: Engine, { run, token }: Claim, failure: unknown): Promise<Worked> {
  const { ledger, settings } = engine;
  const wait = retryWait(run, failure, settings.worker, await ledger.now(), engine.random());
  const retryable = wait !== null;
  const failed = await ledger.recordFailure(run.id, token, failure, {
    retryable,
    ...(wait === null || wait === 0 ? {} : { retryInMs: wait }),
  });
  if (failed.state === 'failed') await pauseIfHopeless(engine, failed);
  return { run: failed, failure, retryInMs: failed.state === 'skipped' ? null : wait };
}

/** A delivery that fails slot after slot is left alone until a person has looked at it. */
async function pauseIfHopeless({ ledger, settings }: Engine, run: Run): Promise<void> {
  const delivery = await ledger.deliveryById(run.deliveryId);
  if (delivery === null || delivery.paused !== null || delivery.failures < settings.worker.pauseAfterFailures) return;
  await ledger.pauseDelivery(
    run.delivery,
    engineActor(`${delivery.failures} runs in a row failed, the last one with ${run.error?.code ?? 'an error'}`),
  );
}

function stopped(signal: AbortSignal, deadline: AbortSignal, cause: unknown): unknown {
  if (signal.reason instanceof AquariusError) return signal.reason;
  if (deadline.aborted)
    return transientError('deadline', "The slot's deadline passed.", {
      hint: '`aquarius runs retry` gives the run more time.',
      cause,
    });
  return transientError('stopped', 'The run was stopped.', {
    hint: 'It goes on from the last step that was finished, as soon as a server or `aquarius deliver` runs.',
    cause,
  });
}
