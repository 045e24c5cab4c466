import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { openApp } from '../../src/app.ts';
import { removeServerFile, writeServerFile } from '../../src/cli/forward/server-file.ts';
import type { Engine } from '../../src/delivery/engine.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { openLog } from '../../src/lib/log.ts';
import { VERSION } from '../../src/lib/version.ts';
import { serve } from '../../src/serve/serve.ts';

/**
 * A server that dies by SIGKILL, with its whole group, before or after its n-th call of a name. Without a name it writes the name
 * of every call into a file, and lives on.
 */
const [home = '', settings = '', names = '', fatal = '', moment = 'before', nth = '1'] = process.argv.slice(2);

const calls = new Map<string, number>();
function pass(name: string, when: 'before' | 'after'): void {
  if (when === 'before') {
    calls.set(name, (calls.get(name) ?? 0) + 1);
    if (fatal === '') appendFileSync(names, `${name}\n`);
  }
  if (name === fatal && when === moment && calls.get(name) === Number(nth)) process.kill(0, 'SIGKILL');
}

/** The same object; its calls are watched, and those of what `opened` says that it opens. */
function watch<T extends object>(room: string, target: T, opened: readonly string[] = []): T {
  return new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property, object);
      if (typeof value !== 'function' || typeof property === 'symbol')
        return typeof value === 'function' ? value.bind(object) : value;
      return (...args: unknown[]) => {
        // A run's steps are boundaries of their own.
        const name = `${room}.${property}${property === 'advance' ? `:${String(args[2])}` : ''}`;
        pass(name, 'before');
        const result: unknown = Reflect.apply(value, object, args);
        if (!(result instanceof Promise)) return result;
        return result.then((settled: unknown) => {
          pass(name, 'after');
          return opened.includes(property) ? watch('session', settled as object) : settled;
        });
      };
    },
  });
}

function watched(engine: Engine): Engine {
  return {
    ...engine,
    ledger: watch('ledger', engine.ledger),
    stage: watch('stage', engine.stage),
    warehouse: watch('warehouse', engine.warehouse, ['session']),
  };
}

const stopping = new AbortController();
process.once('SIGTERM', () => stopping.abort());
const app = await openApp({
  home,
  file: settings,
  env: process.env,
  clock: systemClock,
  log: openLog('warn'),
  mode: 'write',
  signal: new AbortController().signal,
});
const engine = watched(await app.engine());
const token = randomBytes(32).toString('base64url');
await serve(
  { ...app, ledger: engine.ledger, engine: async () => engine },
  {
    host: '127.0.0.1',
    port: 0,
    token,
    stopping: stopping.signal,
    runCommand: () => Promise.reject(new Error('This server takes no commands.')),
    onListening: (url) =>
      writeServerFile(home, {
        pid: process.pid,
        url,
        token,
        startedAt: systemClock.now().toISOString(),
        version: VERSION,
        configFile: settings,
      }),
  },
);
await app[Symbol.asyncDispose]();
await removeServerFile(home, token);
