import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../src/delivery/engine.ts';
import { transientError } from '../src/errors.ts';
import type { DestinationState } from '../src/ledger/destination-state.ts';
import type { Run } from '../src/ledger/run.ts';
import { planFactsOf } from '../src/schedule/plan-facts.ts';
import { readStandingOrders } from '../src/schedule/standing-orders.ts';
import { configRow } from './support/seed.ts';
import { type SshServer, startSshd } from './support/sshd.ts';
import { drain, overriding } from './support/worker-drain.ts';
import { openPartner, type Partner } from './support/worker-partner.ts';
import {
  DAY,
  details,
  expectDelivered,
  HOUR,
  onePlace,
  openPlace,
  SECOND,
  stagedFiles,
  TO_ARCHIVE,
  WHO,
  type WorkerPlace,
} from './support/worker-place.ts';

/** What failures do to a run, to its delivery and to its destination. */

let sshd: SshServer;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

let partner: Partner;
let place: WorkerPlace;
beforeEach(async () => {
  partner = await openPartner(sshd);
});
afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await partner[Symbol.asyncDispose]();
});

const TO_PARTNER = [{ destination: 'partner' }];
const toPartner = (...ids: readonly string[]) => ids.map((id) => configRow(id, TO_PARTNER));
const devices = (...ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, 2]));
const breaker = async (): Promise<DestinationState | undefined> =>
  (await place.app().ledger.destinations()).find(({ name }) => name === 'partner');

/** An engine whose stage cannot open a file. */
function failing(engine: Engine, failure: () => unknown): Engine {
  return { ...engine, stage: overriding(engine.stage, { open: () => Promise.reject(failure()) }) };
}

describe('a run that fails', () => {
  test('waits twice as long each time, give or take a fifth, and is given up when its deadline comes first', async () => {
    place = await onePlace(1, {
      destinations: partner.yaml('partner'),
      settings:
        'worker: { retryFirstSeconds: 600, retryMaxSeconds: 7200, breaker: { failures: 1000 } }\ndefaults: { slotDeadlineHours: 5 }',
      configs: toPartner('4711'),
    });
    partner.shut();
    await place.plan();
    const waits: number[] = [];
    for (let random = 0; ; random = 1 - random) {
      const [worked] = await drain(await place.engine({ random: () => random }));
      expect(worked?.failure).toMatchObject({ kind: 'transient' });
      const run = await place.run();
      if (run.retryAt === null) break;
      const tries = waits.length + 1;
      expect(run).toMatchObject({ state: 'delivering', failures: tries, attempts: tries, leaseOwner: null });
      const wait = Date.parse(run.retryAt) - place.clock.now().getTime();
      waits.push(wait / SECOND);
      place.clock.move(wait - 1);
      expect(await drain(await place.engine())).toEqual([]);
      place.clock.move(1);
    }
    // 600, 1200, 2400, 4800 and 7200 seconds, a fifth less or more in turn; the next would come after five hours.
    expect(waits).toEqual([480, 1440, 1920, 5760, 5760]);
    const run = await place.run();
    expect(run).toMatchObject({ state: 'failed', attempts: 6, failures: 6, error: { kind: 'transient' } });
    const story = await place.story(run.id);
    expect(story.slice(-3)).toEqual(['claimed', 'delivering', 'failed']);
    expect(story.filter((step) => step === 'extracting')).toHaveLength(1);
    expect(story.filter((step) => step === 'retry')).toHaveLength(5);
    expect(await place.app().ledger.attemptsOf(run.id)).toHaveLength(6);
    expect(await details(place, run.id)).toMatchObject([{ STATUS: 'FAILED' }]);
    expect(partner.knocks()).toBeGreaterThanOrEqual(6);
    expect(place.received(partner.inbox)).toEqual({});
  });

  test('waits as long as the partner asks for', async () => {
    place = await onePlace(1);
    await place.plan();
    const busy = () => transientError('busy', 'Busy.', { retryAfterMs: 2 * HOUR });
    await drain(failing(await place.engine(), busy));
    expect(await place.run()).toMatchObject({ retryAt: new Date(place.clock.now().getTime() + 2 * HOUR).toISOString() });
    place.clock.move(2 * HOUR);
    await drain(await place.engine());
    await expectDelivered(place, [await place.run()]);
  });

  test('for the configuration has failed at once, and says what to do', async () => {
    place = await onePlace(1, {
      destinations: partner.yaml('partner', '', 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU'),
      configs: toPartner('4711'),
    });
    await place.plan();
    await drain(await place.engine());
    const run = await place.run();
    expect(run).toMatchObject({ state: 'failed', attempts: 1, retryAt: null, error: { kind: 'config', code: 'sftp_host_key' } });
    expect(run.error?.hint).toMatch(/\w/);
    expect(await details(place, run.id)).toMatchObject([{ STATUS: 'FAILED' }]);
    expect(place.received(partner.inbox)).toEqual({});
    expect(await breaker()).toMatchObject({ failures: 1, errorCode: 'sftp_host_key' });
  });

  test('for a mistake of ours has failed at once, as a bug that quotes nothing', async () => {
    place = await onePlace(1);
    await place.plan();
    await drain(failing(await place.engine(), () => new TypeError('a0000001-0000-4000-8000-000000000001')));
    const run = await place.run();
    expect(run).toMatchObject({ state: 'failed', attempts: 1, error: { kind: 'bug', code: 'bug' } });
    expect(JSON.stringify([run.error, await place.app().ledger.stepsOf(run.id)])).not.toContain('a0000001');
    // The destination has nothing to do with it.
    expect(await place.app().ledger.destinations()).not.toContainEqual(expect.objectContaining({ failures: 1 }));
    expect(place.received()).toEqual({});
  });

  test('for the partner’s no has failed at once; the other file is left alone, and the partner counts as well', async () => {
    place = await onePlace(1);
    await place.plan();
    await drain(failing(await place.engine(), () => transientError('busy', 'Busy.')));
    const [name = ''] = Object.keys(stagedFiles(await place.run()));
    writeFileSync(join(place.project.path('inbox'), name), 'of somebody else');
    const before = place.received();
    place.clock.move(HOUR);
    await drain(await place.engine());
    const run = await place.run();
    expect(run).toMatchObject({ state: 'failed', attempts: 2, error: { kind: 'rejected', code: 'folder_conflict' } });
    expect(place.received()).toEqual(before);
    expect(await place.app().ledger.destinations()).toMatchObject([{ name: 'archive', failures: 0, breaker: 'closed' }]);
  });

  test('again and again pauses its delivery, which says why, until a person resumes it', async () => {
    place = await onePlace(1, {
      settings: 'worker: { pauseAfterFailures: 2 }',
      configs: [configRow('4711', TO_ARCHIVE, { DELIVERY_CADENCE: 'DAILY' })],
    });
    const broken = () => new Error('broken');
    for (const paused of [false, true]) {
      await place.plan();
      await drain(failing(await place.engine(), broken));
      const [delivery] = await place.app().ledger.deliveries();
      expect(delivery?.paused !== null).toBe(paused);
      place.clock.move(DAY);
    }
    const { ledger } = place.app();
    const [delivery] = await ledger.deliveries();
    expect(delivery).toMatchObject({
      failures: 2,
      paused: { by: 'engine', reason: '2 runs in a row failed, the last one with bug' },
    });
    expect(await ledger.auditLog()).toMatchObject([
      { action: 'delivery.pause', actor: 'engine', via: 'engine', subjectId: delivery?.id, after: { paused: true } },
    ]);
    expect(await place.plan()).toBe(0);
    const engine = await place.engine();
    const { orders } = await readStandingOrders(engine, place.clock.now());
    expect((await planFactsOf(engine, orders)).due).toEqual([]);

    const [run] = await place.runs();
    if (run === undefined) throw new Error('There is no run.');
    await ledger.resumeDelivery(run.delivery, WHO);
    expect(await place.plan()).toBe(1);
    await drain(await place.engine());
    await expectDelivered(place, (await place.runs()).slice(0, 1));
    expect(await ledger.deliveries()).toMatchObject([{ failures: 0, paused: null }]);
    expect(await ledger.auditLog()).toMatchObject([{ action: 'delivery.resume', actor: 'ana', reason: 'a test' }, {}]);
  });
});

describe('a destination', () => {
  const ids = ['1', '2', '3', '4', '5'];
  const attempts = async (): Promise<number> =>
    (await place.runs()).filter(({ delivery }) => delivery.destination === 'partner').reduce((sum, run) => sum + run.attempts, 0);

  test('that keeps failing is left alone, then tried by one run; the others go on, and a success ends it', async () => {
    place = await openPlace({
      destinations: partner.yaml('partner', 'limits: { concurrency: 2 }'),
      settings:
        'worker: { retryFirstSeconds: 1, retryMaxSeconds: 1, breaker: { failures: 3, coolDownSeconds: 60, maxCoolDownSeconds: 200 } }',
      configs: [...toPartner(...ids), ...['6', '7'].map((id) => configRow(id, TO_ARCHIVE))],
      devices: devices(...ids, '6', '7'),
    });
    partner.shut();
    await place.plan();
    const work = async () => drain(await place.engine(), await place.engine());
    const inMs = (ms: number): string => new Date(place.clock.now().getTime() + ms).toISOString();
    await work();
    // A second run may have begun before the breaker opened.
    const begun = await attempts();
    expect([3, 4]).toContain(begun);
    expect(await breaker()).toMatchObject({ breaker: 'open', failures: begun, openUntil: inMs(60 * SECOND) });
    const archive = async (): Promise<readonly Run[]> =>
      (await place.runs()).filter(({ delivery }) => delivery.destination === 'archive');
    await expectDelivered(place, await archive());

    const knocks = partner.knocks();
    place.clock.move(60 * SECOND - 1);
    expect(await work()).toEqual([]);
    expect(partner.knocks()).toBe(knocks);
    // The probe fails: twice as long, then the longest.
    for (const [tries, coolDown] of [
      [1, 120],
      [2, 200],
    ] as const) {
      place.clock.move(tries === 1 ? 1 : 120 * SECOND);
      expect(await work()).toHaveLength(1);
      expect(await attempts()).toBe(begun + tries);
      expect(await breaker()).toMatchObject({ breaker: 'open', openUntil: inMs(coolDown * SECOND) });
    }
    partner.open();
    expect(await work()).toEqual([]);
    place.clock.move(200 * SECOND);
    expect(await breaker()).toMatchObject({ breaker: 'probing' });
    await work();
    expect(await breaker()).toMatchObject({ breaker: 'closed', failures: 0, openedAt: null, errorCode: null });
    const runs = (await place.runs()).filter(({ delivery }) => delivery.destination === 'partner');
    await expectDelivered(place, runs, partner.inbox);
    expect(await attempts()).toBe(begun + 2 + ids.length);
  });

  test('that takes one run at a time never has two, over two workers', async () => {
    place = await openPlace({
      destinations: partner.yaml('partner', 'limits: { concurrency: 1 }'),
      configs: toPartner(...ids),
      devices: devices(...ids),
    });
    await place.plan();
    const atOnce: number[] = [];
    const counting = async (): Promise<Engine> => {
      const engine = await place.engine();
      const ledger = overriding(engine.ledger, {
        async advance(...args) {
          atOnce.push((await place.runs()).filter(({ leaseOwner }) => leaseOwner !== null).length);
          return engine.ledger.advance(...args);
        },
      });
      return { ...engine, ledger };
    };
    await drain(await counting(), await counting());
    expect(atOnce).toHaveLength(ids.length * 4);
    expect(new Set(atOnce)).toEqual(new Set([1]));
    await expectDelivered(place, await place.runs(), partner.inbox);
  });

  test('that takes so many runs in a minute gets no more, over two workers', async () => {
    place = await openPlace({
      destinations: partner.yaml('partner', 'limits: { startsPerMinute: 6 }'),
      configs: toPartner('1', '2', '3'),
      devices: devices('1', '2', '3'),
    });
    await place.plan();
    const work = async (): Promise<number> => (await drain(await place.engine(), await place.engine())).length;
    expect(await work()).toBe(1);
    for (let n = 0; n < 2; n += 1) {
      place.clock.move(10 * SECOND - 1);
      expect(await work()).toBe(0);
      place.clock.move(1);
      expect(await work()).toBe(1);
    }
    await expectDelivered(place, await place.runs(), partner.inbox);
  });
});
