import { openApp } from '../../src/app.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import { clockAt } from '../../src/lib/clock.ts';
import { openLog } from '../../src/lib/log.ts';
import { watched } from './faulty-engine.ts';

/** Delivers and dies by SIGKILL before or after its n-th outside call. Ends with 0 when it gets to the end before that. */
const [home = '', settings = '', at = '', when = 'before', point = '0'] = process.argv.slice(2);
const fatal = Number(point);
const die = (moment: string) => (n: number) => {
  if (n === fatal && moment === when) process.kill(process.pid, 'SIGKILL');
};

const app = await openApp({
  home,
  file: settings,
  env: process.env,
  clock: clockAt(new Date(at)),
  log: openLog('silent'),
  mode: 'write',
  signal: new AbortController().signal,
});
const { engine } = watched(await app.engine(), { before: die('before'), after: die('after') });
const progress = { step: () => {}, share: () => {}, amount: () => {} };
await deliver(engine, { at: new Date(at), force: false }, { onRun: () => progress });
await app[Symbol.asyncDispose]();
