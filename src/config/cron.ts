import { Cron } from 'croner';
import { instantOf, wallTime } from './local-time.ts';

/**
 * Cron in a zone, as a set of wall-clock times: each is mapped to one instant, a skipped one to the next valid instant and a
 * repeated one to its first. So no daylight-saving change loses a slot or runs it twice, whatever the expression looks like.
 */

/** Clocks have never been put back by more than this at once. */
const LONGEST_REPEAT_MS = 3 * 3_600_000;
const MINUTE_MS = 60_000;
/** 2024-01-01, a time to try out expressions from: within eight years of it lie two leap days. */
const TRIAL = new Date(Date.UTC(2024, 0, 1));

/** Wall-clock times are enumerated as if they were UTC. */
const enumerator = (fields: string): Cron => new Cron(fields, { timezone: 'UTC', mode: '5-part', paused: true });

/** What is wrong with five cron fields, or undefined. */
export function cronProblem(fields: string): string | undefined {
  // `?` would mean the time at which the expression is read, so the schedule would change at each start.
  if (!/^[\dA-Za-z*,/#\s-]+$/.test(fields)) return 'only digits, names, * , - / # and L are allowed in the fields';
  try {
    return enumerator(fields).nextRun(TRIAL) === null ? 'no such date ever comes' : undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
  }
}

/** The latest instant of the schedule at or before `at`. */
export function cronAtOrBefore(fields: string, zone: string, at: Date): Date {
  const cron = enumerator(fields);
  let wall = wallTime(at.getTime(), zone) + LONGEST_REPEAT_MS;
  for (;;) {
    // `previousRuns` is exclusive, and so is the wall-clock time itself from the second pass on.
    const previous = cron.previousRuns(1, new Date(wall))[0];
    if (previous === undefined) throw new Error(`cron ${fields} has no run before ${at.toISOString()}`);
    const instant = instantOf(previous.getTime(), zone);
    if (instant <= at.getTime()) return new Date(instant);
    wall = previous.getTime();
  }
}

/** The first instant of the schedule after `at`. */
export function cronAfter(fields: string, zone: string, at: Date): Date {
  const cron = enumerator(fields);
  let wall = wallTime(at.getTime(), zone) - MINUTE_MS;
  for (;;) {
    const next = cron.nextRun(new Date(wall));
    if (next === null) throw new Error(`cron ${fields} has no run after ${at.toISOString()}`);
    const instant = instantOf(next.getTime(), zone);
    if (instant > at.getTime()) return new Date(instant);
    wall = next.getTime();
  }
}
