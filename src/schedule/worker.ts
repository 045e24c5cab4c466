import type { Engine, RunProgress } from '../delivery/engine.ts';
import { LEASE_MS } from '../delivery/heartbeat.ts';
import { namedDestination } from '../delivery/named-destination.ts';
import { resolveRun } from '../delivery/resolve-run.ts';
import { type Worked, work } from '../delivery/work.ts';
import { codeOf } from '../errors.ts';
import type { DestinationLimits } from '../ledger/destination-state.ts';
import type { Claim } from '../ledger/lease.ts';
import { type SettledTogether, settleTogether } from './settle-together.ts';

/** Takes runs from the queue and works on them, several at once, until it is told to stop. */

export interface WorkerOptions {
  /** Leaves alone what it cannot keep: what partners hold is in a warehouse that it does not share. */
  readonly keepsNoMembers?: boolean;
  /** Told when a run has been worked on, whatever came of it. */
  readonly onWorked?: (worked: Worked) => void;
}

export interface Worker {
  /** Looks at the queue at once, instead of at the next turn. */
  wake(): void;
  /** Resolves when it has stopped: nothing new is taken, and what is under way has ended or was handed over. */
  readonly done: Promise<void>;
}

/** Between two looks at an empty queue. */
const POLL_MS = 1_000;
/** The longest wait after the control store has failed. */
const MAX_BACKOFF_MS = 30_000;

const QUIET: RunProgress = { step: () => {}, share: () => {}, amount: () => {} };

/**
 * Starts a worker. `stopping` makes it take nothing more; the engine's own signal breaks off what is under way, which is then handed
 * over to whoever works next.
 */
export function startWorker(engine: Engine, stopping: AbortSignal, options: WorkerOptions = {}): Worker {
  const bell = makeBell();
  return { wake: bell.ring, done: takeRuns(engine, stopping, bell, options) };
}

async function takeRuns(engine: Engine, stopping: AbortSignal, bell: Bell, options: WorkerOptions): Promise<void> {
  const { settings, log } = engine;
  const limitsOf = limitsBy(engine, options.keepsNoMembers === true);
  const together = engine.warehouse.answersLastMs > 0 ? settleTogether() : null;
  const busy = new Map<string, Promise<void>>();
  let backoff = POLL_MS;
  const until = AbortSignal.any([stopping, engine.signal]);
  while (!until.aborted) {
    const claim = busy.size < settings.worker.parallel ? await takeNext().catch(storeAway) : null;
    if (claim === null) {
      await bell.wait(engine, backoff, until);
      continue;
    }
    const task = workOn(engine, claim, together, options).finally(() => {
      busy.delete(claim.run.id);
      bell.ring();
    });
    busy.set(claim.run.id, task);
  }
  await Promise.all(busy.values());
  await together?.[Symbol.asyncDispose]();

  async function takeNext(): Promise<Claim | null> {
    const claim = await engine.ledger.claimNext({ owner: engine.owner, leaseMs: LEASE_MS, limitsOf, exclude: [...busy.keys()] });
    backoff = POLL_MS;
    return claim;
  }

  function storeAway(error: unknown): null {
    backoff = Math.min(backoff * 2, MAX_BACKOFF_MS);
    log.warn({ code: codeOf(error) }, 'the queue cannot be read');
    return null;
  }
}

/** Never rejects: what the ledger could not be told comes back when the lease has run out. */
async function workOn(engine: Engine, claim: Claim, together: SettledTogether | null, options: WorkerOptions): Promise<void> {
  const { log, signal } = engine;
  const { run, token } = claim;
  const about = { runId: run.id, destination: run.delivery.destination, slot: run.slot, attempt: token };
  log.info(about, 'run taken');
  try {
    const worked = await engine.trace.span('run', { run: run.id, destination: run.delivery.destination, slot: run.slot }, () =>
      work(
        engine,
        claim,
        (now) => (together === null ? resolveRun(now, run, signal) : together.settle(now, run, signal)),
        QUIET,
        signal,
      ),
    );
    const { state, reason } = worked.run;
    log.info({ ...about, state, reason, code: worked.failure === null ? undefined : codeOf(worked.failure) }, 'run left');
    options.onWorked?.(worked);
  } catch (error) {
    log.error({ ...about, code: codeOf(error) }, 'run could not be recorded');
  }
}

/** What each destination takes; one that aquarius.yaml has no longer is refused when its run is looked at. */
function limitsBy({ settings }: Engine, keepsNoMembers: boolean): (destination: string) => DestinationLimits {
  return (name) => {
    const destination = namedDestination(settings, name);
    if (destination === null) return { concurrency: 1, startsPerMinute: null };
    const { refresh, removes, optOuts } = destination.capabilities();
    const isLeft = keepsNoMembers && (optOuts || removes || refresh.includes('incremental'));
    const { concurrency, startsPerMinute } = destination.limits;
    return { concurrency: isLeft ? 0 : concurrency, startsPerMinute: startsPerMinute ?? null };
  };
}

interface Bell {
  ring(): void;
  /** Waits for the bell, so many milliseconds, or the signal. */
  wait(engine: Pick<Engine, 'sleep'>, ms: number, until: AbortSignal): Promise<void>;
}

/** A bell that was rung while nobody waited is heard by the next who does. */
function makeBell(): Bell {
  let heard = new AbortController();
  return {
    ring: () => heard.abort(),
    async wait({ sleep }, ms, until) {
      await sleep(ms, AbortSignal.any([heard.signal, until])).catch(() => {});
      heard = new AbortController();
    },
  };
}
