import type { Readable, Writable } from 'node:stream';
import { sharedApp } from './forward/shared-app.ts';
import { currentIo } from './io.ts';

/** Where a person can be asked. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
}

/**
 * Asks a yes-or-no question on the caller's terminal; all but yes is no. Null when nobody can be asked: without a terminal, and inside
 * a server, which has its caller's output but not the keyboard.
 */
export async function confirm(
  question: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean | null> {
  const { isTTY, signal } = currentIo();
  if (sharedApp() !== null || !isTTY || input.isTTY !== true) return null;
  const { createInterface } = await import('node:readline');
  signal.throwIfAborted();
  // Left in its own mode, the terminal makes of Ctrl-C what it always is.
  const lines = createInterface({ input, output, terminal: false });
  try {
    return await new Promise<boolean>((resolve, reject) => {
      const onAbort = (): void => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      // Ctrl-D ends the input without an answer.
      lines.once('close', () => resolve(false));
      lines.question(`${question} [y/N] `, (answer) => resolve(/^y(es)?$/i.test(answer.trim())));
    });
  } finally {
    lines.close();
  }
}
