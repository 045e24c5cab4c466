import { AsyncLocalStorage } from 'node:async_hooks';
import { AquariusError } from '../errors.ts';

/** Exit codes (sysexits), the same for every command. 1 is never used: it would be a crash outside our hands. */
export const EXIT = { ok: 0, usage: 64, rejected: 65, bug: 70, transient: 75, config: 78 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code for a failure. What is not an `AquariusError` is a bug of ours. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof AquariusError ? EXIT[error.kind] : EXIT.bug;
}

/** The most urgent of several: a bug before a setting to be changed, before a refusal, before something that passes. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return ([EXIT.bug, EXIT.config, EXIT.rejected, EXIT.transient] as const).find((code) => codes.includes(code)) ?? EXIT.ok;
}

const running = new AsyncLocalStorage<{ code: ExitCode }>();

/** Says how the running command ends, when it did its work and yet found something wrong. */
export function endWith(code: ExitCode): void {
  const command = running.getStore();
  if (command === undefined) throw new Error('No command is running.');
  command.code = code;
}

/** Runs one command and gives what it said with `endWith`, or 0. */
export async function recordExitCode(work: () => Promise<void>): Promise<ExitCode> {
  const command: { code: ExitCode } = { code: EXIT.ok };
  await running.run(command, work);
  return command.code;
}
