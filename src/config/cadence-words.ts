import { type Cadence, type CadenceDefaults, nextSlot } from './cadence.ts';

/** A cadence in words, and its next times. */

const pad = (value: number): string => String(value).padStart(2, '0');
const ORDINALS: Readonly<Record<number, string>> = {
  1: '1st',
  2: '2nd',
  3: '3rd',
  21: '21st',
  22: '22nd',
  23: '23rd',
  31: '31st',
};
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const DAY_NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

/** `Every Monday at 06:00 UTC`. Cron fields that are no simple time are given as they are. */
export function cadenceWords(cadence: Cadence, { hourUtc, weekday, monthDay }: CadenceDefaults): string {
  const at = `at ${pad(hourUtc)}:00 UTC`;
  switch (cadence.kind) {
    case 'DAILY':
      return `Every day ${at}`;
    case 'WEEKLY':
      return `Every ${weekday.slice(0, 1)}${weekday.slice(1).toLowerCase()} ${at}`;
    case 'MONTHLY':
      return `On the ${ordinal(monthDay)} of every month ${at}${monthDay > 28 ? ', or on its last day where it is shorter' : ''}`;
    case 'CRON':
      return cronWords(cadence.fields, cadence.zone);
  }
}

const ordinal = (day: number): string => ORDINALS[day] ?? `${day}th`;

function cronWords(fields: string, zone: string): string {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields.split(' ');
  const days = weekdaysOf(weekday);
  if (!/^\d+$/.test(minute) || !/^\d+(?:,\d+)*$/.test(hour) || month !== '*' || days === undefined)
    return `By the cron fields ${fields}, ${zone} time`;
  const times = hour.split(',').map((one) => `${pad(Number(one))}:${pad(Number(minute))}`);
  const at = `at ${inWords(times)}, ${zone} time`;
  if (day === '*') return days.length === 0 ? `Every day ${at}` : `Every ${inWords(days)} ${at}`;
  if (!/^\d+$/.test(day) || days.length > 0) return `By the cron fields ${fields}, ${zone} time`;
  return `On the ${ordinal(Number(day))} of every month ${at}`;
}

/** Names of the days; none for every day, undefined for what is no list or range of days. */
function weekdaysOf(field: string): readonly string[] | undefined {
  if (field === '*') return [];
  const found: string[] = [];
  for (const part of field.split(',')) {
    const [first, last = first, ...more] = part.split('-').map(dayNumber);
    if (first === undefined || last === undefined || more.length > 0 || last < first) return undefined;
    for (let day = first; day <= last; day += 1) found.push(DAYS[day] ?? '');
  }
  return [...new Set(found)];
}

function dayNumber(text: string): number | undefined {
  const named = (DAY_NAMES as readonly string[]).indexOf(text.toUpperCase());
  if (named >= 0) return named;
  return /^[0-7]$/.test(text) ? Number(text) : undefined;
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The next so many slots after an instant. */
export function nextSlots(cadence: Cadence, after: Date, count: number, defaults: CadenceDefaults) {
  const slots = [];
  let at = after;
  for (let found = 0; found < count; found += 1) {
    const slot = nextSlot(cadence, at, defaults);
    slots.push(slot);
    at = slot.dueAt;
  }
  return slots;
}
