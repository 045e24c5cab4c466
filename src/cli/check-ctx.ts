import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { CheckCtx, Secrets } from '../destinations/destination.ts';
import { systemClock } from '../lib/clock.ts';

/** What a destination is given by a command that delivers nothing. */
export function checkCtx({ log, secrets, signal }: { log: Logger; secrets: Secrets; signal: AbortSignal }): CheckCtx {
  return { log, secrets, signal, clock: systemClock, sleep: (ms) => wait(ms, undefined, { signal }) };
}
