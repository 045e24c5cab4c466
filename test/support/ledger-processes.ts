import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LedgerPlace } from '../../src/ledger/open.ts';
import { BUILD_CACHE } from '../../src/serve/web/source-hash.ts';
import type { LedgerTask } from './ledger-child.ts';

const CHILD = fileURLToPath(new URL('./ledger-child.ts', import.meta.url));

/** How a process ended: its result, or the signal that ended it. */
export interface Ended {
  readonly result: unknown;
  readonly signal: NodeJS.Signals | null;
}

/** Runs each task in a process of its own; all start their work at the same signal. */
export async function inProcesses(place: LedgerPlace, tasks: readonly LedgerTask[]): Promise<readonly Ended[]> {
  const children = tasks.map((task) => {
    const child = spawn(process.execPath, [CHILD, JSON.stringify({ place, ...task })], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // To strip the types takes as long as the rest of a start.
      env: { ...process.env, NODE_COMPILE_CACHE: BUILD_CACHE },
    });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    // A child that is killed may leave before its signal to start has been read.
    child.stdin.on('error', () => {});
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, lines, closed: once(child, 'close'), complaint: () => complaint };
  });
  for (const { lines, complaint } of children) {
    const { value } = await lines.next();
    if (value !== 'ready') throw new Error(`the child did not start: ${complaint()}`);
  }
  for (const { child } of children) child.stdin.end('go\n');
  return Promise.all(
    children.map(async ({ child, lines, closed, complaint }) => {
      const { value } = await lines.next();
      await closed;
      if (child.exitCode !== 0 && child.signalCode === null) throw new Error(`the child failed: ${complaint()}`);
      return { result: value === undefined ? undefined : JSON.parse(value), signal: child.signalCode };
    }),
  );
}
