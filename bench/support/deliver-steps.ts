import { openApp } from '../../src/app.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import { clockAt } from '../../src/lib/clock.ts';
import { openLog } from '../../src/lib/log.ts';
import { withResource } from '../../src/lib/with-resource.ts';

/**
 * Delivers what is due in a process of its own and prints how long its one run took to be staged: `node deliver-steps.ts HOME AT`. The
 * ledger cannot tell, since its clock stands at AT.
 */

const [home = '', instant = ''] = process.argv.slice(2);
const at = new Date(instant);
const opening = openApp({
  home,
  file: undefined,
  env: {},
  clock: clockAt(at),
  log: openLog('warn'),
  mode: 'write',
  signal: new AbortController().signal,
});
await withResource(opening, async (app) => {
  const engine = await app.engine();
  const begun = performance.now();
  let startedAt = begun;
  let stagedAt = Number.NaN;
  const step = (name: string): void => {
    if (name === 'sending') stagedAt = performance.now();
  };
  const { runs } = await deliver(
    engine,
    { at, force: false },
    {
      onRun: () => {
        startedAt = performance.now();
        return { step, share: () => {}, amount: () => {} };
      },
    },
  );
  const [delivered] = runs;
  if (delivered?.run.state !== 'delivered') throw new Error(`the run is ${delivered?.run.state}`, { cause: delivered?.failure });
  const files = delivered.run.manifest?.files ?? [];
  process.stdout.write(
    `${JSON.stringify({
      rows: delivered.run.manifest?.rows,
      files: files.length,
      plainBytes: files.reduce((sum, { plainBytes }) => sum + plainBytes, 0),
      planning: (startedAt - begun) / 1000,
      staging: (stagedAt - startedAt) / 1000,
      sending: (performance.now() - stagedAt) / 1000,
    })}\n`,
  );
});
