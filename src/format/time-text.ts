import { DAY_MS } from '../lib/clock.ts';
import type { FileContext, TimeFormat } from './layout.ts';

/** An instant in whole seconds, rounded down: ISO 8601 in UTC, or seconds since 1970. */
export function timeText(instant: Date, format: TimeFormat): string {
  const seconds = Math.floor(instant.getTime() / 1000);
  return format === 'unix-seconds' ? String(seconds) : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** When the members of a file expire: counted from the planning of its run, so that every attempt writes the same bytes. */
export function expiryText(context: FileContext, days: number, format: TimeFormat): string {
  return timeText(new Date(context.plannedAt.getTime() + (context.ttlDays ?? days) * DAY_MS), format);
}
