import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CadenceDefaults, currentSlot, formatCadence, nextSlot, parseCadence, slotById } from '../src/config/cadence.ts';
import { AquariusError } from '../src/errors.ts';

const defaults: CadenceDefaults = { hourUtc: 6, weekday: 'MONDAY', monthDay: 1 };

function refusal(work: () => unknown): AquariusError {
  try {
    work();
  } catch (error) {
    if (error instanceof AquariusError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const current = (text: string, at: string, options: CadenceDefaults = defaults) => {
  const slot = currentSlot(parseCadence(text), new Date(at), options);
  return `${slot.id} ${slot.dueAt.toISOString()}`;
};
const next = (text: string, after: string, options: CadenceDefaults = defaults) =>
  nextSlot(parseCadence(text), new Date(after), options).id;

/** Ids of all slots that are due after `from` and not after `to`. */
function slots(text: string, from: string, to: string): string[] {
  const found: string[] = [];
  const cadence = parseCadence(text);
  for (let slot = nextSlot(cadence, new Date(from), defaults); slot.dueAt <= new Date(to); ) {
    found.push(slot.id);
    slot = nextSlot(cadence, slot.dueAt, defaults);
  }
  return found;
}

describe('parseCadence', () => {
  test('reads the named cadences and cron in any letter case and writes them canonically', () => {
    const canonical = (text: string) => formatCadence(parseCadence(text));
    expect(canonical(' weekly ')).toBe('WEEKLY');
    expect(canonical('DAILY')).toBe('DAILY');
    expect(canonical('Monthly')).toBe('MONTHLY');
    expect(canonical('cron  0 6  * * mon  tz=America/New_York')).toBe('CRON 0 6 * * MON TZ=America/New_York');
  });

  test('a misspelt cadence is refused with the one that was meant', () => {
    const error = refusal(() => parseCadence('WEEKLEY'));
    expect([error.kind, error.code, error.hint]).toEqual(['config', 'cadence_invalid', 'Did you mean WEEKLY?']);
  });

  test('cron without a zone, with an unknown zone, or with a plain offset is refused', () => {
    expect(refusal(() => parseCadence('CRON 0 6 * * 1')).hint).toContain('TZ=');
    expect(refusal(() => parseCadence('CRON 0 6 * * 1 TZ=America/New_Yrok')).hint).toBe('Did you mean America/New_York?');
    expect(refusal(() => parseCadence('CRON 0 6 * * 1 TZ=+05:00')).code).toBe('cadence_invalid');
    expect(refusal(() => parseCadence('CRON 0 6 * * 1 TZ=')).code).toBe('cadence_invalid');
  });

  test.each([
    '',
    'HOURLY',
    '0 6 * * 1',
    'DAILY WEEKLY',
    'CRON 0 6 * * TZ=UTC',
    'CRON 0 0 6 * * 1 TZ=UTC',
    'CRON 61 6 * * 1 TZ=UTC',
    'CRON 0 6 30 2 * TZ=UTC',
    'CRON 0 ? * * 1 TZ=UTC',
    'CRON @daily TZ=UTC',
  ])('%j is refused with a hint', (text) => {
    const error = refusal(() => parseCadence(text));
    expect(error.code).toBe('cadence_invalid');
    expect(error.hint).toBeTruthy();
  });

  test('no text crashes it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^CRON [\d*,/ -]{1,20} TZ=UTC$/)), (text) => {
        try {
          const cadence = parseCadence(text);
          expect(parseCadence(formatCadence(cadence))).toEqual(cadence);
        } catch (error) {
          if (!(error instanceof AquariusError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('currentSlot', () => {
  test('is the period whose due time has come, not the one that has merely begun', () => {
    expect(current('DAILY', '2026-02-16T05:59:59.999Z')).toBe('2026-02-15 2026-02-15T06:00:00.000Z');
    expect(current('DAILY', '2026-02-16T06:00:00Z')).toBe('2026-02-16 2026-02-16T06:00:00.000Z');
    expect(current('WEEKLY', '2026-02-16T05:59:59Z')).toBe('2026-W07 2026-02-09T06:00:00.000Z');
    expect(current('WEEKLY', '2026-02-16T06:00:00Z')).toBe('2026-W08 2026-02-16T06:00:00.000Z');
    expect(current('WEEKLY', '2026-02-22T23:59:59Z')).toBe('2026-W08 2026-02-16T06:00:00.000Z');
    expect(current('MONTHLY', '2026-02-01T05:00:00Z')).toBe('2026-01 2026-01-01T06:00:00.000Z');
    expect(current('MONTHLY', '2026-02-28T00:00:00Z')).toBe('2026-02 2026-02-01T06:00:00.000Z');
  });

  test('follows the configured hour, weekday and day of the month', () => {
    const late: CadenceDefaults = { hourUtc: 22, weekday: 'SUNDAY', monthDay: 31 };
    expect(current('WEEKLY', '2026-02-22T21:59:00Z', late)).toBe('2026-W07 2026-02-15T22:00:00.000Z');
    expect(current('WEEKLY', '2026-02-22T22:00:00Z', late)).toBe('2026-W08 2026-02-22T22:00:00.000Z');
    expect(current('MONTHLY', '2026-03-01T00:00:00Z', late)).toBe('2026-02 2026-02-28T22:00:00.000Z');
    expect(current('MONTHLY', '2028-02-29T22:00:00Z', late)).toBe('2028-02 2028-02-29T22:00:00.000Z');
    expect(next('MONTHLY', '2026-01-31T22:00:00Z', late)).toBe('2026-02');
    expect(next('MONTHLY', '2026-12-31T22:00:00Z', late)).toBe('2027-01');
  });

  test('weeks belong to the ISO year of their Thursday', () => {
    expect(current('WEEKLY', '2026-12-28T06:00:00Z')).toBe('2026-W53 2026-12-28T06:00:00.000Z');
    expect(current('WEEKLY', '2027-01-03T23:00:00Z')).toBe('2026-W53 2026-12-28T06:00:00.000Z');
    expect(current('WEEKLY', '2027-01-04T06:00:00Z')).toBe('2027-W01 2027-01-04T06:00:00.000Z');
    expect(current('WEEKLY', '2025-12-29T06:00:00Z')).toBe('2026-W01 2025-12-29T06:00:00.000Z');
    expect(current('WEEKLY', '2021-01-03T06:00:00Z')).toBe('2020-W53 2020-12-28T06:00:00.000Z');
  });

  test('a leap day is a day and a cron date', () => {
    expect(current('DAILY', '2028-02-29T12:00:00Z')).toBe('2028-02-29 2028-02-29T06:00:00.000Z');
    expect(next('DAILY', '2028-02-29T12:00:00Z')).toBe('2028-03-01');
    expect(current('CRON 0 0 29 2 * TZ=UTC', '2027-01-01T00:00:00Z')).toBe('2024-02-29T00:00:00Z 2024-02-29T00:00:00.000Z');
    expect(next('CRON 0 0 29 2 * TZ=UTC', '2024-02-29T00:00:00Z')).toBe('2028-02-29T00:00:00Z');
  });

  test('cron is due in its zone, the instant itself included', () => {
    const weekly = 'CRON 0 6 * * 1 TZ=America/New_York';
    expect(current(weekly, '2026-02-16T10:59:59Z')).toBe('2026-02-09T11:00:00Z 2026-02-09T11:00:00.000Z');
    expect(current(weekly, '2026-02-16T11:00:00Z')).toBe('2026-02-16T11:00:00Z 2026-02-16T11:00:00.000Z');
    expect(current(weekly, '2026-07-20T10:00:00Z')).toBe('2026-07-20T10:00:00Z 2026-07-20T10:00:00.000Z');
    expect(next(weekly, '2026-02-16T11:00:00Z')).toBe('2026-02-23T11:00:00Z');
  });

  test('the slots of every cadence follow one another without gap or overlap', () => {
    const cadences = [
      'DAILY',
      'WEEKLY',
      'MONTHLY',
      'CRON 30 2 * * * TZ=America/New_York',
      'CRON */20 1-3 * * 0 TZ=Europe/Berlin',
    ];
    const instant = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2035-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    const options = fc.record({
      hourUtc: fc.integer({ min: 0, max: 23 }),
      weekday: fc.constantFrom('MONDAY', 'THURSDAY', 'SUNDAY'),
      monthDay: fc.integer({ min: 1, max: 31 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...cadences), instant, options, (text, at, when) => {
        const cadence = parseCadence(text);
        const now = currentSlot(cadence, at, when);
        const after = nextSlot(cadence, at, when);
        expect(now.dueAt.getTime()).toBeLessThanOrEqual(at.getTime());
        expect(after.dueAt.getTime()).toBeGreaterThan(at.getTime());
        expect(nextSlot(cadence, now.dueAt, when)).toEqual(after);
        expect(currentSlot(cadence, new Date(after.dueAt.getTime() - 1), when)).toEqual(now);
        expect(slotById(cadence, now.id, when)).toEqual(now);
      }),
      { numRuns: 300 },
    );
  });
});

describe('daylight-saving changes', () => {
  test('a skipped local time runs at the next valid instant, in New York and in Berlin', () => {
    expect(slots('CRON 30 2 * * * TZ=America/New_York', '2026-03-07T12:00:00Z', '2026-03-09T12:00:00Z')).toEqual([
      '2026-03-08T07:00:00Z',
      '2026-03-09T06:30:00Z',
    ]);
    expect(slots('CRON 30 2 * * * TZ=Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-29T01:00:00Z',
      '2026-03-30T00:30:00Z',
    ]);
  });

  test('a repeated local time runs once, at its first occurrence, in New York and in Berlin', () => {
    expect(slots('CRON 30 1 * * * TZ=America/New_York', '2026-10-31T12:00:00Z', '2026-11-02T12:00:00Z')).toEqual([
      '2026-11-01T05:30:00Z',
      '2026-11-02T06:30:00Z',
    ]);
    expect(slots('CRON 30 2 * * * TZ=Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z')).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-26T01:30:00Z',
    ]);
  });

  test('during the second occurrence the slot is still the one of the first', () => {
    expect(current('CRON 30 1 * * * TZ=America/New_York', '2026-11-01T06:10:00Z')).toContain('2026-11-01T05:30:00Z');
    expect(current('CRON 30 1 * * * TZ=America/New_York', '2026-11-01T06:45:00Z')).toContain('2026-11-01T05:30:00Z');
    expect(next('CRON 30 1 * * * TZ=America/New_York', '2026-11-01T06:10:00Z')).toBe('2026-11-02T06:30:00Z');
  });

  test('lists and steps obey the same rule: several skipped times are one slot, repeated ones are not run again', () => {
    expect(slots('CRON */15 2 * * * TZ=America/New_York', '2026-03-08T06:00:00Z', '2026-03-08T12:00:00Z')).toEqual([
      '2026-03-08T07:00:00Z',
    ]);
    expect(slots('CRON 0,30 1 * * * TZ=America/New_York', '2026-11-01T04:00:00Z', '2026-11-01T12:00:00Z')).toEqual([
      '2026-11-01T05:00:00Z',
      '2026-11-01T05:30:00Z',
    ]);
  });

  test('a change at midnight moves the day, not the slot', () => {
    expect(slots('CRON 30 0 * * * TZ=America/Santiago', '2026-09-05T12:00:00Z', '2026-09-07T12:00:00Z')).toEqual([
      '2026-09-06T04:00:00Z',
      '2026-09-07T03:30:00Z',
    ]);
  });

  test('a weekly cron in a zone with summer time has 52 or 53 slots in every year', () => {
    for (const zone of ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe']) {
      for (const year of [2025, 2026, 2027, 2028]) {
        const count = slots(`CRON 0 2 * * 0 TZ=${zone}`, `${year - 1}-12-31T23:59:59Z`, `${year}-12-31T23:59:59Z`).length;
        expect([52, 53]).toContain(count);
      }
    }
  });
});

describe('slotById', () => {
  test('finds the slot that an id names', () => {
    expect(slotById({ kind: 'WEEKLY' }, '2026-W53', defaults).dueAt.toISOString()).toBe('2026-12-28T06:00:00.000Z');
    expect(slotById({ kind: 'WEEKLY' }, '2026-W08', defaults).dueAt.toISOString()).toBe('2026-02-16T06:00:00.000Z');
    expect(slotById({ kind: 'DAILY' }, '2028-02-29', defaults).dueAt.toISOString()).toBe('2028-02-29T06:00:00.000Z');
    expect(slotById({ kind: 'MONTHLY' }, '2026-02', { ...defaults, monthDay: 30 }).dueAt.toISOString()).toBe(
      '2026-02-28T06:00:00.000Z',
    );
    const cron = parseCadence('CRON 0 6 * * 1 TZ=UTC');
    expect(slotById(cron, '2026-02-16T06:00:00Z', defaults).dueAt.toISOString()).toBe('2026-02-16T06:00:00.000Z');
  });

  test.each([
    ['WEEKLY', '2027-W53'],
    ['WEEKLY', '2026-W00'],
    ['WEEKLY', '2026-02-16'],
    ['DAILY', '2026-02-29'],
    ['DAILY', '2026-13-01'],
    ['DAILY', '2026-2-1'],
    ['MONTHLY', '2026-13'],
    ['MONTHLY', '2026-02-01'],
    ['CRON 0 6 * * 1 TZ=UTC', '2026-02-17T06:00:00Z'],
    ['CRON 0 6 * * 1 TZ=UTC', '2026-W08'],
    ['CRON 0 6 * * 1 TZ=UTC', '2026-02-30T06:00:00Z'],
  ])('%s has no slot %s', (cadence, id) => {
    const error = refusal(() => slotById(parseCadence(cadence), id, defaults));
    expect([error.kind, error.code]).toEqual(['config', 'slot_invalid']);
    expect(error.hint).toBeTruthy();
  });
});
