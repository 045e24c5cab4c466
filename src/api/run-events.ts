import type { Ledger } from '../ledger/ledger.ts';
import type { Run } from '../ledger/run.ts';
import type { StoredProgress } from '../ledger/run-progress.ts';
import { isFinished } from '../ledger/states.ts';
import type { ProgressEvent } from '../shapes/api-shapes.ts';
import { eventText, KEEP_ALIVE } from './stream.ts';

/** How often the ledger is looked at: no event comes more often. */
export const POLL_MS = 1_000;
const KEEP_ALIVE_MS = 15_000;

export interface RunEventsDeps {
  readonly ledger: Ledger;
  /** Waits so many milliseconds, or rejects once the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * What happens to a run as server-sent events: `state` at the start and on every change, `progress` when it has changed, `end` when
 * nobody works on the run any more or it waits for a person. Ends early, without `end`, when the signal is aborted.
 */
export async function* runEvents(first: Run, { ledger, wait, signal }: RunEventsDeps): AsyncGenerator<string> {
  let run: Run | null = first;
  let state = '';
  let progress = '';
  let silentMs = 0;
  while (run !== null && !signal.aborted) {
    const texts: string[] = [];
    const stateNow = eventText('state', stateOf(run));
    if (stateNow !== state) texts.push(stateNow);
    const stored = await ledger.progressOf(run.id);
    const progressNow = stored === null ? '' : eventText('progress', progressOf(stored));
    if (progressNow !== '' && progressNow !== progress) texts.push(progressNow);
    const over = isFinished(run.state) || run.hold !== null;
    if (over) texts.push(eventText('end', stateOf(run)));
    if (texts.length === 0 && silentMs >= KEEP_ALIVE_MS) texts.push(KEEP_ALIVE);
    if (texts.length > 0) {
      silentMs = 0;
      yield texts.join('');
    }
    if (over) return;
    state = stateNow;
    progress = progressNow;
    try {
      await wait(POLL_MS, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    silentMs += POLL_MS;
    run = await ledger.runById(run.id);
  }
}

function stateOf({ id, state, reason, hold, retryAt }: Run) {
  return { runId: id, state, reason, hold, retryAt };
}

function progressOf({ step, done, total, unit, rate }: StoredProgress): ProgressEvent {
  const known = done !== null && total !== null && rate !== null && rate > 0;
  return { step, done, total, unit, rate, secondsLeft: known ? Math.max(0, Math.ceil((total - done) / rate)) : null };
}
