import { type App, type AppMode, openApp } from '../app.ts';
import { configError, transientError } from '../errors.ts';
import { clockAt, systemClock } from '../lib/clock.ts';
import { LOG_LEVELS, type LogLevel, openLog } from '../lib/log.ts';

/** Options that every command has. */
export interface GlobalOptions {
  readonly home?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly logLevel?: string;
  readonly at?: string;
}

/** An instant from a command line: a date (its midnight) or a full ISO 8601 time, UTC unless it says otherwise. */
export function parseInstant(text: string): Date {
  const full = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : /(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  const instant = new Date(full);
  if (Number.isNaN(instant.getTime())) {
    throw configError('bad_time', `"${text}" is not a time.`, { hint: 'Write 2026-02-16 or 2026-02-16T06:00:00Z.' });
  }
  return instant;
}

export function logLevel(text: string | undefined): LogLevel {
  const level = LOG_LEVELS.find((known) => known === (text ?? 'warn'));
  if (level === undefined)
    throw configError('bad_log_level', `"${text}" is not a log level.`, { hint: `Use one of ${LOG_LEVELS.join(', ')}.` });
  return level;
}

/** Aborts on the first SIGINT or SIGTERM, so that work stops where it can be resumed. */
function stopSignal(): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return {
    signal: controller.signal,
    end() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}

/** Opens the application for one command and closes it, whatever happens. */
export async function withApp<T>(options: GlobalOptions, mode: AppMode, work: (app: App) => Promise<T>): Promise<T> {
  const stop = stopSignal();
  try {
    const app = await openApp({
      home: options.home,
      file: options.config,
      env: process.env,
      clock: options.at === undefined ? systemClock : clockAt(parseInstant(options.at)),
      log: openLog(logLevel(options.logLevel)),
      mode,
      signal: stop.signal,
    });
    try {
      return await work(app);
    } finally {
      await app[Symbol.asyncDispose]();
    }
  } catch (error) {
    // What was interrupted throws the signal's own AbortError, which is no fault of ours.
    if (!stop.signal.aborted || !(error instanceof Error && error.name === 'AbortError')) throw error;
    throw transientError('stopped', 'The command was stopped before it was done.', {
      hint: 'Run it again: it goes on from the last step that was finished.',
      cause: error,
    });
  } finally {
    stop.end();
  }
}

/** Prints a JSON document on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? item.toString() : item), 2)}\n`);
}

/** Prints lines on stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
