import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startDelayProxy } from '../test/support/delay-proxy.ts';

/** A delay proxy in a process of its own, so that none of those who are compared shares its processor time. */
export async function forkDelayProxy(target: number, roundTripMs: number): Promise<{ readonly port: number } & AsyncDisposable> {
  const child = fork(import.meta.filename, [String(target), String(roundTripMs)]);
  const [port] = await once(child, 'message');
  return {
    port: Number(port),
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const [target = 0, roundTripMs = 0] = process.argv.slice(2).map(Number);
  const { port } = await startDelayProxy(target, roundTripMs);
  process.on('disconnect', () => process.exit());
  process.send?.(port);
}
