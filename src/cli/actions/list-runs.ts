import { configError } from '../../errors.ts';
import { RUN_STATES } from '../../ledger/states.ts';
import { runsTable } from '../deliver-text.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { runToShape } from '../to-shape.ts';

interface RunsOptions extends GlobalOptions {
  readonly agency?: string;
  readonly advertiser?: string;
  readonly destination?: string;
  readonly state?: string;
  readonly slot?: string;
  readonly limit: string;
}

export async function listRuns(options: RunsOptions): Promise<void> {
  const state = RUN_STATES.find((known) => known === options.state);
  if (options.state !== undefined && state === undefined) {
    throw configError('bad_state', `"${options.state}" is not a state of a run.`, {
      hint: `Use one of ${RUN_STATES.join(', ')}.`,
    });
  }
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw configError('bad_limit', `"${options.limit}" is not a count.`, { hint: 'Use a whole number.' });
  const runs = await withApp(options, 'ledger', ({ ledger }) =>
    ledger.runs({
      ...(options.agency === undefined ? {} : { agencyIds: [options.agency] }),
      ...(options.advertiser === undefined ? {} : { advertiserId: options.advertiser }),
      ...(options.destination === undefined ? {} : { destination: options.destination }),
      ...(options.slot === undefined ? {} : { slot: options.slot }),
      ...(state === undefined ? {} : { states: [state] }),
      limit,
    }),
  );
  const shapes = runs.map(runToShape);
  if (options.json === true) printJson({ runs: shapes });
  else
    print(
      shapes.length === 0 ? 'No runs yet. `aquarius plan` shows what is due, `aquarius deliver` delivers it.' : runsTable(shapes),
    );
}
