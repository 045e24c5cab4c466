import { configError } from '../errors.ts';
import type { Run } from '../ledger/run.ts';
import { isFinished } from '../ledger/states.ts';
import type { Engine, RunProgress } from './engine.ts';
import { LEASE_MS } from './heartbeat.ts';

const POLL_MS = 500;
/** A worker that gives no sign of life for so long is no longer waited for. */
const SILENCE_MS = LEASE_MS + 10_000;

/**
 * Watches a run that another process works on, and passes its progress on, until it is finished, held or given back, until
 * nothing is heard of that process any more, or until the engine is stopped. Gives the run as it is then.
 */
export async function followRun({ ledger, signal, sleep }: Engine, runId: string, progress: RunProgress): Promise<Run> {
  let step: string | null = null;
  let sign: string | null = null;
  let heardAt = performance.now();
  for (;;) {
    const run = await ledger.runById(runId);
    if (run === null) throw configError('run_unknown', `There is no run ${runId}.`, { hint: '`aquarius runs` lists them.' });
    if (isFinished(run.state) || run.hold !== null || run.leaseOwner === null || signal.aborted) return run;
    const told = await ledger.progressOf(runId);
    const newSign = `${run.attempts} ${run.leaseUntil} ${told?.at}`;
    if (newSign !== sign) heardAt = performance.now();
    else if (performance.now() - heardAt > SILENCE_MS) return run;
    sign = newSign;
    if (told !== null) {
      if (told.step !== step) progress.step(`${told.step} (another process)`);
      step = told.step;
      if (told.done !== null && told.unit === 'share') progress.share(told.done);
      else if (told.done !== null && told.unit !== null && told.unit !== 'share')
        progress.amount(told.done, told.total, told.unit);
    }
    await sleep(POLL_MS, signal).catch(() => {});
  }
}
