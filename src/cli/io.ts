import { AsyncLocalStorage } from 'node:async_hooks';
import { userInfo } from 'node:os';
import type { Environment } from '../config/secrets.ts';

/**
 * What a command reads and writes besides its arguments. By default that is the process's own; inside a server each command has its
 * caller's, so that commands that run at once never meet.
 */
export interface CommandIo {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether stderr is a terminal: progress is drawn only there. */
  readonly isTTY: boolean;
  /** Width of that terminal, in characters. */
  readonly columns: number;
  /** Where relative paths of the command line start. */
  readonly cwd: string;
  readonly env: Environment;
  /** Aborted when the command is to stop where it can be resumed. */
  readonly signal: AbortSignal;
  /** Who gave the command, for the audit log. */
  readonly actor: string;
}

const DEFAULT_COLUMNS = 80;

let stop: AbortController | undefined;

/** The process's own. */
export const processIo: CommandIo = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  get isTTY() {
    return process.stderr.isTTY === true;
  },
  get columns() {
    // Some terminals of containers say 0.
    return process.stderr.columns || DEFAULT_COLUMNS;
  },
  get cwd() {
    return process.cwd();
  },
  env: process.env,
  get signal() {
    stop ??= stopOnSignal();
    return stop.signal;
  },
  get actor() {
    return userName();
  },
};

/** Aborts on the first SIGINT or SIGTERM; the second ends the process at once. */
function stopOnSignal(): AbortController {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller;
}

/** The user of this machine; in a container the number may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

const given = new AsyncLocalStorage<CommandIo>();

/** That of the command that is running. */
export function currentIo(): CommandIo {
  return given.getStore() ?? processIo;
}

/** Everything that `work` runs has `io` as its own. */
export function withIo<T>(io: CommandIo, work: () => Promise<T>): Promise<T> {
  return given.run(io, work);
}
