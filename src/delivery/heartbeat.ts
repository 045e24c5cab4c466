import { AquariusError, transientError } from '../errors.ts';
import type { Claim } from '../ledger/lease.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { StoredProgress } from '../ledger/run-progress.ts';
import type { Clock } from '../lib/clock.ts';
import type { RunProgress } from './engine.ts';

/** How long a worker holds a run without a sign of life; when it dies, another takes the run after so long. */
export const LEASE_MS = 20_000;
/** Between two signs of life, when nothing is to be told. */
const RENEW_MS = 5_000;
/** Progress is told at most so often. */
const BEAT_MS = 1_000;

export interface Heartbeat {
  /** Aborts when the run is lost to another worker, is cancelled, or the outer signal aborts. */
  readonly signal: AbortSignal;
  /** Passes on what it is told, and keeps it in the ledger for everybody else. */
  readonly progress: RunProgress;
  /** Proves that this attempt still has the run, and that nobody wants it stopped. */
  readonly fence: () => Promise<void>;
  end(): void;
}

/** Keeps the lease of a run while it is worked on, and tells the ledger how far it is. */
export function startHeartbeat(
  { ledger, clock }: { readonly ledger: Ledger; readonly clock: Clock },
  { run, token }: Claim,
  outer: AbortSignal,
  told: RunProgress,
): Heartbeat {
  const lost = new AbortController();
  const gauge = makeGauge(clock);
  let renewedAt = performance.now();
  let beating = false;

  const renew = async (progress?: StoredProgress): Promise<void> => {
    const startedAt = performance.now();
    const { cancelRequested } = await ledger.renew(run.id, token, LEASE_MS, progress);
    renewedAt = startedAt;
    if (cancelRequested) throw cancelled();
  };
  const beat = async (): Promise<void> => {
    const age = performance.now() - renewedAt;
    if (beating || (!gauge.changed() && age < RENEW_MS)) return;
    beating = true;
    try {
      await renew(gauge.take());
    } catch (error) {
      // A store that does not answer is no proof that the run is lost, until the lease has run out.
      const final = error instanceof AquariusError && (error.code === 'lease_lost' || error.code === 'cancelled');
      if (final || performance.now() - renewedAt >= LEASE_MS) lost.abort(error);
    } finally {
      beating = false;
    }
  };
  const timer = setInterval(() => void beat(), BEAT_MS);
  timer.unref();
  return {
    signal: AbortSignal.any([outer, lost.signal]),
    progress: {
      step(text) {
        gauge.step(text);
        told.step(text);
      },
      share(done) {
        gauge.amount(done, 1, 'share');
        told.share(done);
      },
      amount(done, total, unit) {
        gauge.amount(done, total, unit);
        told.amount(done, total, unit);
      },
    },
    fence: () => renew(),
    end: () => clearInterval(timer),
  };
}

function cancelled(): AquariusError {
  return transientError('cancelled', 'The run was cancelled.', { hint: '`aquarius runs retry` starts it again.' });
}

/** Keeps the newest of what a run tells, with its rate since the step began. */
function makeGauge(clock: Clock) {
  let latest: Omit<StoredProgress, 'at' | 'rate'> | null = null;
  let startedAt = performance.now();
  let isNew = false;
  return {
    step(step: string): void {
      latest = { step, done: null, total: null, unit: null };
      startedAt = performance.now();
      isNew = true;
    },
    amount(done: number, total: number | null, unit: 'rows' | 'bytes' | 'share'): void {
      latest = { step: latest?.step ?? '', done, total, unit };
      isNew = true;
    },
    changed: () => isNew,
    take(): StoredProgress | undefined {
      isNew = false;
      if (latest === null) return undefined;
      const seconds = (performance.now() - startedAt) / 1000;
      const rate = latest.done === null || seconds < 0.5 ? null : Math.round((latest.done / seconds) * 1000) / 1000;
      return { ...latest, rate, at: clock.now().toISOString() };
    },
  };
}
