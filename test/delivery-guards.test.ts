import { afterEach, describe, expect, test } from 'vitest';
import { deliver } from '../src/delivery/deliver.ts';
import type { Run } from '../src/ledger/run.ts';
import { sql } from '../src/lib/sql.ts';
import { device } from './support/project.ts';
import { drain } from './support/worker-drain.ts';
import {
  DAY,
  details,
  expectDelivered,
  HOUR,
  inStage,
  MINUTE,
  onePlace,
  type PlaceOptions,
  sighting,
  stagedFiles,
  WHO,
  type WorkerPlace,
} from './support/worker-place.ts';

/** Runs that wait for a person, or for their source. */

let place: WorkerPlace;
afterEach(() => place[Symbol.asyncDispose]());

const work = async () => drain(await place.engine());

/** Has the first week's run deliver 10 identifiers, and the second week's find so many. */
async function secondWeek(count: number, options: Partial<PlaceOptions> = {}): Promise<Run> {
  place = await onePlace(10, options);
  await place.plan();
  await work();
  await expectDelivered(place, await place.runs());
  place.clock.move(7 * DAY);
  if (count > 10)
    await place.load(
      'AD_IMPRESSION_LOG_V2',
      range(10, count).map((n) => sighting('4711', n)),
    );
  else await keepFirst(count);
  await place.plan();
  await work();
  return newest();
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

/** Takes all but the first devices out of the log, as a source that broke would. */
async function keepFirst(count: number): Promise<void> {
  await place.execute(sql`
    DELETE FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" WHERE "DEVICE_ID_RAW" NOT IN
    (SELECT DISTINCT "DEVICE_ID_RAW" FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" ORDER BY 1 LIMIT ${count})`);
}

async function newest(): Promise<Run> {
  const [run] = await place.runs();
  if (run === undefined) throw new Error('There is no run.');
  return run;
}

const delivered = async (): Promise<readonly Run[]> => (await place.runs()).filter(({ state }) => state === 'delivered');

describe('a run whose size has changed', () => {
  test.each([
    [15, null],
    [16, '16 identifiers, 10 the last time (+60.0 %)'],
    [5, null],
    [4, '4 identifiers, 10 the last time (−60.0 %)'],
  ])('from 10 to %i', async (count, detail) => {
    const run = await secondWeek(count);
    if (detail === null) {
      expect(run).toMatchObject({ state: 'delivered', hold: null, written: count });
      await expectDelivered(place, await place.runs());
      return;
    }
    expect(run).toMatchObject({ state: 'staged', written: count, failures: 0, leaseOwner: null, retryAt: null });
    expect(run.hold).toEqual({ reason: 'size_deviation', detail, at: place.clock.now().toISOString() });
    expect(await place.story(run.id)).toEqual(['planned', 'claimed', 'extracting', 'staged', 'held']);
    expect(await details(place, run.id)).toMatchObject([{ STATUS: 'STAGED', ERROR_KIND: null }]);
    // It waits, however long nobody comes.
    place.clock.move(3 * DAY);
    expect(await work()).toEqual([]);
    await expectDelivered(place, await delivered());
  });

  test('goes as it was staged once a person approves, in the time that it had', async () => {
    const run = await secondWeek(16);
    // Later rows are for the next slot, and more than the run's deadline passes.
    await place.load(
      'AD_IMPRESSION_LOG_V2',
      range(16, 30).map((n) => sighting('4711', n)),
    );
    place.clock.move(2 * DAY);
    const { ledger } = place.app();
    expect(await ledger.approve(run.id, WHO)).toMatchObject({ hold: null, approvals: ['size_deviation'] });
    await ledger.approve(run.id, WHO);
    expect((await ledger.auditLog()).filter(({ action }) => action === 'run.approve')).toMatchObject([
      {
        actor: 'ana',
        via: 'cli',
        reason: 'a test',
        subjectId: run.id,
        before: { hold: 'size_deviation' },
        after: { hold: null },
      },
    ]);
    await work();
    const sent = await newest();
    expect(sent).toMatchObject({ state: 'delivered', written: 16, attempts: 2, stagePrefix: run.stagePrefix });
    expect(stagedFiles(sent)).toEqual(stagedFiles(run));
    await expectDelivered(place, await place.runs());
    expect(await ledger.deliveries()).toMatchObject([{ lastWritten: 16 }]);
  });

  test('ID-10: is cut again without whoever opted out while it waited', async () => {
    const run = await secondWeek(16);
    await place.load('SUPPRESSION', [{ IDENTIFIER_TYPE: '*', IDENTIFIER_VALUE: device(47_110_003), AGENCY_ID: '1480' }]);
    await place.app().ledger.approve(run.id, WHO);
    await work();
    const sent = await newest();
    expect(sent).toMatchObject({ state: 'delivered', written: 15, suppressed: 1 });
    expect(sent.stagePrefix).not.toBe(run.stagePrefix);
    await expectDelivered(place, await place.runs());
  });

  test('is skipped when a person rejects it, and the next one is compared with what was delivered', async () => {
    const run = await secondWeek(4);
    const { ledger } = place.app();
    await ledger.reject(run.id, { ...WHO, reason: 'the log broke' });
    await ledger.reject(run.id, WHO);
    expect(await newest()).toMatchObject({ state: 'skipped', reason: 'rejected: the log broke', hold: null });
    expect(await details(place, run.id)).toMatchObject([{ STATUS: 'SKIPPED' }]);
    expect((await ledger.auditLog()).filter(({ action }) => action === 'run.reject')).toMatchObject([
      { before: { hold: 'size_deviation', state: 'staged' }, after: { hold: null, state: 'skipped' } },
    ]);
    await expect(ledger.approve(run.id, WHO)).rejects.toMatchObject({ code: 'run_not_held' });
    place.clock.move(7 * DAY);
    await place.plan();
    await work();
    expect(await newest()).toMatchObject({ hold: { detail: '4 identifiers, 10 the last time (−60.0 %)' } });
  });

  test('goes unasked where the guard is switched off', async () => {
    expect(await secondWeek(100, { settings: 'guards: { maxSizeChange: null }' })).toMatchObject({ state: 'delivered' });
  });

  test('need not be decided about any more once the next slot has its run', async () => {
    const run = await secondWeek(16);
    place.clock.move(7 * DAY);
    expect(await place.plan()).toBe(1);
    const { ledger } = place.app();
    expect(await ledger.runById(run.id)).toMatchObject({ state: 'skipped', reason: 'superseded', hold: null });
    expect(await details(place, run.id)).toMatchObject([{ STATUS: 'SKIPPED' }]);
    await expect(ledger.approve(run.id, WHO)).rejects.toMatchObject({ code: 'run_not_held' });
    await work();
    expect(await newest()).toMatchObject({ slot: '2026-W10', hold: { reason: 'size_deviation' } });
    await expectDelivered(place, await delivered());
  });
});

describe('the first run of a delivery', () => {
  test('waits for approval where that is wanted, through a restart', async () => {
    place = await onePlace(3, { settings: 'guards: { approveFirstRun: true }' });
    await place.plan();
    await work();
    const held = await place.run();
    expect(held.hold).toMatchObject({ reason: 'first_run', detail: '3 identifiers; nothing was delivered before' });
    await place.reopen();
    expect(await work()).toEqual([]);
    expect(await place.run()).toEqual(held);
    expect(await inStage(place, held)).toEqual(stagedFiles(held));
    await place.app().ledger.approve(held.id, WHO);
    await work();
    expect(stagedFiles(await place.run())).toEqual(stagedFiles(held));
    await expectDelivered(place, [await place.run()]);
    // The second is none.
    place.clock.move(7 * DAY);
    await place.plan();
    await work();
    await expectDelivered(place, await place.runs());
  });
});

describe('a run whose source is stale', () => {
  async function stalePlace(): Promise<Run> {
    place = await onePlace(3, { staleSource: 'hold' });
    place.clock.move(5 * DAY);
    await place.plan();
    await work();
    return place.run();
  }

  test('looks again every half hour, and goes by itself once there are new rows', async () => {
    const held = await stalePlace();
    expect(held).toMatchObject({
      state: 'planned',
      stagePrefix: null,
      failures: 0,
      hold: { reason: 'source_stale', detail: 'the newest row of AD_IMPRESSION_LOG_V2 is of 2026-02-15' },
      retryAt: new Date(place.clock.now().getTime() + 30 * MINUTE).toISOString(),
    });
    // Longer than the run's deadline.
    for (let n = 0; n < 52; n += 1) {
      place.clock.move(30 * MINUTE - 1);
      if (n === 0) expect(await work()).toEqual([]);
      place.clock.move(1);
      if (n % 25 === 0) expect(await work()).toHaveLength(1);
    }
    expect(await place.run()).toMatchObject({ state: 'planned', hold: { reason: 'source_stale' }, failures: 0, error: null });
    await place.load('AD_IMPRESSION_LOG_V2', [sighting('4711', 99, '2026-02-22T01:00:00Z')]);
    place.clock.move(30 * MINUTE);
    await work();
    expect(await place.run()).toMatchObject({ state: 'delivered', written: 4, hold: null, approvals: [] });
    await expectDelivered(place, [await place.run()]);
  });

  test('goes stale once a person approves, without waiting for the next look', async () => {
    const held = await stalePlace();
    place.clock.move(26 * HOUR);
    await place.app().ledger.approve(held.id, WHO);
    await work();
    expect(await place.run()).toMatchObject({ state: 'delivered', written: 3, approvals: ['source_stale'] });
    await expectDelivered(place, [await place.run()]);
  });

  test('is skipped when a person rejects it', async () => {
    const held = await stalePlace();
    await place.app().ledger.reject(held.id, WHO);
    place.clock.move(HOUR);
    expect(await work()).toEqual([]);
    expect(await place.run()).toMatchObject({ state: 'skipped', reason: 'rejected: a test' });
    expect(place.received()).toEqual({});
  });
});

test('a run that broke off is not taken up again when a later slot has been delivered since', async () => {
  place = await onePlace(10);
  await place.plan();
  const first = await place.run();
  const { ledger } = place.app();
  const claim = await ledger.claim(first.id, 'host-9:9:gone', MINUTE);
  await ledger.release(first.id, claim?.token ?? 0);
  place.clock.move(7 * DAY);
  const quiet = { step: () => {}, share: () => {}, amount: () => {} };
  const { runs } = await deliver(await place.engine(), { at: place.clock.now(), force: false }, { onRun: () => quiet });
  expect(runs.map(({ run }) => run.state)).toEqual(['delivered']);
  const files = place.received();
  await work();
  const newer = runs[0]?.run.id;
  expect(await ledger.runById(first.id)).toMatchObject({ state: 'skipped', reason: 'superseded' });
  expect((await ledger.stepsOf(first.id)).at(-1)).toMatchObject({ step: 'skipped', detail: { by: newer } });
  expect(place.received()).toEqual(files);
});
