import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../src/delivery/engine.ts';
import { LEASE_MS } from '../src/delivery/heartbeat.ts';
import { settleOutbox } from '../src/delivery/settle-outbox.ts';
import { transientError } from '../src/errors.ts';
import { startWorker } from '../src/schedule/worker.ts';
import { configRow } from './support/seed.ts';
import { type SshServer, startSshd } from './support/sshd.ts';
import { asleep, drain, gate, overriding, stuck } from './support/worker-drain.ts';
import { openPartner, type Partner } from './support/worker-partner.ts';
import {
  DAY,
  details,
  expectDelivered,
  onePlace,
  openPlace,
  sighting,
  stagedFiles,
  TO_ARCHIVE,
  type WorkerPlace,
} from './support/worker-place.ts';

/** Runs that are planned and worked on, by one worker or many, to the end or until they are stopped. */

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

describe('workers', () => {
  test('deliver merged and split audiences to a folder and a real SFTP server, and everything tells the same', async () => {
    place = await openPlace({
      destinations: partner.yaml('partner'),
      configs: [
        configRow('1', [{ destination: 'archive' }]),
        configRow('2', [{ destination: 'archive', mode: 'split', minIds: 2 }]),
        configRow('3', [{ destination: 'partner' }]),
        configRow('4', [{ destination: 'partner', mode: 'split' }]),
      ],
      devices: { 1: 5, 2: 3, 3: 4, 4: 2 },
      rows: {
        AD_IMPRESSION_LOG_V2: [
          ...[10, 11, 12].map((n) => sighting('2', n, undefined, 'IO2')),
          sighting('2', 20, undefined, 'IO3'),
          sighting('4', 10, undefined, 'IO2'),
        ],
      },
    });
    await place.plan();
    const worked = await drain(await place.engine());
    expect(worked.map(({ failure }) => failure)).toEqual([null, null, null, null, null, null]);
    const runs = await place.runs();
    const delivered = runs.filter(({ state }) => state === 'delivered');
    const folder = delivered.filter(({ delivery }) => delivery.destination === 'archive');
    expect(folder.map(({ delivery, written }) => [delivery.segmentId, written]).sort()).toEqual([
      ['1480_1', 5],
      ['1480_2_IO1', 3],
      ['1480_2_IO2', 3],
    ]);
    await expectDelivered(place, folder);
    const far = delivered.filter(({ delivery }) => delivery.destination === 'partner');
    expect(far.map(({ delivery, written }) => [delivery.segmentId, written]).sort()).toEqual([
      ['1480_3', 4],
      ['1480_4_IO1', 2],
      ['1480_4_IO2', 1],
    ]);
    await expectDelivered(place, far, partner.inbox);
    const others = runs.filter(({ state }) => state !== 'delivered');
    expect(others).toMatchObject([{ state: 'skipped', reason: 'below_minimum', delivery: { segmentId: '1480_2_IO3' } }]);
    expect(await details(place, others[0]?.id ?? '')).toMatchObject([{ STATUS: 'SKIPPED' }]);
  });

  test('three at once send nothing twice, and each run has one attempt', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => String(n + 1));
    place = await openPlace({
      configs: ids.map((id) => configRow(id, TO_ARCHIVE)),
      devices: Object.fromEntries(ids.map((id) => [id, 3])),
    });
    expect(await place.plan()).toBe(12);
    const engines = [await place.engine(), await place.engine(), await place.engine()];
    const worked = await drain(...engines);
    expect(worked).toHaveLength(12);
    const runs = await place.runs();
    expect(runs.map(({ attempts, failures }) => [attempts, failures])).toEqual(ids.map(() => [1, 0]));
    await expectDelivered(place, runs);
    const attempts = (await Promise.all(runs.map(({ id }) => place.app().ledger.attemptsOf(id)))).flat();
    expect(new Set(attempts.map(({ owner }) => owner)).size).toBeGreaterThan(1);
  });

  test('a worker works on as many runs at once as its settings say, and no more', async () => {
    const ids = ['1', '2', '3', '4', '5'];
    place = await openPlace({
      settings: 'worker: { parallel: 3 }',
      configs: ids.map((id) => configRow(id, TO_ARCHIVE)),
      devices: Object.fromEntries(ids.map((id) => [id, 1])),
    });
    await place.plan();
    const engine = await place.engine();
    const go = gate();
    let open = 0;
    const third = gate();
    const stage = overriding(engine.stage, {
      async open(key, options) {
        open += 1;
        if (open === 3) third.open();
        await go.passed;
        return engine.stage.open(key, options);
      },
    });
    const done = drain({ ...engine, stage });
    await third.passed;
    const live = (await place.runs()).filter(({ leaseOwner }) => leaseOwner !== null);
    expect(live).toHaveLength(3);
    go.open();
    await done;
    await expectDelivered(place, await place.runs());
  });

  test('when stopping, what is under way ends and nothing more is taken', async () => {
    place = await openPlace({
      settings: 'worker: { parallel: 1 }',
      configs: ['1', '2'].map((id) => configRow(id, TO_ARCHIVE)),
      devices: { 1: 1, 2: 1 },
    });
    await place.plan();
    const { engine, asked, go } = stuck(await place.engine());
    const stopping = new AbortController();
    const worker = startWorker(engine, stopping.signal);
    await asked.passed;
    stopping.abort();
    go.open();
    await worker.done;
    expect((await place.runs()).map(({ state, leaseOwner }) => [state, leaseOwner]).sort()).toEqual([
      ['delivered', null],
      ['planned', null],
    ]);
  });

  test.each(['archive', 'partner'])(
    'broken off while sending to %s, a run is handed over: another worker sends the same bytes',
    async (to) => {
      place = await onePlace(50, {
        destinations: partner.yaml('partner', 'maxRows: 20'),
        configs: [configRow('4711', [{ destination: to }])],
      });
      await place.plan();
      const breaking = new AbortController();
      const { engine, asked, go } = stuck(await place.engine({ signal: breaking.signal }));
      const worker = startWorker(engine, new AbortController().signal);
      await asked.passed;
      breaking.abort();
      go.open();
      await worker.done;
      const left = await place.run();
      expect(left).toMatchObject({ state: 'delivering', leaseOwner: null, failures: 0, attempts: 1, error: null, retryAt: null });
      expect(await place.story(left.id)).toEqual(['planned', 'claimed', 'extracting', 'staged', 'delivering', 'released']);
      expect(await place.app().ledger.destinations()).toMatchObject([{ name: to, failures: 0 }]);
      const folder = to === 'archive' ? 'inbox' : partner.inbox;
      expect(place.received(folder)).toEqual({});

      await drain(await place.engine());
      const done = await place.run();
      expect(done).toMatchObject({ attempts: 2, failures: 0, stagePrefix: left.stagePrefix });
      expect(stagedFiles(done)).toEqual(stagedFiles(left));
      await expectDelivered(place, [done], folder);
    },
  );

  test('broken off while cutting, a run is handed over as it is and cut by the next', async () => {
    place = await onePlace(5);
    await place.plan();
    const breaking = new AbortController();
    const own = await place.engine({ signal: breaking.signal });
    const stage = overriding(own.stage, {
      async put(request) {
        breaking.abort();
        return own.stage.put(request);
      },
    });
    await startWorker({ ...own, stage }, new AbortController().signal).done;
    expect(await place.run()).toMatchObject({ state: 'extracting', leaseOwner: null, failures: 0 });
    await drain(await place.engine());
    await expectDelivered(place, [await place.run()]);
  });

  test('wakes for a run that is planned while it waits', async () => {
    place = await onePlace(1);
    const waiting = gate();
    const worked = gate();
    const sleep: Engine['sleep'] = (_ms, signal) => {
      waiting.open();
      // For ever, but for the bell.
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
    };
    const stopping = new AbortController();
    const worker = startWorker(await place.engine({ sleep }), stopping.signal, { onWorked: () => worked.open() });
    await waiting.passed;
    await place.plan();
    worker.wake();
    await worked.passed;
    stopping.abort();
    await worker.done;
    await expectDelivered(place, [await place.run()]);
  });

  test('a control store that is away for a while costs no run', async () => {
    place = await onePlace(1);
    await place.plan();
    const own = await place.engine();
    let looks = 0;
    const ledger = overriding(own.ledger, {
      claimNext(request) {
        looks += 1;
        return looks <= 3 ? Promise.reject(new Error('away')) : own.ledger.claimNext(request);
      },
    });
    const waits: number[] = [];
    const stopping = new AbortController();
    const sleep: Engine['sleep'] = async (ms, signal) => {
      waits.push(ms);
      return own.sleep(ms, signal);
    };
    const worker = startWorker({ ...own, ledger, sleep }, stopping.signal, { onWorked: () => stopping.abort() });
    await worker.done;
    expect(waits.slice(0, 3)).toEqual([2_000, 4_000, 8_000]);
    await expectDelivered(place, [await place.run()]);
  });

  test('two who copy the outbox at once write each row once', async () => {
    place = await openPlace({
      configs: ['1', '2', '3'].map((id) => configRow(id, TO_ARCHIVE)),
      devices: { 1: 1, 2: 1, 3: 1 },
    });
    await place.plan();
    await drain(await place.engine());
    const engine = await place.engine();
    await Promise.all([settleOutbox(engine), settleOutbox(engine), settleOutbox(engine)]);
    await expectDelivered(place, await place.runs());
  });

  test('an outage that outlasts the deadline costs no run: it is tried late, and then given up if it fails', async () => {
    place = await openPlace({ configs: ['1', '2'].map((id) => configRow(id, TO_ARCHIVE)), devices: { 1: 1, 2: 1 } });
    await place.plan();
    place.clock.move(2 * DAY);
    const own = await place.engine();
    let first: string | null = null;
    const stage = overriding(own.stage, {
      open(key, options) {
        first ??= key;
        return key === first ? Promise.reject(transientError('busy', 'Busy.')) : own.stage.open(key, options);
      },
    });
    await drain({ ...own, stage });
    const runs = await place.runs();
    const failed = runs.filter(({ state }) => state === 'failed');
    expect(failed).toMatchObject([{ error: { code: 'busy' }, attempts: 1 }]);
    await expectDelivered(
      place,
      runs.filter((run) => !failed.includes(run)),
    );
  });
});

describe('a worker that slept past its lease', () => {
  test.each(['archive', 'partner'])('sends nothing to %s, and records nothing: the run is another’s', async (to) => {
    place = await onePlace(3, { destinations: partner.yaml('partner'), configs: [configRow('4711', [{ destination: to }])] });
    const folder = to === 'archive' ? place.project.path('inbox') : partner.inbox;
    await place.plan();
    const sleeper = asleep(await place.engine());
    const asked: Promise<void> = sleeper.asked.passed;
    const slept = drain(sleeper.engine);
    await asked;
    place.clock.move(LEASE_MS + 1);
    const other = stuck(await place.engine());
    const finished = drain(other.engine);
    await other.asked.passed;
    expect((await place.run()).attempts).toBe(2);

    sleeper.go.open();
    expect(await slept).toMatchObject([{ failure: { code: 'lease_lost' }, retryInMs: null }]);
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual([]);
    expect(await place.run()).toMatchObject({ state: 'delivering', failures: 0, error: null });

    other.go.open();
    await finished;
    const run = await place.run();
    await expectDelivered(place, [run], folder);
    expect(run.receipt?.files).toMatchObject([{ outcome: 'sent' }]);
    expect(readdirSync(folder)).toHaveLength(1);
    expect((await place.story(run.id)).filter((step) => step === 'lost')).toHaveLength(1);
    expect(await place.app().ledger.destinations()).toMatchObject([{ name: to, failures: 0 }]);
  });

  test('while it cut has its files replaced by those of another cut, whole and under other names', async () => {
    place = await onePlace(3);
    await place.plan();
    const own = await place.engine();
    const put = gate();
    const go = gate();
    const stage = overriding(own.stage, {
      async put(request) {
        put.open();
        await go.passed;
        return own.stage.put(request);
      },
    });
    const ledger = overriding(own.ledger, { renew: (...args) => go.passed.then(() => own.ledger.renew(...args)) });
    const slept = drain({ ...own, stage, ledger });
    await put.passed;
    place.clock.move(LEASE_MS + 1);
    await drain(await place.engine());
    go.open();
    expect(await slept).toMatchObject([{ failure: { code: 'lease_lost' } }]);
    await expectDelivered(place, [await place.run()]);
  });
});
