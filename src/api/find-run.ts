import { configError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Run } from '../ledger/run.ts';
import { maySee, type Principal } from './principal.ts';

/** The run that an id or its beginning names. One of an agency that is not the caller's is `run_unknown`, as if there were none. */
export async function findRun(ledger: Ledger, id: string, principal: Principal): Promise<Run> {
  const run = await ledger.runById(id);
  if (run !== null && maySee(principal, run.delivery.agencyId)) return run;
  throw configError('run_unknown', `There is no run ${id}.`, { hint: 'GET /api/delivery/runs lists them.' });
}
