import type { RunState } from '../../ledger/states.ts';
import { runToShape } from '../../shapes/to-shape.ts';
import { runsTable } from '../deliver-text.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';

interface RunsOptions extends GlobalOptions {
  readonly agency?: string;
  readonly advertiser?: string;
  readonly destination?: string;
  readonly state?: RunState;
  readonly slot?: string;
  readonly limit: number;
}

export async function listRuns(options: RunsOptions): Promise<void> {
  const { state, limit } = options;
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
