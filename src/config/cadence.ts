import { configError } from '../errors.ts';
import { closest, didYouMean } from '../lib/did-you-mean.ts';
import { cronAfter, cronAtOrBefore, cronProblem } from './cron.ts';
import { isZone } from './local-time.ts';

/** How often a delivery runs: pure arithmetic from a cadence and an instant to slots. */

export type Cadence =
  | { readonly kind: 'DAILY' | 'WEEKLY' | 'MONTHLY' }
  | { readonly kind: 'CRON'; readonly fields: string; readonly zone: string };

export const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/** When in their period the named cadences are due. A `monthDay` after a month's end is that month's last day. */
export interface CadenceDefaults {
  readonly hourUtc: number;
  readonly weekday: (typeof WEEKDAYS)[number];
  readonly monthDay: number;
}

/** One scheduled period; a delivery runs once for it. */
export interface Slot {
  /** `2026-02-16`, `2026-W08`, `2026-02`, or for cron the planned instant `2026-02-16T06:00:00Z`. */
  readonly id: string;
  readonly dueAt: Date;
}

const NAMED = ['DAILY', 'WEEKLY', 'MONTHLY'] as const;
const SYNTAX = 'Write DAILY, WEEKLY, MONTHLY, or CRON with five fields and a zone: CRON 0 6 * * 1 TZ=America/New_York.';

function refuse(message: string, hint: string = SYNTAX): never {
  throw configError('cadence_invalid', message, { hint });
}

/** Reads a cadence in any letter case. What cannot be read is a `config` error `cadence_invalid`. */
export function parseCadence(text: string): Cadence {
  const words = text.trim().split(/\s+/);
  const first = (words[0] ?? '').toUpperCase();
  const named = NAMED.find((name) => name === first);
  if (named !== undefined && words.length === 1) return { kind: named };
  if (first !== 'CRON') {
    const near = closest(first, NAMED);
    if (words.length === 1 && near !== undefined) refuse(`${words[0]} is not a cadence.`, `Did you mean ${near}?`);
    refuse('The cadence cannot be read.');
  }
  const last = words.at(-1) ?? '';
  if (!/^TZ=/i.test(last))
    refuse('The cron cadence has no time zone.', 'End it with TZ= and a zone: TZ=America/New_York, or TZ=UTC.');
  const zone = last.slice(3);
  if (!isZone(zone)) refuse('The time zone of the cadence is unknown.', zoneHint(zone));
  const fields = words.slice(1, -1);
  if (fields.length !== 5) refuse(`A cron cadence has five fields; this one has ${fields.length}.`);
  const problem = cronProblem(fields.join(' '));
  if (problem !== undefined) refuse(`The cron fields cannot be used: ${problem}.`);
  return { kind: 'CRON', fields: fields.join(' ').toUpperCase(), zone };
}

function zoneHint(zone: string): string {
  return didYouMean(zone, Intl.supportedValuesOf('timeZone')) ?? 'Use a name of the tz database, such as America/New_York.';
}

/** The canonical text, which `parseCadence` reads back. */
export function formatCadence(cadence: Cadence): string {
  return cadence.kind === 'CRON' ? `CRON ${cadence.fields} TZ=${cadence.zone}` : cadence.kind;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
const midnight = (at: number): number => Math.floor(at / DAY) * DAY;

function daySlot(day: number, defaults: CadenceDefaults): Slot {
  return { id: new Date(day).toISOString().slice(0, 10), dueAt: new Date(day + defaults.hourUtc * HOUR) };
}

/** 1970-01-05 was a Monday. */
const mondayOf = (at: number): number => midnight(at) - ((((Math.floor(at / DAY) - 4) % 7) + 7) % 7) * DAY;

function weekSlot(monday: number, defaults: CadenceDefaults): Slot {
  // The ISO year and number of a week are those of its Thursday.
  const thursday = new Date(monday + 3 * DAY);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1;
  const dueAt = new Date(monday + WEEKDAYS.indexOf(defaults.weekday) * DAY + defaults.hourUtc * HOUR);
  return { id: `${pad(year, 4)}-W${pad(week)}`, dueAt };
}

function monthSlot(year: number, month: number, defaults: CadenceDefaults): Slot {
  const first = new Date(Date.UTC(year, month, 1));
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(defaults.monthDay, lastDay);
  return { id: first.toISOString().slice(0, 7), dueAt: new Date(first.getTime() + (day - 1) * DAY + defaults.hourUtc * HOUR) };
}

function cronSlot(dueAt: Date): Slot {
  return { id: `${dueAt.toISOString().slice(0, 19)}Z`, dueAt };
}

/** The slot of the period that `at` is in, `shift` periods later. Not for cron. */
function periodSlot(kind: (typeof NAMED)[number], at: Date, shift: number, defaults: CadenceDefaults): Slot {
  switch (kind) {
    case 'DAILY':
      return daySlot(midnight(at.getTime()) + shift * DAY, defaults);
    case 'WEEKLY':
      return weekSlot(mondayOf(at.getTime()) + shift * 7 * DAY, defaults);
    case 'MONTHLY':
      return monthSlot(at.getUTCFullYear(), at.getUTCMonth() + shift, defaults);
  }
}

/** The slot with the latest due instant at or before `at`. */
export function currentSlot(cadence: Cadence, at: Date, defaults: CadenceDefaults): Slot {
  if (cadence.kind === 'CRON') return cronSlot(cronAtOrBefore(cadence.fields, cadence.zone, at));
  const slot = periodSlot(cadence.kind, at, 0, defaults);
  return slot.dueAt.getTime() <= at.getTime() ? slot : periodSlot(cadence.kind, at, -1, defaults);
}

/** The first slot that is due after `after`. */
export function nextSlot(cadence: Cadence, after: Date, defaults: CadenceDefaults): Slot {
  if (cadence.kind === 'CRON') return cronSlot(cronAfter(cadence.fields, cadence.zone, after));
  const slot = periodSlot(cadence.kind, after, 0, defaults);
  return slot.dueAt.getTime() > after.getTime() ? slot : periodSlot(cadence.kind, after, 1, defaults);
}

const EXAMPLES = { DAILY: '2026-02-16', WEEKLY: '2026-W08', MONTHLY: '2026-02', CRON: '2026-02-16T06:00:00Z' } as const;

/** The slot that a text such as `2026-W08` names. One that the cadence does not have is a `config` error `slot_invalid`. */
export function slotById(cadence: Cadence, id: string, defaults: CadenceDefaults): Slot {
  const within = instantWithin(cadence, id);
  // Reading is lenient; that the slot found spells the same id proves that the id exists.
  const slot =
    within === undefined || Number.isNaN(within.getTime())
      ? undefined
      : cadence.kind === 'CRON'
        ? currentSlot(cadence, within, defaults)
        : periodSlot(cadence.kind, within, 0, defaults);
  if (slot?.id === id) return slot;
  throw configError('slot_invalid', `There is no such slot in the cadence ${formatCadence(cadence)}.`, {
    hint:
      cadence.kind === 'CRON'
        ? `Name a planned instant in UTC, such as ${EXAMPLES.CRON}.`
        : `A ${cadence.kind} slot looks like ${EXAMPLES[cadence.kind]}.`,
  });
}

/** An instant inside the period that the id seems to name. */
function instantWithin(cadence: Cadence, id: string): Date | undefined {
  switch (cadence.kind) {
    case 'DAILY':
      return /^\d{4}-\d\d-\d\d$/.test(id) ? new Date(`${id}T00:00:00Z`) : undefined;
    case 'MONTHLY':
      return /^\d{4}-\d\d$/.test(id) ? new Date(`${id}-01T00:00:00Z`) : undefined;
    case 'CRON':
      return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(id) ? new Date(id) : undefined;
    case 'WEEKLY': {
      const [, year, week] = /^(\d{4})-W(\d\d)$/.exec(id) ?? [];
      // January 4th is always in week 1.
      return year === undefined ? undefined : new Date(mondayOf(Date.UTC(Number(year), 0, 4)) + (Number(week) - 1) * 7 * DAY);
    }
  }
}
