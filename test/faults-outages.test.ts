import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Engine } from '../src/delivery/engine.ts';
import { LEASE_MS } from '../src/delivery/heartbeat.ts';
import { transientError } from '../src/errors.ts';
import { systemClock } from '../src/lib/clock.ts';
import { repeat } from '../src/schedule/task.ts';
import { settleTask } from '../src/schedule/tasks.ts';
import { startWorker } from '../src/schedule/worker.ts';
import { workOff } from './support/fault-paths.ts';
import { startCrashingPostgres } from './support/fault-postgres.ts';
import { workToTheEnd } from './support/fault-worker.ts';
import { s3Error, startS3Server } from './support/s3-server.ts';
import { SECRET } from './support/s3-stage.ts';
import { configRow } from './support/seed.ts';
import { startSshd } from './support/sshd.ts';
import { overriding, stuck } from './support/worker-drain.ts';
import { openPartner } from './support/worker-partner.ts';
import {
  DAY,
  details,
  expectDelivered,
  MINUTE,
  onePlace,
  SECOND,
  START,
  sighting,
  stagedFiles,
  type WorkerPlace,
} from './support/worker-place.ts';

/** Each of the servers around a delivery goes away in the middle of it and comes back: one file arrives, and everybody knows of it. */

let place: WorkerPlace;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aquarius-outage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A secret in a file, as a reference. */
function secret(name: string, value: string): string {
  writeFileSync(join(folder, name), value);
  return `file:${join(folder, name)}`;
}

describe('PostgreSQL is restarted without a farewell', () => {
  test.each(['while a file is being sent', 'right before the last step is recorded'])('%s', async (moment) => {
    const server = await startCrashingPostgres();
    try {
      // The time that counts is the server's.
      const now = systemClock.now().getTime();
      place = await onePlace(0, {
        settings: `controlStore: { url: '${secret('url', server.url)}' }\nworker: { retryFirstSeconds: 1 }`,
        rows: { AD_IMPRESSION_LOG_V2: [1, 2, 3].map((n) => sighting('4711', n, new Date(now - DAY).toISOString())) },
      });
      place.clock.move(now - Date.parse(START));
      await place.plan();
      let crashes = 0;
      const crashOnce = (): void => {
        crashes += 1;
        if (crashes === 1) server.crash();
      };
      const own = await place.engine();
      const stage = overriding(own.stage, {
        async open(key, options) {
          if (moment.includes('sent')) crashOnce();
          return own.stage.open(key, options);
        },
      });
      const ledger = overriding(own.ledger, {
        async recordDestination(...args) {
          const state = await own.ledger.recordDestination(...args);
          if (!moment.includes('sent')) crashOnce();
          return state;
        },
      });
      const worked = await workToTheEnd({ ...own, stage, ledger });
      expect(crashes).toBeGreaterThan(0);
      const run = await place.run();
      await expectDelivered(place, [run]);
      for (const { failure } of worked.slice(0, -1)) expect(failure).toMatchObject({ kind: 'transient' });
    } finally {
      await place[Symbol.asyncDispose]();
      await server.stop();
    }
  });
});

describe('the S3 server answers 503 for a minute', () => {
  const { random } = Math;
  // The S3 client draws each pause before a further attempt, from none at all to many seconds: here it draws short ones.
  beforeEach(() => {
    vi.spyOn(Math, 'random').mockImplementation(() => random() / 1_000);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test.each(['PutObject', 'GetObject'] as const)('to every %s: the run is tried again until it is back', async (operation) => {
    const s3 = await startS3Server();
    try {
      place = await onePlace(3, {
        settings: `
stage:
  type: s3
  bucket: ${s3.newBucket()}
  region: us-east-1
  endpoint: ${s3.endpoint}
  forcePathStyle: true
  accessKeyId: '${secret('key', s3.accessKeyId)}'
  secretAccessKey: '${secret('secret', SECRET)}'`,
      });
      await place.plan();
      const back = place.clock.now().getTime() + MINUTE;
      let refused = 0;
      s3.inject({
        when: (request) => request.operation === operation && place.clock.now().getTime() < back,
        times: Number.POSITIVE_INFINITY,
        answer() {
          refused += 1;
          return s3Error(503, 'SlowDown');
        },
      });
      const worked = await workToTheEnd(await place.engine({ random }), place.clock);
      expect(refused).toBeGreaterThan(0);
      expect(worked.length).toBeGreaterThan(2);
      for (const { failure, retryInMs } of worked.slice(0, -1)) {
        expect(failure).toMatchObject({
          kind: 'transient',
          code: expect.stringMatching(/^stage/),
          hint: expect.stringMatching(/\S/),
        });
        expect(retryInMs).toBeGreaterThan(0);
      }
      const run = await place.run();
      expect(run).toMatchObject({ attempts: worked.length, failures: worked.length - 1 });
      expect(place.clock.now().getTime()).toBeGreaterThanOrEqual(back);
      await expectDelivered(place, [run]);
      // The stage's outage is not the destination's.
      expect(await place.app().ledger.destinations()).toMatchObject([{ name: 'archive', failures: 0 }]);
    } finally {
      await place[Symbol.asyncDispose]();
      await s3[Symbol.asyncDispose]();
    }
  });
});

/** The processes that a server has started, and those that they have. */
function sessionsOf(pid: number): readonly number[] {
  const all = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] => all.filter(([, ppid]) => ppid === parent).flatMap(([own]) => [own, ...below(own)]);
  return below(pid);
}

describe('an SFTP server', () => {
  test('that stops answering in the middle is given up, and gets the same file when it answers again', async () => {
    const sshd = await startSshd();
    const partner = await openPartner(sshd);
    let stopped: readonly number[] = [];
    try {
      place = await onePlace(2_000, {
        destinations: partner.yaml('partner', 'stallSeconds: 1'),
        configs: [configRow('4711', [{ destination: 'partner' }])],
      });
      await place.plan();
      const own = await place.engine();
      const stage = overriding(own.stage, {
        async open(key, options) {
          stopped = sessionsOf(sshd.pid);
          for (const pid of stopped) process.kill(pid, 'SIGSTOP');
          return own.stage.open(key, options);
        },
      });
      await workOff({ ...own, stage });
      expect(stopped.length).toBeGreaterThan(0);
      const left = await place.run();
      expect(left).toMatchObject({
        state: 'delivering',
        failures: 1,
        leaseOwner: null,
        error: { kind: 'transient', code: 'sftp_stall', hint: expect.stringContaining('stallSeconds') },
      });
      expect(place.received(partner.inbox)).toEqual({});
      expect(await place.app().ledger.destinations()).toMatchObject([{ name: 'partner', failures: 1 }]);

      for (const pid of stopped) process.kill(pid, 'SIGCONT');
      stopped = [];
      place.clock.move(MINUTE);
      await workOff(await place.engine());
      const run = await place.run();
      expect(run).toMatchObject({ attempts: 2, stagePrefix: left.stagePrefix });
      await expectDelivered(place, [run], partner.inbox);
      expect(readdirSync(partner.inbox)).toHaveLength(1);
    } finally {
      for (const pid of stopped) process.kill(pid, 'SIGCONT');
      await place[Symbol.asyncDispose]();
      await partner[Symbol.asyncDispose]();
      await sshd.stop();
    }
  });
});

describe('the warehouse', () => {
  test('that is away keeps its copy of the ledger waiting, and gets each row once when it is back', async () => {
    place = await onePlace(3);
    try {
      await place.plan();
      await workOff(await place.engine());
      const own = await place.engine();
      const stopping = new AbortController();
      const waits: number[] = [];
      let asked = 0;
      const warehouse = overriding(own.warehouse, {
        async session() {
          asked += 1;
          if (asked <= 5) throw transientError('warehouse_stopped', 'The test has stopped the warehouse.');
          // Twice it goes away again in the middle: after the rows, and after they are committed.
          const session = await own.warehouse.session();
          if (asked > 7) return session;
          return overriding(session, {
            transaction: async (work) => {
              const failed = transientError('warehouse_stopped', 'The test has stopped the warehouse.');
              if (asked === 7) {
                await session.transaction(work);
                throw failed;
              }
              return session.transaction(async () => {
                await work();
                throw failed;
              });
            },
          });
        },
      });
      const sleep: Engine['sleep'] = async (ms) => {
        waits.push(ms);
        if ((await own.ledger.pendingOutbox(1)).length === 0) stopping.abort();
      };
      await repeat({ ...own, sleep }, settleTask({ ...own, warehouse }), stopping.signal);
      expect(asked).toBe(8);
      expect(waits.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 32, 60].map((seconds) => seconds * SECOND));
      const run = await place.run();
      expect(await details(place, run.id)).toHaveLength(1);
      await expectDelivered(place, [run]);
    } finally {
      await place[Symbol.asyncDispose]();
    }
  });
});

/** An engine whose control store is away while `away` says so; the rest of the world goes on. */
function cutOff(engine: Engine) {
  let isAway = false;
  const ledger = new Proxy(engine.ledger, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (isAway && typeof property === 'string')
          return Promise.reject(transientError('control_store_unreachable', 'The test has taken the control store away.'));
        return Reflect.apply(value, object, args);
      };
    },
  });
  return {
    engine: { ...engine, ledger },
    leave: () => {
      isAway = true;
    },
    comeBack: () => {
      isAway = false;
    },
  };
}

describe('the control store is away for longer than the lease while a file is being sent', () => {
  test.each([
    { case: 'and back too late: another worker has sent it', taken: true, back: true, code: 'lease_lost' },
    { case: 'and stays away: another worker sends it', taken: true, back: false, code: null },
    { case: 'and back before anybody took the run: its worker goes on', taken: false, back: true, code: null },
    { case: 'and stays away: nothing is published until somebody takes the run', taken: false, back: false, code: null },
  ])('$case', async ({ taken, back, code }) => {
    place = await onePlace(2_000);
    try {
      await place.plan();
      const { engine: far, leave, comeBack } = cutOff(await place.engine());
      const { engine, asked, go } = stuck(far);
      const stopping = new AbortController();
      const failures: unknown[] = [];
      const { done } = startWorker(engine, stopping.signal, { onWorked: ({ failure }) => failures.push(failure) });
      await asked.passed;
      leave();
      stopping.abort();
      const staged = await place.run();
      expect(staged.state).toBe('delivering');
      place.clock.move(LEASE_MS + SECOND);
      if (taken) await workOff(await place.engine());
      if (back) comeBack();
      go.open();
      await done;
      if (code !== null) expect(failures).toMatchObject([{ code }]);
      if (!taken && !back) {
        expect(place.received()).toEqual({});
        await workOff(await place.engine());
      }
      const run = await place.run();
      expect(run).toMatchObject({ attempts: !taken && back ? 1 : 2, stagePrefix: staged.stagePrefix });
      expect(stagedFiles(run)).toEqual(stagedFiles(staged));
      expect(run.receipt?.files).toMatchObject([{ outcome: 'sent' }]);
      await expectDelivered(place, [run]);
      expect(readdirSync(place.project.path('inbox'))).toHaveLength(1);
    } finally {
      await place[Symbol.asyncDispose]();
    }
  });
});
