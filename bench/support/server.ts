import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readServerFile, type ServerFile } from '../../src/cli/forward/server-file.ts';

/** `aquarius serve` on a data directory, in a process of its own. */
export interface Server {
  readonly process: ChildProcess;
  readonly mark: ServerFile;
}

export async function startServer(home: string): Promise<Server> {
  await rm(join(home, 'serve.json'), { force: true });
  const program = resolve(import.meta.dirname, '../../src/cli/main.ts');
  const child = spawn(process.execPath, [program, 'serve', '--home', home, '--port', '0', '--log-level', 'error'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (;;) {
    const mark = await readServerFile(home);
    if (mark !== null) return { process: child, mark };
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
    await sleep(50);
  }
}

export async function stopServer(server: Server): Promise<void> {
  server.process.kill('SIGTERM');
  if (server.process.exitCode === null) await once(server.process, 'exit');
}
