import { afterEach, describe, expect, test } from 'vitest';
import { parseCadence } from '../src/config/cadence.ts';
import type { DeliverHooks } from '../src/delivery/deliver.ts';
import { configError } from '../src/errors.ts';
import type { Run } from '../src/ledger/run.ts';
import { backfillSlots } from '../src/schedule/backfill-slots.ts';
import { deliverBackfill } from '../src/schedule/deliver-backfill.ts';
import { type TriggerRequest, trigger } from '../src/schedule/trigger.ts';
import { configRow } from './support/seed.ts';
import { drain, overriding } from './support/worker-drain.ts';
import {
  DAY,
  expectDelivered,
  onePlace,
  openPlace,
  type PlaceOptions,
  sighting,
  stagedFiles,
  TO_ARCHIVE,
  WHO,
  type WorkerPlace,
} from './support/worker-place.ts';

/** What somebody asks for besides the schedule: now, again, or for slots that have passed. */

let place: WorkerPlace | undefined;
afterEach(async () => {
  await place?.[Symbol.asyncDispose]();
  place = undefined;
});

function at(): WorkerPlace {
  if (place === undefined) throw new Error('The place is not open.');
  return place;
}

const work = async () => drain(await at().engine());
const ask = async (request: Partial<TriggerRequest> = {}) => trigger(await at().engine(), { force: false, ...request }, WHO);
const slots = (runs: readonly Run[]): readonly string[] => runs.map(({ slot }) => slot);

/** One device more in each of five weeks, the last of which is the current one. */
const WEEKS = ['2026-01-18', '2026-01-23', '2026-01-30', '2026-02-06', '2026-02-13'];
const FIVE_WEEKS: Partial<PlaceOptions> = {
  settings: 'guards: { maxSizeChange: null }',
  devices: {},
  rows: { AD_IMPRESSION_LOG_V2: WEEKS.map((day, n) => sighting('4711', n, `${day}T10:00:00Z`)) },
};
const RANGE = { from: new Date('2026-01-19T06:00:00Z'), to: new Date('2026-12-31T00:00:00Z') };
const DUE = ['2026-01-19', '2026-01-26', '2026-02-02', '2026-02-09', '2026-02-16'].map((day) => `${day}T06:00:00.000Z`);

/** The runs of five weeks: each has the look-back that it would have had then, and the current one that of now. */
async function expectFiveWeeks(): Promise<void> {
  const runs = [...(await at().runs())].reverse();
  expect(slots(runs)).toEqual(['2026-W04', '2026-W05', '2026-W06', '2026-W07', '2026-W08']);
  expect(runs.map(({ written }) => written)).toEqual([1, 2, 3, 4, 5]);
  expect(runs.map(({ dueAt }) => dueAt)).toEqual(DUE);
  expect(runs.map(({ asOf }) => asOf)).toEqual([...DUE.slice(0, 4), null]);
  const ends = [...DUE.slice(0, 4), at().clock.now().toISOString()];
  expect(runs.map(({ manifest }) => manifest?.window.to)).toEqual(ends);
  expect(runs.map(({ windowTo }) => windowTo)).toEqual(ends);
  expect(runs.map(({ manifest }) => manifest?.window.from)).toEqual(
    ends.map((end) => new Date(Date.parse(end) - 30 * DAY).toISOString()),
  );
  await expectDelivered(at(), runs);
}

describe('a trigger', () => {
  test('makes the run of the current slot, once, unless it is forced', async () => {
    place = await onePlace(2);
    expect(await ask()).toMatchObject({ runs: [{ slot: '2026-W08', created: true }], notPlanned: [] });
    expect(await ask()).toMatchObject({ runs: [{ slot: '2026-W08', created: false }] });
    await work();
    expect(await ask()).toMatchObject({ runs: [{ created: false }] });
    expect(await work()).toEqual([]);
    expect(await ask({ force: true })).toMatchObject({ runs: [{ slot: '2026-W08', created: true }] });
    await work();
    const runs = await place.runs();
    expect(runs.map(({ generation }) => generation).sort()).toEqual([0, 1]);
    expect(new Set(runs.flatMap((run) => Object.keys(stagedFiles(run)))).size).toBe(2);
    await expectDelivered(place, runs);
    expect(await place.plan()).toBe(0);
  });

  test('makes the run of a slot that is named, which counts as late', async () => {
    place = await onePlace(2);
    await place.plan();
    expect(await ask({ slot: '2026-W05' })).toMatchObject({ runs: [{ slot: '2026-W05', created: true }] });
    await work();
    const runs = await place.runs();
    expect(runs).toMatchObject([
      { slot: '2026-W08', late: false },
      { slot: '2026-W05', late: true, asOf: null },
    ]);
    await expectDelivered(place, runs);
  });

  test('for a slot that one of the cadences does not have makes nothing at all', async () => {
    place = await openPlace({
      configs: [configRow('1', TO_ARCHIVE), configRow('2', TO_ARCHIVE, { DELIVERY_CADENCE: 'DAILY' })],
      devices: { 1: 1, 2: 1 },
    });
    await expect(ask({ slot: '2026-W05' })).rejects.toMatchObject({ kind: 'config', code: 'slot_invalid' });
    await expect(ask({ slot: '2026-02-11' })).rejects.toMatchObject({ code: 'slot_invalid' });
    expect(await place.runs()).toEqual([]);
    expect(await ask({ slot: '2026-02-11', advertiserId: '2' })).toMatchObject({ runs: [{ created: true }] });
  });

  test('for a time makes the run of every slot that was due in it, each with its own look-back', async () => {
    place = await onePlace(0, FIVE_WEEKS);
    const { runs } = await ask({ backfill: RANGE });
    expect(runs.map(({ slot, created }) => [slot, created])).toEqual(
      ['2026-W04', '2026-W05', '2026-W06', '2026-W07', '2026-W08'].map((slot) => [slot, true]),
    );
    await work();
    await expectFiveWeeks();
    expect((await ask({ backfill: RANGE })).runs.every(({ created }) => !created)).toBe(true);
    expect(await work()).toEqual([]);
  });

  test('tells what it did not plan and why, segments of split audiences included', async () => {
    place = await openPlace({
      configs: [
        configRow('1', TO_ARCHIVE),
        configRow('2', TO_ARCHIVE, { DELIVERY_ENABLED: false }),
        configRow('3', [{ destination: 'nowhere' }]),
        configRow('4', TO_ARCHIVE, { DELIVERY_CADENCE: 'SOMETIMES' }),
        configRow('5', [{ destination: 'archive', mode: 'split' }]),
      ],
      devices: { 1: 1, 2: 1, 3: 1, 4: 1, 5: 2 },
      rows: { AD_IMPRESSION_LOG_V2: [sighting('5', 9, undefined, 'IO2')] },
    });
    const { ledger } = place.app();
    const key = { agencyId: '1480', destination: 'archive' };
    await ledger.pauseDelivery({ ...key, advertiserId: '1', segmentId: '1480_1' }, WHO);
    await ledger.pauseDelivery({ ...key, advertiserId: '5', segmentId: '1480_5_IO1' }, { ...WHO, reason: null });
    const { runs, notPlanned } = await ask();
    expect((await place.runs()).map(({ delivery }) => delivery.segmentId)).toEqual(['1480_5_IO2']);
    expect(runs).toHaveLength(1);
    expect((await ledger.auditLog()).filter(({ action }) => action === 'run.trigger')).toMatchObject([
      { actor: 'ana', via: 'cli', reason: 'a test', agencyId: '1480', subjectId: runs[0]?.runId, after: { slot: '2026-W08' } },
    ]);
    expect(notPlanned.map(({ segmentId, reason, detail }) => [segmentId, reason, detail !== '']).sort()).toEqual([
      ['1480_1', 'paused', true],
      ['1480_2', 'not_enabled', true],
      ['1480_3', 'unknown_destination', true],
      ['1480_4', 'invalid_config', true],
      ['1480_5_IO1', 'paused', true],
    ]);
  });

  test('puts a run that failed, was skipped or waits for its retry back into the queue', async () => {
    place = await openPlace({
      configs: ['1', '2', '3'].map((id) => configRow(id, TO_ARCHIVE)),
      devices: { 1: 1, 2: 1, 3: 1 },
    });
    await place.plan();
    const engine = await place.engine();
    const busy = { ...engine, stage: overriding(engine.stage, { stat: () => Promise.reject(configError('broken', 'Broken.')) }) };
    const [first] = await place.runs();
    await place.app().ledger.cancel(first?.id ?? '', WHO);
    await drain(busy);
    expect((await place.runs()).map(({ state }) => state).sort()).toEqual(['failed', 'failed', 'skipped']);
    place.clock.move(DAY);
    const { runs } = await ask();
    expect(runs.map(({ created }) => created)).toEqual([false, false, false]);
    expect((await place.app().ledger.auditLog()).filter(({ action }) => action === 'run.retry')).toHaveLength(3);
    await work();
    await expectDelivered(place, await place.runs());
  });

  test('for nobody, or for a destination that there is not, is refused', async () => {
    place = await onePlace(1);
    await expect(ask({ advertiserId: '4' })).rejects.toMatchObject({ code: 'advertiser_unknown' });
    await expect(ask({ destination: 'archives' })).rejects.toMatchObject({
      code: 'unknown_destination',
      hint: expect.stringContaining('archive'),
    });
    expect(await ask({ agencyId: '1480', advertiserId: '4711', destination: 'archive' })).toMatchObject({ runs: [{}] });
  });
});

describe('a backfill that somebody waits for', () => {
  test('delivers the oldest slot first, each with its own look-back, and nothing the second time', async () => {
    place = await onePlace(0, FIVE_WEEKS);
    const ended: string[] = [];
    const hooks: DeliverHooks = {
      onRun: () => ({ step: () => {}, share: () => {}, amount: () => {} }),
      onEnd: ({ run }) => void ended.push(run.slot),
    };
    const request = { at: place.clock.now(), force: false };
    const first = await deliverBackfill(await place.engine(), request, RANGE, hooks);
    expect(first.runs.map(({ failure }) => failure)).toEqual([null, null, null, null, null]);
    expect(ended).toEqual(['2026-W04', '2026-W05', '2026-W06', '2026-W07', '2026-W08']);
    await expectFiveWeeks();
    const second = await deliverBackfill(await place.engine(), request, RANGE, hooks);
    expect(second.runs).toEqual([]);
    expect(second.upToDate).toHaveLength(5);
    await expectFiveWeeks();
  });
});

describe('the slots of a time', () => {
  const DEFAULTS = { hourUtc: 6, weekday: 'MONDAY', monthDay: 31 } as const;
  const between = (cadence: string, from: string, to: string, now = '2030-01-01T00:00:00Z') =>
    backfillSlots(parseCadence(cadence), new Date(from), new Date(to), new Date(now), DEFAULTS);

  test('are those that were due in it, both ends included, and none of the future', () => {
    const daily = (from: string, to: string, now?: string) => between('DAILY', from, to, now).map(({ id }) => id);
    expect(daily('2026-02-01T06:00:00Z', '2026-02-03T06:00:00Z')).toEqual(['2026-02-01', '2026-02-02', '2026-02-03']);
    expect(daily('2026-02-01T06:00:00.001Z', '2026-02-03T05:59:59.999Z')).toEqual(['2026-02-02']);
    expect(daily('2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-02-02T06:00:00Z')).toEqual(['2026-02-01', '2026-02-02']);
    expect(daily('2026-02-03T00:00:00Z', '2026-02-01T00:00:00Z')).toEqual([]);
    expect(daily('2026-02-01T07:00:00Z', '2026-02-02T05:00:00Z')).toEqual([]);
  });

  test('end with their months, and follow the clock of their zone', () => {
    expect(between('MONTHLY', '2027-12-31T06:00:00Z', '2028-04-30T06:00:00Z').map(({ dueAt }) => dueAt.toISOString())).toEqual(
      ['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30'].map((day) => `${day}T06:00:00.000Z`),
    );
    const berlin = (from: string, to: string) =>
      between('CRON 30 2 * * * TZ=Europe/Berlin', from, to).map(({ dueAt }) => dueAt.getTime());
    for (const [from, to] of [
      ['2026-03-27T12:00:00Z', '2026-03-31T12:00:00Z'],
      ['2026-10-23T12:00:00Z', '2026-10-27T12:00:00Z'],
    ] as const) {
      const instants = berlin(from, to);
      // Four nights, and one of them is an hour longer or shorter.
      expect(instants).toHaveLength(4);
      expect([...instants].sort((a, b) => a - b)).toEqual(instants);
    }
  });

  test('are a year of days at the most', () => {
    expect(between('DAILY', '2027-01-01T06:00:00Z', '2028-01-01T06:00:00Z')).toHaveLength(366);
    expect(() => between('DAILY', '2027-01-01T06:00:00Z', '2028-01-02T06:00:00Z')).toThrow(
      expect.objectContaining({ kind: 'config', code: 'backfill_range' }),
    );
  });
});
