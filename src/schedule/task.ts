import type { Engine } from '../delivery/engine.ts';
import { AquariusError, codeOf } from '../errors.ts';

/** Something that is done again and again while a server runs. */
export interface Task {
  /** For the log. */
  readonly name: string;
  /** Gives the wait in milliseconds until the next time. */
  run(signal: AbortSignal): Promise<number>;
}

const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;

/**
 * Does a task until `stopping`. What fails is told in the log, once for each new reason, and tried again after a wait that doubles up
 * to a minute: an outage of a store or a warehouse ends no server. Never rejects.
 */
export async function repeat({ log, sleep }: Pick<Engine, 'log' | 'sleep'>, task: Task, stopping: AbortSignal): Promise<void> {
  let backoff = FIRST_BACKOFF_MS;
  let told: string | null = null;
  while (!stopping.aborted) {
    let wait: number;
    try {
      wait = await task.run(stopping);
      if (told !== null) log.info({ task: task.name }, 'works again');
      told = null;
      backoff = FIRST_BACKOFF_MS;
    } catch (error) {
      if (stopping.aborted) return;
      const code = codeOf(error);
      if (code !== told) log.error({ task: task.name, code, message: messageOf(error) }, 'failed, and is tried again');
      told = code;
      wait = backoff;
      backoff = Math.min(backoff * 2, MAX_BACKOFF_MS);
    }
    await sleep(wait, stopping).catch(() => {});
  }
}

/** Only our own messages are known to hold no identifier. */
function messageOf(error: unknown): string | undefined {
  return error instanceof AquariusError ? error.message : undefined;
}
