import type { Settings } from '../config/settings.ts';
import { AquariusError } from '../errors.ts';
import type { Run } from '../ledger/run.ts';

/** Share by which waits are spread, so that runs that failed together do not come back together. */
const JITTER = 0.2;

/**
 * The wait in milliseconds before a run is tried again, or null when another attempt gains nothing: the failure is no passing one, or
 * the run's deadline comes first. It doubles with each failure; a partner's own wait is honoured. `random` is from 0 to 1.
 */
export function retryWait(
  run: Pick<Run, 'failures' | 'deadlineAt'>,
  failure: unknown,
  settings: Settings['worker'],
  now: Date,
  random: number,
): number | null {
  if (!(failure instanceof AquariusError) || failure.kind !== 'transient') return null;
  const left = Date.parse(run.deadlineAt) - now.getTime();
  // Nothing has failed: a newer suppression wants another cut. A list that keeps changing is waited for like anything else.
  if (failure.code === 'suppression_changed' && run.failures === 0) return left > 0 ? 0 : null;
  const doubled = settings.retryFirstSeconds * 2 ** Math.min(run.failures, 30);
  const planned = Math.min(doubled, settings.retryMaxSeconds) * 1000 * (1 - JITTER + 2 * JITTER * random);
  const wait = Math.round(Math.max(planned, failure.retryAfterMs ?? 0));
  return wait < left ? wait : null;
}
