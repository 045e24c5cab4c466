import { openApp } from '../../src/app.ts';
import { openLog } from '../../src/lib/log.ts';
import { goOnce, type Path } from './fault-paths.ts';
import { watched } from './faulty-engine.ts';
import { handClock } from './hand-clock.ts';

/** Delivers and dies by SIGKILL before or after its n-th outside call. Ends with 0 when it gets to the end before that. */
const [home = '', settings = '', at = '', path = 'deliver', when = 'before', point = '0'] = process.argv.slice(2);
const fatal = Number(point);
const die = (moment: string) => (n: number) => {
  if (n === fatal && moment === when) process.kill(process.pid, 'SIGKILL');
};

const clock = handClock(at);
const app = await openApp({
  home,
  file: settings,
  env: process.env,
  clock,
  log: openLog('silent'),
  mode: 'write',
  signal: new AbortController().signal,
});
const { engine, progress } = watched(await app.engine(), { before: die('before'), after: die('after') });
await goOnce(path as Path, engine, clock, progress);
await app[Symbol.asyncDispose]();
