import { setTimeout as nap } from 'node:timers/promises';
import type { Engine } from '../../src/delivery/engine.ts';
import type { Worked } from '../../src/delivery/work.ts';
import { startWorker } from '../../src/schedule/worker.ts';
import type { HandClock } from './hand-clock.ts';

/**
 * Lets a worker work until a run has ended; gives what came of each attempt. With a clock nobody waits for an idle worker: the clock
 * goes on by what it would wait, but not while a run is worked on.
 */
export async function workToTheEnd(engine: Engine, clock?: HandClock): Promise<readonly Worked[]> {
  const worked: Worked[] = [];
  const stopping = new AbortController();
  let working = 0;
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
  const sleep: Engine['sleep'] = async (ms, signal) => {
    if (working === 0) clock?.move(ms);
    await nap(20, undefined, { signal });
  };
  await startWorker({ ...engine, trace, sleep }, stopping.signal, {
    onWorked(one) {
      worked.push(one);
      if (one.run.finishedAt !== null) stopping.abort();
    },
  }).done;
  return worked;
}
