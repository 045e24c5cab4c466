import { afterEach, describe, expect, test } from 'vitest';
import type { Engine } from '../src/delivery/engine.ts';
import { LEASE_MS } from '../src/delivery/heartbeat.ts';
import { configError, transientError } from '../src/errors.ts';
import { sql } from '../src/lib/sql.ts';
import { deliveriesOverview } from '../src/schedule/deliveries-overview.ts';
import { repeat } from '../src/schedule/task.ts';
import { expireTask, planTask, settleTask } from '../src/schedule/tasks.ts';
import { trigger } from '../src/schedule/trigger.ts';
import { configRow } from './support/seed.ts';
import { drain, overriding } from './support/worker-drain.ts';
import {
  DAY,
  details,
  expectDelivered,
  HOUR,
  inStage,
  onePlace,
  openPlace,
  SECOND,
  sighting,
  TO_ARCHIVE,
  WHO,
  type WorkerPlace,
} from './support/worker-place.ts';

/** What a server does besides its runs, and what those see who watch another process. */

let place: WorkerPlace;
afterEach(() => place[Symbol.asyncDispose]());

const signal = new AbortController().signal;

describe('planning', () => {
  test('is asked for again when the next slot comes due, and every half minute in between', async () => {
    place = await onePlace(1);
    const told: number[] = [];
    const task = planTask(await place.engine(), ({ created }) => told.push(created));
    expect(await task.run(signal)).toBe(30 * SECOND);
    place.clock.move(7 * DAY - 5 * SECOND);
    expect(await task.run(signal)).toBe(5 * SECOND);
    place.clock.move(5 * SECOND);
    expect(await task.run(signal)).toBe(30 * SECOND);
    expect(told).toEqual([1, 0, 1]);
  });
});

describe('settling', () => {
  test('loses no change of state while the warehouse is away, and copies each once when it is back', async () => {
    const ids = ['1', '2', '3'];
    place = await openPlace({ configs: ids.map((id) => configRow(id, TO_ARCHIVE)), devices: { 1: 1, 2: 1, 3: 1 } });
    const own = await place.engine();
    let away = 3;
    const warehouse = overriding(own.warehouse, {
      session() {
        if (away > 0) return Promise.reject(transientError('warehouse_away', 'The warehouse is away.'));
        return own.warehouse.session();
      },
    });
    await place.plan();
    const stopping = new AbortController();
    const waits: number[] = [];
    const sleep: Engine['sleep'] = async (ms) => {
      waits.push(ms);
      away -= 1;
      // While it is away runs go on, and more is there to be told.
      if (waits.length === 2) await drain(await place.engine());
      if (away < 0) stopping.abort();
    };
    await repeat({ ...own, sleep }, settleTask({ ...own, warehouse }), stopping.signal);
    expect(waits).toEqual([1_000, 2_000, 4_000, 2_000]);
    expect(await place.app().ledger.pendingOutbox(1)).toEqual([]);
    await expectDelivered(place, await place.runs());
  });

  test('that dies between writing and remembering writes nothing twice', async () => {
    place = await onePlace(1);
    await place.plan();
    await drain(await place.engine());
    const own = await place.engine();
    const ledger = overriding(own.ledger, { outboxDone: () => Promise.reject(new Error('died')) });
    await expect(settleTask({ ...own, ledger }).run(signal)).rejects.toThrow('died');
    await expect(settleTask({ ...own, ledger }).run(signal)).rejects.toThrow('died');
    await settleTask(own).run(signal);
    await expectDelivered(place, [await place.run()]);
  });

  test('ends a cancelled run whose worker is gone', async () => {
    place = await onePlace(1);
    await place.plan();
    const { ledger } = place.app();
    const { id } = await place.run();
    await ledger.claim(id, 'gone:1:x', LEASE_MS);
    await ledger.cancel(id, WHO);
    const task = settleTask(await place.engine());
    await task.run(signal);
    expect((await place.run()).state).toBe('planned');
    place.clock.move(LEASE_MS);
    await task.run(signal);
    expect(await place.run()).toMatchObject({ state: 'skipped', reason: 'cancelled' });
    expect(await place.app().ledger.pendingOutbox(1)).toEqual([]);
    expect(await details(place, id)).toMatchObject([{ STATUS: 'SKIPPED' }]);
  });
});

describe('expiry', () => {
  const settings = 'retention: { stagedDays: 10, runDetailsDays: 20 }';

  test('removes staged files and then the story, and leaves counts and the warehouse’s copy', async () => {
    place = await onePlace(3, { settings });
    await place.plan();
    await drain(await place.engine());
    const run = await place.run();
    const copied = await details(place, run.id);
    const engine = await place.engine();
    place.clock.move(10 * DAY);
    expect(await expireTask(engine).run(signal)).toBe(HOUR);
    expect(Object.keys(await inStage(place, run))).toHaveLength(1);
    place.clock.move(1);
    // The process dies before, between and after the two.
    const dead = () => Promise.reject(new Error('died'));
    await expect(expireTask({ ...engine, stage: overriding(engine.stage, { remove: dead }) }).run(signal)).rejects.toThrow(
      'died',
    );
    expect(Object.keys(await inStage(place, run))).toHaveLength(1);
    await expect(
      expireTask({ ...engine, ledger: overriding(engine.ledger, { stageExpired: dead }) }).run(signal),
    ).rejects.toThrow('died');
    await expireTask(engine).run(signal);
    expect(await (await place.app().stage()).list('')).toEqual([]);
    let removed = 0;
    const counting = overriding(engine.stage, {
      remove: async (prefix, until) => {
        removed += 1;
        return engine.stage.remove(prefix, until);
      },
    });
    await expireTask({ ...engine, stage: counting }).run(signal);
    expect(removed).toBe(0);
    expect(await place.run()).toMatchObject({ state: 'delivered', written: 3, manifest: { rows: 3 }, receipt: { accepted: 3 } });

    place.clock.move(10 * DAY);
    await expireTask(engine).run(signal);
    expect(await place.run()).toMatchObject({
      state: 'delivered',
      written: 3,
      selected: run.selected,
      manifest: null,
      receipt: null,
    });
    expect(await place.story(run.id)).toEqual([]);
    expect(await place.app().ledger.attemptsOf(run.id)).toEqual([]);
    expect(await details(place, run.id)).toEqual(copied);
    expect(await place.app().ledger.deliveries()).toMatchObject([{ lastWritten: 3 }]);
    expect(Object.keys(place.received())).toHaveLength(1);
  });

  test('removes what cuts that were broken off have left too, and nothing of another run', async () => {
    place = await onePlace(3, { settings });
    await place.plan();
    const engine = await place.engine();
    let puts = 0;
    const stage = overriding(engine.stage, {
      async put(request) {
        const result = await engine.stage.put(request);
        puts += 1;
        if (puts === 1) throw transientError('busy', 'Busy.');
        return result;
      },
    });
    await drain({ ...engine, stage });
    place.clock.move(HOUR);
    await drain(engine);
    const first = await place.run();
    const { stagePrefix } = first;
    expect(stagePrefix).toMatch(/-2$/);
    expect(await (await place.app().stage()).list(stagePrefix?.replace(/-2$/, '') ?? '')).toHaveLength(1);
    place.clock.move(DAY);
    await trigger(engine, { force: true }, WHO);
    await drain(engine);
    const others = (await place.runs()).filter(({ id }) => id !== first.id);
    place.clock.move(9 * DAY + 1);
    await expireTask(engine).run(signal);
    const left = await (await place.app().stage()).list('');
    expect(left.map(({ key }) => key.startsWith(`${others[0]?.stagePrefix}/`))).toEqual([true, true]);
  });

  test('waits for what the warehouse was not told yet', async () => {
    place = await onePlace(1, { settings });
    await place.plan();
    await drain(await place.engine());
    place.clock.move(30 * DAY);
    await expireTask(await place.engine()).run(signal);
    const { id } = await place.run();
    expect(await details(place, id)).toMatchObject([{ STATUS: 'DELIVERED' }]);
  });

  test('leaves runs that wait or are worked on, and a run that comes back afterwards is cut anew', async () => {
    place = await onePlace(3, { settings: `${settings}\nguards: { approveFirstRun: true }` });
    await place.plan();
    await drain(await place.engine());
    const held = await place.run();
    place.clock.move(40 * DAY);
    const engine = await place.engine();
    await expireTask(engine).run(signal);
    expect(Object.keys(await inStage(place, held))).toHaveLength(1);
    const { ledger } = place.app();
    await ledger.approve(held.id, WHO);
    await drain({ ...engine, stage: overriding(engine.stage, { open: () => Promise.reject(configError('broken', 'Broken.')) }) });
    expect(await place.run()).toMatchObject({ state: 'failed' });
    place.clock.move(11 * DAY);
    await expireTask(engine).run(signal);
    expect(await inStage(place, held)).toEqual({});
    // Its devices are older than the look-back by now, so newer ones are needed.
    await place.load('AD_IMPRESSION_LOG_V2', [sighting('4711', 7, '2026-04-05T00:00:00Z')]);
    await ledger.retry(held.id, WHO, DAY);
    await drain(engine);
    expect(await place.run()).toMatchObject({ state: 'delivered', written: 1 });
    await expectDelivered(place, [await place.run()]);
  });
});

describe('the overview of deliveries', () => {
  test('tells of each what it is to do next, or why it does nothing', async () => {
    place = await openPlace({
      configs: [
        configRow('1', TO_ARCHIVE),
        configRow('2', TO_ARCHIVE),
        configRow('3', TO_ARCHIVE, { DELIVERY_ENABLED: false }),
        configRow('4', [{ destination: 'nowhere' }]),
        configRow('5', [{ destination: 'archive', mode: 'split' }]),
        configRow('6', TO_ARCHIVE),
      ],
      devices: { 1: 2, 2: 1, 5: 3, 6: 1 },
    });
    await place.plan();
    await drain(await place.engine());
    const { ledger } = place.app();
    const key = { agencyId: '1480', advertiserId: '2', destination: 'archive', segmentId: '1480_2' };
    await ledger.pauseDelivery(key, WHO);
    await place.execute(sql`DELETE FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG" WHERE "ADVERTISER_ID" = '6'`);
    const rows = await deliveriesOverview(await place.engine());
    expect(
      rows.map(({ segmentId, state, reason, lastWritten, nextSlot }) => [segmentId, state, reason, lastWritten, nextSlot]),
    ).toEqual([
      ['1480_1', 'on', null, 2, '2026-W09'],
      ['1480_2', 'paused', 'paused', 1, null],
      ['1480_3', 'off', 'not_enabled', null, null],
      ['1480_4', 'blocked', 'unknown_destination', null, null],
      ['1480_5_IO1', 'on', null, 3, '2026-W09'],
      ['1480_6', 'off', 'not_configured', 1, null],
    ]);
    expect(await deliveriesOverview(await place.engine(), { state: 'paused', agencyIds: ['1480'] })).toMatchObject([
      {
        segmentId: '1480_2',
        paused: { by: 'ana', reason: 'a test' },
        detail: 'a test',
        failures: 0,
        lastRun: { state: 'delivered' },
      },
    ]);
    expect(await deliveriesOverview(await place.engine(), { agencyIds: [] })).toEqual([]);
  });
});
