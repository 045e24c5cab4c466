import { afterEach, describe, expect, test } from 'vitest';
import type { Engine } from '../src/delivery/engine.ts';
import { configError } from '../src/errors.ts';
import type { AuditEntry } from '../src/ledger/audit-entry.ts';
import type { Run } from '../src/ledger/run.ts';
import { sql } from '../src/lib/sql.ts';
import { configRow } from './support/seed.ts';
import { drain, gate, overriding, stuck } from './support/worker-drain.ts';
import {
  DAY,
  details,
  expectDelivered,
  HOUR,
  onePlace,
  openPlace,
  stagedFiles,
  TO_ARCHIVE,
  WHO,
  type WorkerPlace,
} from './support/worker-place.ts';

/** What people do to runs: stop them, start them again, and change the configuration under them. */

let place: WorkerPlace;
afterEach(() => place[Symbol.asyncDispose]());

const work = async (own: Partial<Engine> = {}) => drain(await place.engine(own));
const audit = async (action: string): Promise<readonly AuditEntry[]> =>
  (await place.app().ledger.auditLog()).filter((entry) => entry.action === action);

/** Fails the run as one does whose configuration is wrong. */
async function fail(): Promise<Run> {
  const engine = await place.engine();
  await drain({ ...engine, stage: overriding(engine.stage, { open: () => Promise.reject(configError('broken', 'Broken.')) }) });
  return place.run();
}

describe('a run that is cancelled', () => {
  test('while it waits is skipped at once, and told once', async () => {
    place = await onePlace(1);
    await place.plan();
    const { ledger } = place.app();
    const { id } = await place.run();
    await ledger.cancel(id, WHO);
    await ledger.cancel(id, { ...WHO, reason: 'again' });
    expect(await place.run()).toMatchObject({ state: 'skipped', reason: 'cancelled', attempts: 0 });
    expect(await audit('run.cancel')).toMatchObject([
      {
        actor: 'ana',
        via: 'cli',
        reason: 'a test',
        subjectKind: 'run',
        subjectId: id,
        agencyId: '1480',
        before: { state: 'planned' },
        after: { state: 'skipped', reason: 'cancelled' },
      },
    ]);
    expect(await work()).toEqual([]);
    expect(await details(place, id)).toMatchObject([{ STATUS: 'SKIPPED' }]);
    expect(await place.plan()).toBe(0);
  });

  test('while it is being sent stops before anything has its final name', async () => {
    place = await onePlace(2);
    await place.plan();
    const { engine, asked, go } = stuck(await place.engine());
    const done = drain(engine);
    await asked.passed;
    const { ledger } = place.app();
    const { id } = await place.run();
    expect(await ledger.cancel(id, WHO)).toMatchObject({ state: 'delivering', cancelRequestedAt: expect.any(String) });
    await ledger.cancel(id, WHO);
    expect(await audit('run.cancel')).toHaveLength(1);
    go.open();
    expect(await done).toMatchObject([{ failure: { code: 'cancelled' }, retryInMs: null }]);
    expect(await place.run()).toMatchObject({
      state: 'skipped',
      reason: 'cancelled: sending had begun, the partner may hold it',
      cancelRequestedAt: null,
      error: null,
    });
    expect(place.received()).toEqual({});
    expect(await details(place, id)).toMatchObject([{ STATUS: 'SKIPPED' }]);
    // Nobody's fault, the destination's least of all.
    expect(await ledger.deliveries()).toMatchObject([{ failures: 0 }]);
    expect((await ledger.destinations()).map(({ failures }) => failures)).toEqual([0]);
  });

  test('while its partner does not answer stops at the next sign of life', async () => {
    place = await onePlace(2);
    await place.plan();
    const own = await place.engine();
    const asked = gate();
    const stage = overriding(own.stage, {
      open(_key, options) {
        asked.open();
        return new Promise((_resolve, reject) =>
          options?.signal?.addEventListener('abort', () => reject(options.signal?.reason)),
        );
      },
    });
    const done = drain({ ...own, stage });
    await asked.passed;
    await place.app().ledger.cancel((await place.run()).id, WHO);
    expect(await done).toMatchObject([{ failure: { code: 'cancelled' } }]);
    expect(await place.run()).toMatchObject({ state: 'skipped', reason: expect.stringMatching(/^cancelled/) });
    expect(place.received()).toEqual({});
  });

  test('after it was delivered is refused', async () => {
    place = await onePlace(1);
    await place.plan();
    await work();
    const { ledger } = place.app();
    const { id } = await place.run();
    await expect(ledger.cancel(id, WHO)).rejects.toMatchObject({ code: 'run_finished' });
    await expect(ledger.retry(id, WHO, HOUR)).rejects.toMatchObject({ code: 'run_delivered' });
    expect(await ledger.auditLog()).toEqual([]);
    await expectDelivered(place, [await place.run()]);
  });
});

describe('a run that is tried again', () => {
  test('after it failed sends what it had staged, with a new deadline and no failures', async () => {
    place = await onePlace(3);
    await place.plan();
    const failed = await fail();
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'broken' } });
    place.clock.move(3 * DAY);
    const { ledger } = place.app();
    await ledger.retry(failed.id, WHO, 24 * HOUR);
    await ledger.retry(failed.id, WHO, 48 * HOUR);
    expect(await place.run()).toMatchObject({
      state: 'staged',
      failures: 0,
      error: null,
      deadlineAt: new Date(place.clock.now().getTime() + DAY).toISOString(),
    });
    expect(await audit('run.retry')).toMatchObject([{ before: { state: 'failed' }, after: { state: 'staged' } }]);
    await work();
    expect(stagedFiles(await place.run())).toEqual(stagedFiles(failed));
    await expectDelivered(place, [await place.run()]);
  });

  test('after it was cancelled, before or while it was sent, is delivered', async () => {
    place = await onePlace(3);
    await place.plan();
    const { ledger } = place.app();
    const { id } = await place.run();
    await ledger.cancel(id, WHO);
    await ledger.retry(id, WHO, DAY);
    const { engine, asked, go } = stuck(await place.engine());
    const done = drain(engine);
    await asked.passed;
    await ledger.cancel(id, WHO);
    go.open();
    await done;
    expect(await place.run()).toMatchObject({ state: 'skipped' });
    await ledger.retry(id, WHO, DAY);
    await work();
    await expectDelivered(place, [await place.run()]);
    expect((await place.app().ledger.auditLog()).map(({ action }) => action)).toEqual([
      'run.retry',
      'run.cancel',
      'run.retry',
      'run.cancel',
    ]);
  });

  test('after it was skipped for being too small is cut anew', async () => {
    place = await onePlace(1, { configs: [configRow('4711', [{ destination: 'archive', minIds: 2 }])] });
    await place.plan();
    await work();
    const skipped = await place.run();
    expect(skipped).toMatchObject({ state: 'skipped', reason: 'below_minimum' });
    await configure([{ destination: 'archive' }]);
    await place.app().ledger.retry(skipped.id, WHO, DAY);
    await work();
    await expectDelivered(place, [await place.run()]);
  });
});

/** Changes what the advertiser's row says, as somebody who writes to the table. */
function configure(destinations: readonly Record<string, unknown>[], cadence = 'WEEKLY', enabled = true): Promise<void> {
  return place.execute(sql`
    UPDATE "BASE_TABLES"."REF_ADVERTISER_CONFIG" SET "DELIVERY_DESTINATIONS" = ${JSON.stringify(destinations)},
    "DELIVERY_CADENCE" = ${cadence}, "DELIVERY_ENABLED" = ${enabled}`);
}

describe('a configuration that changes between planning and sending', () => {
  test.each([
    ['switched off', () => configure(TO_ARCHIVE, 'WEEKLY', false), 'not_enabled'],
    ['one entry switched off', () => configure([{ destination: 'archive', enabled: false }]), 'destination_disabled'],
    ['the entry removed', () => configure([]), 'not_configured'],
    ['another segment', () => configure([{ destination: 'archive', segmentId: 'other' }]), 'not_configured'],
    ['the advertiser removed', () => place.execute(sql`DELETE FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG"`), 'not_configured'],
  ])('%s: the run is skipped and says why', async (_what, change, reason) => {
    place = await onePlace(1);
    await place.plan();
    await change();
    await work();
    const run = await place.run();
    expect(run).toMatchObject({ state: 'skipped', reason, leaseOwner: null, error: null });
    expect(await details(place, run.id)).toMatchObject([{ STATUS: 'REFUSED' }]);
    expect(place.received()).toEqual({});
  });

  test('another cadence: the run keeps its slot, and the next follows the new one', async () => {
    place = await onePlace(1);
    await place.plan();
    await configure(TO_ARCHIVE, 'DAILY');
    await work();
    const run = await place.run();
    expect(run).toMatchObject({ state: 'delivered', slot: '2026-W08' });
    expect(run.manifest?.slot).toBe('2026-W08');
    await expectDelivered(place, [run]);
    place.clock.move(DAY);
    await place.plan();
    expect((await place.runs()).map(({ slot }) => slot)).toEqual(['2026-02-17', '2026-W08']);
  });

  test('switched off while the staged set waited for another try: nothing is sent', async () => {
    place = await onePlace(1);
    await place.plan();
    const { id } = await fail();
    await configure(TO_ARCHIVE, 'WEEKLY', false);
    await place.app().ledger.retry(id, WHO, DAY);
    await work();
    expect(await place.run()).toMatchObject({ state: 'skipped', reason: 'not_enabled' });
    expect(place.received()).toEqual({});
  });

  test('merged becomes split: the run of the whole is refused, those of the segments follow', async () => {
    place = await openPlace({ configs: [configRow('4711', TO_ARCHIVE)], devices: { 4711: 2 } });
    await place.plan();
    await configure([{ destination: 'archive', mode: 'split' }]);
    await place.plan();
    await work();
    expect((await place.runs()).map(({ delivery, state, reason }) => [delivery.segmentId, state, reason]).sort()).toEqual([
      ['1480_4711', 'skipped', 'not_configured'],
      ['1480_4711_IO1', 'delivered', null],
    ]);
  });
});
