import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { App } from '../../app.ts';
import { withIo } from '../io.ts';
import type { CommandRequest } from './command-request.ts';
import { withSharedApp } from './shared-app.ts';

export type { CommandRequest };

export const commandRequest: z.ZodType<CommandRequest> = z.strictObject({
  args: z.array(z.string()),
  cwd: z.string().refine(isAbsolute, 'must be an absolute path'),
  isTTY: z.boolean(),
  columns: z.int().min(1),
  actor: z.string().min(1).max(256),
  env: z.strictObject({ AQUARIUS_CONFIG: z.string().optional() }),
});

/** Runs a command line and gives its exit code; handed in, since the command line knows the command that serves. */
export type RunCommandLine = (args: readonly string[]) => Promise<number>;

/**
 * Runs a command that came from another process, with the server's application, and gives its exit code. It never throws: failures
 * are told on `err` as in any command. Commands may run at once. `signal` stops this one.
 */
export function runForwarded(
  app: App,
  request: CommandRequest,
  io: { out(text: string): void; err(text: string): void; readonly signal: AbortSignal },
  run: RunCommandLine,
): Promise<number> {
  const { args, cwd, isTTY, columns, actor, env } = request;
  // When the server is to stop, its commands are, too.
  const signal = AbortSignal.any([app.signal, io.signal]);
  const own = { stdout: io.out, stderr: io.err, isTTY, columns, cwd, env, signal, actor };
  return withIo(own, () => withSharedApp(app, () => run(args)));
}
