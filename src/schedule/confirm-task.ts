import { ASK_AGAIN_MS, askConfirmation } from '../delivery/ask-confirmation.ts';
import type { Engine } from '../delivery/engine.ts';
import { codeOf } from '../errors.ts';
import type { Task } from './task.ts';

const LOOK_MS = 60_000;
/** Runs asked about in one go. */
const BATCH = 50;

/** Asks partners what became of deliveries, when it is time to. */
export function confirmTask(engine: Engine): Task {
  const { ledger, log } = engine;
  return {
    name: 'confirmations',
    async run(signal) {
      const due = await ledger.dueConfirmations(BATCH);
      for (const runId of due) {
        const run = await ledger.runById(runId);
        if (run === null) continue;
        try {
          const said = await askConfirmation(engine, run, signal);
          // Nobody is asked about it any more.
          if (said === null) await ledger.recordConfirmation(runId, { state: 'pending' });
          else if (said.state !== 'pending') log.info({ runId, state: said.state }, 'the partner has answered');
        } catch (error) {
          signal.throwIfAborted();
          log.warn({ runId, code: codeOf(error) }, 'the partner was asked and did not answer');
          await ledger.recordConfirmation(runId, { state: 'pending' }, ASK_AGAIN_MS);
        }
      }
      return due.length === BATCH ? 0 : LOOK_MS;
    },
  };
}
