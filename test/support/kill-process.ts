import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as nap } from 'node:timers/promises';
import { readServerFile } from '../../src/cli/forward/server-file.ts';

/** A process in a group of its own, as a machine's service manager starts it. */
export interface GroupProcess {
  readonly pid: number;
  /** Resolves when it is gone; its signal, or null when it ended by itself. */
  readonly gone: Promise<NodeJS.Signals | null>;
  isGone(): boolean;
  /** SIGKILL to all of the group, at once. */
  kill(): void;
  /** Asks it to stop. */
  stop(): void;
  /** The last of what it has said. */
  said(): string;
}

const KEPT = 20_000;

export function startGroup(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): GroupProcess {
  const child: ChildProcess = spawn(program, [...args], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, HOME: options.cwd, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} did not start.`);
  let said = '';
  let isGone = false;
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-KEPT);
    });
  const signal = (name: NodeJS.Signals): void => {
    if (isGone) return;
    try {
      process.kill(-pid, name);
    } catch (error) {
      // It has gone by itself a moment ago.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  };
  return {
    pid,
    gone: new Promise((resolve) => {
      child.once('exit', (_code, by) => {
        isGone = true;
        resolve(by);
      });
    }),
    isGone: () => isGone,
    kill: () => signal('SIGKILL'),
    stop: () => signal('SIGTERM'),
    said: () => said,
  };
}

/** How a server that runs is doing, as its metrics say. */
export interface ServerCounts {
  /** Runs that are not over. */
  readonly unfinished: number;
  readonly delivered: number;
  /** Changes that SEGMENT_DELIVERY_DETAILS must still hear of. */
  readonly outbox: number;
}

/** Null while the server does not answer, or no longer. */
export async function countsOf(home: string, server: GroupProcess): Promise<ServerCounts | null> {
  const text = await call(home, server, '/metrics', {});
  if (text === null) return null;
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const at = line.lastIndexOf(' ');
    if (!line.startsWith('#')) values.set(line.slice(0, at), Number(line.slice(at + 1)));
  }
  const runs = (...states: readonly string[]): number =>
    states.reduce((sum, state) => sum + (values.get(`aquarius_runs{state="${state}"}`) ?? 0), 0);
  const outbox = values.get('aquarius_outbox_pending');
  if (outbox === undefined) throw new Error('The metrics do not tell of the outbox.');
  return {
    unfinished: runs('planned', 'extracting', 'staged', 'delivering'),
    delivered: runs('delivered'),
    outbox,
  };
}

/** Asks for one more run of every delivery. Gives the runs that were promised, or null when the server did not get to answer. */
export async function askForMore(home: string, server: GroupProcess, key: string): Promise<readonly string[] | null> {
  const text = await call(home, server, '/api/delivery/run', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ force: true }),
  });
  if (text === null) return null;
  const { runs } = JSON.parse(text) as { runs: readonly { readonly runId: string }[] };
  return runs.map(({ runId }) => runId);
}

/** The body of a good answer; null when nobody answers, which is what killed servers do. */
async function call(
  home: string,
  server: GroupProcess,
  path: string,
  request: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
): Promise<string | null> {
  const mark = await readServerFile(home);
  if (mark?.pid !== server.pid) return null;
  try {
    const answer = await fetch(mark.url + path, {
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${mark.token}` },
    });
    const text = await answer.text();
    if (answer.ok) return text;
    // What it says while it is still starting, or stops.
    if (answer.status === 503) return null;
    throw new Refused(`${path} answered ${answer.status}: ${text}`);
  } catch (error) {
    if (error instanceof Refused) throw error;
    return null;
  }
}

class Refused extends Error {}

const LOOK_MS = 50;

/** Looks until something is found. There is no deadline but the test's own: nothing depends on speed. */
export async function until<T>(look: () => Promise<T | null> | T | null): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await nap(LOOK_MS);
  }
}
