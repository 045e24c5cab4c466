import { type Logger, pino } from 'pino';

/** Levels that `--log-level` takes. */
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Structured log lines (JSON) on stderr, so that stdout stays a program's output. Identifiers and secrets are never passed to it. */
export function openLog(level: LogLevel): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}
