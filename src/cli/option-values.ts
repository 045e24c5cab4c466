import { InvalidArgumentError } from 'commander';

/** How values of options are read. A value that cannot be read is a mistake in the use of the command: exit code 64. */

/** One of a few words. */
export function oneOf<const W extends string>(words: readonly W[]): (text: string) => W {
  return (text) => {
    const word = words.find((known) => known === text);
    if (word === undefined) throw new InvalidArgumentError(`It is one of ${words.join(', ')}.`);
    return word;
  };
}

/** A whole number from 1 to `most`; digits may be grouped, as in 1_000_000 or 1,000,000. */
export function countUpTo(most: number): (text: string) => number {
  return (text) => {
    const count = /^[0-9][0-9_,]*$/.test(text) ? Number(text.replaceAll(/[_,]/g, '')) : Number.NaN;
    if (!(count >= 1 && count <= most)) {
      throw new InvalidArgumentError(`It is a whole number from 1 to ${most.toLocaleString('en-US')}.`);
    }
    return count;
  };
}

/** An instant: a date (its midnight) or a full ISO 8601 time, UTC unless it says otherwise. */
export function instant(text: string): Date {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i.test(text);
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text);
  const time = new Date(isDate ? `${text}T00:00:00Z` : isTime && !hasZone ? `${text}Z` : text);
  if (!(isDate || isTime) || !isDay(text.slice(0, 10)) || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError('It is a time such as 2026-02-16 or 2026-02-16T06:00:00Z.');
  }
  return time;
}

/** Whether the calendar has the day: JavaScript takes the 30th of February for the 2nd of March. */
function isDay(text: string): boolean {
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** A word that is not empty. */
export function word(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
}

/** `all`, `none`, or ids with commas between them. */
export function agencyList(text: string): 'all' | readonly string[] {
  if (text === 'all') return 'all';
  if (text === 'none') return [];
  const ids = text.split(',').map((id) => id.trim());
  if (ids.some((id) => id === '')) throw new InvalidArgumentError('It is all, none, or ids such as 1480,1481.');
  return ids;
}

/** Days, both included. */
export interface DayRange {
  readonly from: Date;
  readonly to: Date;
}

/** `2026-01-05..2026-02-16`. */
export function dayRange(text: string): DayRange {
  const [, first, last] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(text) ?? [];
  const from = new Date(`${first}T00:00:00Z`);
  const to = new Date(`${last}T23:59:59.999Z`);
  if (!isDay(first ?? '') || !isDay(last ?? '') || from > to)
    throw new InvalidArgumentError('It is two days, the earlier first, such as 2026-01-05..2026-02-16.');
  return { from, to };
}

/** A TCP port; 0 stands for a free one. */
export function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('It is a number from 0 to 65535.');
  return port;
}

/** `type=destination`, added to those before it. */
export function destinationOfType(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, type, name] = /^\s*([^=]+?)\s*=\s*(\S.*?)\s*$/.exec(text) ?? [];
  if (type === undefined || name === undefined)
    throw new InvalidArgumentError('It is a type of delivery and a destination, such as 52=liveramp-us.');
  return { ...before, [type]: name };
}
