import { type AquariusError, configError, transientError } from '../errors.ts';

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
