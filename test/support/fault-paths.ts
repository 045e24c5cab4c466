import { setTimeout as nap } from 'node:timers/promises';
import { deliver } from '../../src/delivery/deliver.ts';
import type { Engine, RunProgress } from '../../src/delivery/engine.ts';
import { planTask, settleTask } from '../../src/schedule/tasks.ts';
import { startWorker } from '../../src/schedule/worker.ts';
import type { HandClock } from './hand-clock.ts';
import { overriding } from './worker-drain.ts';

/** The two ways in which what is due is delivered: by somebody who waits for it, and by a server's tasks and workers. */
export type Path = 'deliver' | 'queue';

const QUIET: RunProgress = { step: () => {}, share: () => {}, amount: () => {} };
/** Longer than a lease, and than the first waits before a retry. */
const LATER_MS = 10 * 60_000;
const ROUNDS = 6;

/** Goes a path once. What fails on the way is thrown, once everything has been tried that a server would still try. */
export async function goOnce(path: Path, engine: Engine, clock: HandClock, progress = QUIET): Promise<void> {
  const quick = { ...engine, sleep: (_ms: number, signal: AbortSignal) => nap(1, undefined, { signal }) };
  if (path === 'deliver') {
    await deliver(quick, { at: clock.now(), force: false }, { onRun: () => progress });
    return;
  }
  const signal = new AbortController().signal;
  const failures: unknown[] = [];
  const tried = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => failures.push(error));
  await tried(planTask(quick, () => {}).run(signal));
  await tried(workOff(quick));
  await tried(settleTask(quick).run(signal));
  if (failures.length > 0) throw failures[0];
}

/** Goes a path until everything is delivered, as it would be while time goes by; a run that has failed for good is tried again by a person. */
export async function goToTheEnd(path: Path, engine: Engine, clock: HandClock): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round > 0 || path === 'queue') clock.move(LATER_MS);
    await goOnce(path, engine, clock);
    const runs = await engine.ledger.runs();
    if (runs.length > 0 && runs.every(({ state }) => state === 'delivered')) return;
    for (const { id, state } of runs) {
      if (state === 'failed') await engine.ledger.retry(id, { name: 'ana', via: 'cli', reason: 'a test' }, 3_600_000);
    }
  }
}

/** One worker, with one run at a time, works until nothing that can be taken now is left, whatever fails meanwhile. */
export async function workOff(engine: Engine): Promise<void> {
  const stopping = new AbortController();
  let working = 0;
  const ledger = overriding(engine.ledger, {
    async claimNext(request) {
      const claim = await engine.ledger.claimNext(request);
      if (claim === null && working === 0) stopping.abort();
      return claim;
    },
  });
  const trace: Engine['trace'] = {
    async span(name, attributes, work) {
      working += name === 'run' ? 1 : 0;
      try {
        return await engine.trace.span(name, attributes, work);
      } finally {
        working -= name === 'run' ? 1 : 0;
      }
    },
  };
  // While a run is worked on the worker waits for its end, not for a time, so that the same work makes the same calls.
  const sleep: Engine['sleep'] = (ms, signal) =>
    working === 0 || signal.aborted
      ? engine.sleep(ms, signal)
      : new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  await startWorker({ ...engine, ledger, trace, sleep }, stopping.signal).done;
}
