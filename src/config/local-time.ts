/**
 * Wall-clock time of an IANA zone and back. A wall-clock time is written as the milliseconds that it would have in UTC, so that
 * ordinary date arithmetic applies to it.
 */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, found);
  }
  return found;
}

/** True for a zone of the tz database, such as `Europe/Berlin` or `UTC`; plain offsets are not zones. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(zone)) return false;
  try {
    formatter(zone);
    return true;
  } catch {
    return false;
  }
}

/** What clocks on the wall show at an instant, to the second. */
export function wallTime(instant: number, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(instant)) part[type] = Number(value);
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
}

const DAY = 86_400_000;
const SECOND = 1000;

/**
 * The instant at which clocks on the wall show a time: the first one where the time occurs twice, and the next valid instant
 * (the end of the gap) where it does not occur.
 */
export function instantOf(wall: number, zone: string): number {
  const offsetNear = (instant: number) => wallTime(instant, zone) - Math.floor(instant / SECOND) * SECOND;
  const earlier = wall - offsetNear(wall - DAY);
  const later = wall - offsetNear(wall + DAY);
  const matches = [earlier, later].filter((instant) => wallTime(instant, zone) === wall);
  if (matches.length > 0) return Math.min(...matches);
  // In a gap clocks show less than `wall` before it and more after it: find the first second that shows more.
  let before = Math.min(earlier, later);
  let after = Math.max(earlier, later);
  while (after - before > SECOND) {
    const middle = before + Math.floor((after - before) / 2 / SECOND) * SECOND;
    if (wallTime(middle, zone) > wall) after = middle;
    else before = middle;
  }
  return after;
}
