import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { engineActor } from '../src/ledger/actor.ts';
import type { Run } from '../src/ledger/run.ts';
import { planDue } from '../src/schedule/plan-due.ts';
import { openByHand } from './support/hand-app.ts';
import { type HandClock, handClock } from './support/hand-clock.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { configRow, seed } from './support/seed.ts';

/** When runs are made: by a clock that stands, jumps and goes back, and however often somebody looks. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SETTINGS = `
destinations:
  archive: { type: folder, path: archive }
policy: { minAudience: 1 }
`;
const TO_ARCHIVE = [{ destination: 'archive' }];
// A Monday; weekly deliveries are due at 06:00.
const START = '2026-02-16T06:00:00.000Z';

let project: Project;
let clock: HandClock;
let app: App;

beforeEach(() => {
  project = makeProject(SETTINGS);
  clock = handClock(START);
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  project[Symbol.dispose]();
});

async function start(configs: readonly Record<string, unknown>[], more: Record<string, Record<string, unknown>[]> = {}) {
  await seed(project, new Date(START), { REF_ADVERTISER_CONFIG: [...configs], ...more });
  app = await openByHand(project, clock);
}

/** A look at what is due, as the scheduler does. */
async function look(): Promise<readonly string[]> {
  const { created } = await planDue(await app.engine(), clock.now());
  return created.map(({ slot }) => slot);
}

const allRuns = (): Promise<readonly Run[]> => app.ledger.runs({ limit: 100_000 });

describe('what is due', () => {
  test('a new delivery starts with the slot that it is in, and nobody calls that late', async () => {
    clock.move(3 * DAY);
    await start([configRow('4711', TO_ARCHIVE)]);
    expect(await look()).toEqual(['2026-W08']);
    expect(await look()).toEqual([]);
    expect(await allRuns()).toMatchObject([{ slot: '2026-W08', late: false, dueAt: START, state: 'planned' }]);
  });

  test('a slot comes due at its instant, and not before', async () => {
    await start([configRow('4711', TO_ARCHIVE)]);
    await look();
    clock.move(7 * DAY - 1);
    expect(await look()).toEqual([]);
    clock.move(1);
    expect(await look()).toEqual(['2026-W09']);
    expect((await allRuns())[0]).toMatchObject({ slot: '2026-W09', late: false });
  });

  test('after weeks of standing still there is one run, of the current slot, and it says that it is late', async () => {
    await start([configRow('4711', TO_ARCHIVE), configRow('4712', TO_ARCHIVE, { DELIVERY_CADENCE: 'DAILY' })]);
    await look();
    clock.move(23 * DAY + 5 * HOUR);
    expect([...(await look())].sort()).toEqual(['2026-03-11', '2026-W11']);
    expect(await look()).toEqual([]);
    const [newest, other] = await allRuns();
    expect([newest, other]).toMatchObject([{ late: true }, { late: true }]);
    // Whoever is late has the whole time to be tried in.
    expect(newest?.deadlineAt).toBe(new Date(clock.now().getTime() + DAY).toISOString());
  });

  test('a little behind is not late', async () => {
    await start([configRow('4711', TO_ARCHIVE)]);
    await look();
    clock.move(7 * DAY + 59 * 60_000);
    await look();
    expect((await allRuns())[0]).toMatchObject({ slot: '2026-W09', late: false });
  });

  test('a clock that goes back makes nothing again, and one that jumps ahead makes no burst', async () => {
    await start([configRow('4711', TO_ARCHIVE)]);
    await look();
    clock.move(-40 * DAY);
    // The slot of six weeks ago has no run, and would come after a newer one.
    expect(await look()).toEqual([]);
    clock.move(40 * DAY);
    expect(await look()).toEqual([]);
    clock.move(400 * DAY);
    expect(await look()).toHaveLength(1);
    clock.move(-400 * DAY);
    expect(await look()).toEqual([]);
    expect(await allRuns()).toHaveLength(2);
  });

  test('many who look at once make one run', async () => {
    await start(Array.from({ length: 20 }, (_, n) => configRow(String(4711 + n), TO_ARCHIVE)));
    const looks = await Promise.all(Array.from({ length: 8 }, look));
    expect(looks.flat()).toHaveLength(20);
    expect(await allRuns()).toHaveLength(20);
  });

  test('what is switched off, broken or paused gets no run; what is resumed goes on with its current slot', async () => {
    await start([
      configRow('1', TO_ARCHIVE, { DELIVERY_ENABLED: false }),
      configRow('2', TO_ARCHIVE, { CONFIG_STATUS: 'INACTIVE' }),
      configRow('3', [{ destination: 'nowhere' }]),
      configRow('4', TO_ARCHIVE, { DELIVERY_CADENCE: 'SOMETIMES' }),
      configRow('5', TO_ARCHIVE),
    ]);
    const key = { agencyId: '1480', advertiserId: '5', destination: 'archive', segmentId: '1480_5' };
    await app.ledger.pauseDelivery(key, engineActor('a test'));
    expect(await look()).toEqual([]);
    clock.move(30 * DAY);
    await app.ledger.resumeDelivery(key, engineActor('a test'));
    expect(await look()).toEqual(['2026-W12']);
  });

  test('a month that is too short has its slot on its last day, in leap years too', async () => {
    project.write('aquarius.yaml', `${SETTINGS}\ndefaults: { cadence: { monthDay: 31, hourUtc: 4 } }\n`);
    await start([configRow('4711', TO_ARCHIVE, { DELIVERY_CADENCE: 'MONTHLY' })]);
    for (const [at, due] of [
      ['2027-12-31T04:00:00.000Z', ['2027-12']],
      ['2028-02-29T03:59:59.999Z', ['2028-01']],
      ['2028-02-29T04:00:00.000Z', ['2028-02']],
      ['2028-03-31T03:00:00.000Z', []],
      ['2029-02-28T04:00:00.000Z', ['2029-02']],
    ] as const) {
      clock.move(Date.parse(at) - clock.now().getTime());
      expect(await look(), at).toEqual(due);
    }
  });

  test('a split audience has a run for each segment of its rows, found once for a slot', async () => {
    const at = '2026-02-15T10:00:00Z';
    await start([configRow('4711', [{ destination: 'archive', mode: 'split', minIds: 2 }])], {
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
      AD_IMPRESSION_LOG_V2: [
        ...[1, 2].map((n) => impression(device(n), { at, insertionOrder: 'IO1' })),
        ...[3, 4, 5].map((n) => impression(device(n), { at, insertionOrder: 'IO2' })),
        impression(device(6), { at, insertionOrder: 'IO3' }),
      ],
    });
    expect(await look()).toEqual(['2026-W08', '2026-W08']);
    expect(await look()).toEqual([]);
    const runs = await allRuns();
    expect(runs.map(({ delivery, state, reason }) => [delivery.segmentId, state, reason]).sort()).toEqual([
      ['1480_4711_IO1', 'planned', null],
      ['1480_4711_IO2', 'planned', null],
      ['1480_4711_IO3', 'skipped', 'below_minimum'],
    ]);
  });

  test('whoever looks at random times, over changes of daylight saving, misses no day and makes none twice', async () => {
    // Half past two does not exist on the last Sunday of March, and exists twice on that of October.
    const cadence = 'CRON 30 2 * * * TZ=Europe/Berlin';
    clock = handClock('2026-03-20T12:00:00.000Z');
    await start([configRow('4711', TO_ARCHIVE, { DELIVERY_CADENCE: cadence })]);
    await look();
    for (const from of ['2026-03-25T00:00:00Z', '2026-10-22T00:00:00Z']) {
      clock.move(Date.parse(from) - clock.now().getTime());
      await look();
      const before = (await allRuns()).length;
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 11 * 60 }), async (minutes) => {
          clock.move(minutes * 60_000);
          await look();
        }),
        { numRuns: 30, endOnFailure: true },
      );
      const runs = (await allRuns()).slice(0, -before);
      const days = Math.floor((clock.now().getTime() - Date.parse(from)) / DAY);
      // One each day: as many as nights have passed, give or take the one that is not over.
      expect(runs.length).toBeGreaterThanOrEqual(days);
      expect(runs.length).toBeLessThanOrEqual(days + 1);
      const instants = runs.map(({ dueAt }) => Date.parse(dueAt)).sort((a, b) => a - b);
      for (const [index, instant] of instants.entries()) {
        const gap = instant - (instants[index - 1] ?? instant - DAY);
        expect([23 * HOUR, 23.5 * HOUR, 24 * HOUR, 24.5 * HOUR, 25 * HOUR]).toContain(gap);
      }
    }
  });
});
