import { afterEach, beforeEach, expect, test } from 'vitest';
import { resync } from '../src/delivery/resync.ts';
import { transientError } from '../src/errors.ts';
import type { Run } from '../src/ledger/run.ts';
import { sql } from '../src/lib/sql.ts';
import { startWorker } from '../src/schedule/worker.ts';
import { rejectionsOf } from '../src/shapes/rejections-of.ts';
import { type TtdServer, ttdServer } from './standins/ttd-server.ts';
import { device } from './support/project.ts';
import { configRow } from './support/seed.ts';
import { drain } from './support/worker-drain.ts';
import { DAY, MINUTE, openPlace, sighting, type WorkerPlace } from './support/worker-place.ts';

/** Week after week at a partner with an API, through the real engine: what it is told, and what it holds. */

const SEGMENT = '1480_4711';
const OWNER = 'adv-1';

let partner: TtdServer;
let place: WorkerPlace;
beforeEach(async () => {
  partner = await ttdServer({ tokens: { 'a-token': [OWNER] }, now: () => place.clock.now() });
  place = await openPlace({
    destinations: `
  ttd:
    type: ttd-api
    mode: advertiser
    advertiserId: ${OWNER}
    token: env:TTD_TOKEN
    url: ${partner.url}
    deletionUrl: ${partner.url}
  drop:
    type: partner-file
    via: { type: folder, path: ../inbox }
    columns: [{ header: id, value: identifier }, { header: what, value: action }]
    minRows: 2
    manifest: { per: none }
    done: { per: none }`,
    settings: 'guards: { maxSizeChange: null }',
    env: { TTD_TOKEN: 'a-token' },
    configs: [configRow('4711', [{ destination: 'ttd', refresh: 'incremental', lookbackDays: 10 }])],
    rows: {
      AD_IMPRESSION_LOG_V2: [
        ...range(0, 10).map((n) => sighting('4711', n, '2026-02-15T10:00:00Z')),
        ...range(10, 15).map((n) => sighting('4711', n, '2026-02-08T10:00:00Z')),
      ],
    },
  });
});
afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await partner[Symbol.asyncDispose]();
});

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);
const ids = (...numbers: readonly number[]) => new Set(numbers.map((n) => device(47_110_000 + n)));
const held = (): ReadonlySet<string> => partner.values(OWNER, SEGMENT);

/** Plans and works on what is due; gives the newest run. */
async function week(): Promise<Run> {
  await place.plan();
  await drain(await place.engine());
  const [run] = await place.runs();
  if (run === undefined) throw new Error('There is no run.');
  return run;
}

const nextWeek = (): void => place.clock.move(7 * DAY);
const seen = (at: string, ...numbers: readonly number[]) =>
  place.load(
    'AD_IMPRESSION_LOG_V2',
    numbers.map((n) => sighting('4711', n, at)),
  );
const isData = ({ path }: { path: string }): boolean => path === '/data/advertiser';
const membersOf = () =>
  place.query(
    sql`SELECT "IDENTIFIER_VALUE" AS value, "LAST_SENT_AT" AS sent FROM "SEGMENT_DATA"."DELIVERED_MEMBERS" WHERE "REMOVED_AT" IS NULL`,
  );

test('each week the partner is told what has changed, and holds exactly the audience', async () => {
  const first = await week();
  expect(first).toMatchObject({ state: 'delivered', rowsAdded: 15, rowsRemoved: 0, receipt: { accepted: 15 } });
  expect(first.manifest?.changes).toEqual({
    ...{ added: 15, resent: 0, removed: 0, optedOut: 0, unchanged: 0, left: 0, postponed: 0 },
    keptDays: 90,
  });
  expect(held()).toEqual(ids(...range(0, 15)));

  nextWeek();
  await seen('2026-02-20T10:00:00Z', 20, 21, 22);
  const second = await week();
  expect(second.manifest?.changes).toMatchObject({ added: 3, removed: 5, unchanged: 10 });
  expect(second).toMatchObject({ state: 'delivered', written: 13, rowsAdded: 3, rowsRemoved: 5, receipt: { accepted: 8 } });
  expect(held()).toEqual(ids(...range(0, 10), 20, 21, 22));
  expect(new Set((await membersOf()).map(({ value }) => value))).toEqual(held());

  // Whoever opts out is told as such, though he would only have left the audience.
  nextWeek();
  await seen('2026-02-27T10:00:00Z', ...range(0, 10));
  await place.load('SUPPRESSION', [{ IDENTIFIER_TYPE: 'MAID', IDENTIFIER_VALUE: device(47_110_000), AGENCY_ID: '1480' }]);
  const third = await week();
  expect(third.manifest?.changes).toMatchObject({ added: 0, removed: 0, optedOut: 1, unchanged: 12 });
  expect(partner.optedOut.size).toBe(1);
  expect(new Set((await membersOf()).map(({ value }) => value))).toEqual(ids(...range(1, 10), 20, 21, 22));
});

test('a delivery that the partner half applied, and whose line was dropped, ends with exactly the audience', async () => {
  await week();
  for (const fault of ['reset-before', 'reset-after', 'truncated-answer'] as const) {
    nextWeek();
    const at = new Date(place.clock.now().getTime() - DAY).toISOString();
    const shift = (place.clock.now().getTime() / DAY) % 1000;
    const wanted = [Math.round(shift), Math.round(shift) + 1, 2, 3];
    await seen(at, ...wanted);
    // More often than one attempt has patience for.
    partner.fail(
      Array.from({ length: 7 }, () => fault),
      isData,
    );
    expect(await week()).toMatchObject({ state: 'delivering', error: { kind: 'transient' } });
    partner.recover();
    place.clock.move(30 * MINUTE);
    const run = await week();
    expect(run.state).toBe('delivered');
    const held = partner.values(OWNER, SEGMENT);
    for (const id of ids(...wanted)) expect(held.has(id)).toBe(true);
    expect(held.size).toBe(run.written);
  }
});

test('a new suppression while the partner is half told has the audience cut again, and nobody stays there by mistake', async () => {
  await week();
  nextWeek();
  await seen('2026-02-20T10:00:00Z', 20, 21, 22);
  partner.fail(
    Array.from({ length: 7 }, () => 'reset-after' as const),
    isData,
  );
  expect((await week()).state).toBe('delivering');
  partner.recover();
  // It was told of 20 already; from here on it must forget it.
  await place.load('SUPPRESSION', [{ IDENTIFIER_TYPE: 'MAID', IDENTIFIER_VALUE: device(47_110_020), AGENCY_ID: '1480' }]);
  place.clock.move(30 * MINUTE);
  const run = await week();
  expect(run).toMatchObject({ state: 'delivered' });
  expect(run.manifest?.changes).toMatchObject({ optedOut: 1 });
  expect([...partner.optedOut].some((one) => one.includes(device(47_110_020)))).toBe(true);
  for (const id of ids(...range(0, 10), 21, 22)) expect(held().has(id)).toBe(true);
  for (const id of ids(...range(10, 15))) expect(held().has(id)).toBe(false);
});

test('rows that the partner refuses are counted by reason, do not count as held, and are sent again', async () => {
  await week();
  nextWeek();
  await seen('2026-02-20T10:00:00Z', 20);
  partner.fail(
    [
      {
        status: 200,
        body: { FailedLines: [{ ItemNumber: '1', DataName: SEGMENT, ErrorCode: 'UserNotMapped', Message: 'No.' }] },
      },
    ],
    ({ body }) => body.toString().toLowerCase().includes(device(47_110_020)),
  );
  const run = await week();
  expect(run).toMatchObject({ state: 'partial', receipt: { rejected: 1, reasons: { UserNotMapped: 1 } } });
  const [rejection] = rejectionsOf(place.app().settings, run);
  expect(rejection).toMatchObject({ reason: 'UserNotMapped', rows: 1, advice: expect.stringMatching(/\w/) });
  expect(JSON.stringify(run)).not.toContain(device(47_110_020).slice(0, 8));
  expect((await membersOf()).some(({ value }) => value === device(47_110_020))).toBe(false);

  nextWeek();
  await seen('2026-02-27T10:00:00Z', 20);
  expect((await week()).manifest?.changes).toMatchObject({ added: 1 });
  expect(held().has(device(47_110_020))).toBe(true);
});

test('after a resync everybody is sent once more, and what the staged files tell is taken away again', async () => {
  await week();
  await place.execute(sql`DELETE FROM "SEGMENT_DATA"."DELIVERED_MEMBERS"`);
  const key = { agencyId: '1480', advertiserId: '4711', destination: 'ttd', segmentId: SEGMENT };
  expect(await resync(await place.engine(), key, new AbortController().signal)).toEqual({
    replayed: 1,
    unreadable: 0,
    members: 15,
  });
  expect((await membersOf()).every(({ sent }) => sent === null)).toBe(true);
  nextWeek();
  const run = await week();
  expect(run.manifest?.changes).toMatchObject({ added: 0, resent: 10, removed: 5 });
  expect(held()).toEqual(ids(...range(0, 10)));
});

const configure = (entry: Readonly<Record<string, unknown>>) =>
  place.execute(
    sql`UPDATE "BASE_TABLES"."REF_ADVERTISER_CONFIG" SET "DELIVERY_DESTINATIONS" = ${JSON.stringify([{ destination: 'ttd', refresh: 'incremental', ...entry }])}`,
  );

test('a longer time at the partner holds for those who are there already', async () => {
  await configure({ lookbackDays: 60, ttlDays: 28 });
  await week();
  await configure({ lookbackDays: 60, ttlDays: 90 });
  nextWeek();
  expect((await week()).manifest?.changes).toMatchObject({ added: 0, resent: 15, keptDays: 90 });
  for (let passed = 1; passed < 5; passed += 1) {
    nextWeek();
    const { added, unchanged } = (await week()).manifest?.changes ?? {};
    expect({ added, unchanged }).toEqual({ added: 0, unchanged: 15 });
    expect(held()).toEqual(ids(...range(0, 15)));
  }
});

test('a shorter time at the partner does not make it forget whoever was sent with a longer one', async () => {
  await configure({ lookbackDays: 10, ttlDays: 90 });
  await week();
  await configure({ lookbackDays: 10, ttlDays: 10 });
  nextWeek();
  nextWeek();
  await seen('2026-03-01T10:00:00Z', 20, 21);
  expect((await week()).manifest?.changes).toMatchObject({ added: 2, removed: 15 });
  expect(held()).toEqual(ids(20, 21));
});

test('another segment of the partner is told everybody', async () => {
  await configure({ lookbackDays: 60 });
  await week();
  await configure({ lookbackDays: 60, partnerReference: 'element-7' });
  nextWeek();
  expect((await week()).manifest?.changes).toMatchObject({ added: 0, resent: 15 });
  expect(partner.values(OWNER, 'element-7')).toEqual(ids(...range(0, 15)));
});

test('opt-outs that are too few for a file are counted as waiting, in a full refresh too, and go with the next', async () => {
  await configure({ destination: 'drop', refresh: 'full' });
  await week();
  for (const [n, counts] of [
    [0, { removed: 0, postponed: 1 }],
    [1, { removed: 2, postponed: 0 }],
  ] as const) {
    nextWeek();
    await seen(new Date(place.clock.now().getTime() - DAY).toISOString(), ...range(0, 10));
    await place.load('SUPPRESSION', [{ IDENTIFIER_TYPE: 'MAID', IDENTIFIER_VALUE: device(47_110_000 + n), AGENCY_ID: '1480' }]);
    expect((await week()).manifest?.changes).toMatchObject(counts);
  }
});

test('a member that the partner refuses in one attempt and takes in the next counts as held', async () => {
  await week();
  nextWeek();
  await seen('2026-02-20T10:00:00Z', 20);
  partner.fail(
    [
      {
        status: 200,
        body: { FailedLines: [{ ItemNumber: '1', DataName: SEGMENT, ErrorCode: 'Unknown', Message: 'Not now.' }] },
      },
      ...Array.from({ length: 7 }, () => 'reset-before' as const),
    ],
    isData,
  );
  expect(await week()).toMatchObject({ state: 'delivering', error: { kind: 'transient' } });
  partner.recover();
  place.clock.move(30 * MINUTE);
  expect(await week()).toMatchObject({ state: 'delivered' });
  expect(held()).toEqual(ids(...range(0, 10), 20));
  expect(new Set((await membersOf()).map(({ value }) => value))).toEqual(held());
});

test('a resync forgets nobody: neither whose files are gone, nor whom a delivery that broke off may have told of', async () => {
  const first = await week();
  nextWeek();
  await seen('2026-02-20T10:00:00Z', 20, 21);
  partner.fail(
    Array.from({ length: 7 }, () => 'reset-after' as const),
    isData,
  );
  expect((await week()).state).toBe('delivering');
  partner.recover();
  for (const { name } of first.manifest?.files ?? []) await (await place.engine()).stage.remove(`${first.stagePrefix}/${name}`);
  const key = { agencyId: '1480', advertiserId: '4711', destination: 'ttd', segmentId: SEGMENT };
  expect(await resync(await place.engine(), key, new AbortController().signal)).toEqual({
    replayed: 0,
    unreadable: 1,
    members: 17,
  });
  nextWeek();
  nextWeek();
  await seen('2026-03-08T10:00:00Z', 30);
  expect((await week()).state).toBe('delivered');
  expect(held()).toEqual(ids(30));
});

test('a week without any change calls nobody, and is delivered', async () => {
  await week();
  nextWeek();
  await place.execute(
    sql`UPDATE "BASE_TABLES"."AD_IMPRESSION_LOG_V2" SET "AUCTION_TIMESTAMP" = ${new Date('2026-02-20T00:00:00Z')}`,
  );
  const calls = partner.calls.length;
  expect(await week()).toMatchObject({ state: 'delivered', written: 15, receipt: { accepted: 0, files: [] } });
  expect(partner.calls.length).toBe(calls);
});

test('a process that dies at any step of a run leaves nothing that the next one does not put right', async () => {
  await week();
  const steps = ['extracting', 'staged', 'delivering', 'delivered'] as const;
  for (const [index, [step, moment]] of steps.flatMap((one) => [[one, 'before'] as const, [one, 'after'] as const]).entries()) {
    nextWeek();
    const yesterday = new Date(place.clock.now().getTime() - DAY).toISOString();
    const wanted = [...range(0, 5), 100 + index, 101 + index];
    await seen(yesterday, ...wanted);
    await dieAt(step, moment);
    place.clock.move(MINUTE);
    const run = await week();
    expect({ step, moment, state: run.state }).toEqual({ step, moment, state: 'delivered' });
    expect(held()).toEqual(ids(...(await audienceNow())));
  }
  nextWeek();
  await seen(new Date(place.clock.now().getTime() - DAY).toISOString(), 3, 4);
  expect((await week()).state).toBe('delivered');
  expect(held()).toEqual(ids(...(await audienceNow())));
  expect(new Set((await membersOf()).map(({ value }) => value))).toEqual(held());
});

/** Whoever was seen within the look-back, by number. */
async function audienceNow(): Promise<readonly number[]> {
  const from = new Date(place.clock.now().getTime() - 10 * DAY);
  const rows = await place.query(
    sql`SELECT DISTINCT lower("DEVICE_ID_RAW") AS id FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" WHERE CAST("AUCTION_TIMESTAMP" AS TIMESTAMP) >= ${from}`,
  );
  return rows.map(({ id }) => Number.parseInt(String(id).slice(1, 8), 16) - 47_110_000);
}

/** Works on what is due until the run comes to a step, before or after it is recorded; from then on the process does nothing. */
async function dieAt(step: Run['state'], moment: 'before' | 'after'): Promise<void> {
  await place.plan();
  const engine = await place.engine();
  const stopping = new AbortController();
  const ledger = new Proxy(engine.ledger, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        const isHere = name === 'advance' && args[2] === step;
        if (stopping.signal.aborted) throw transientError('control_store_unreachable', 'The process is dead.');
        if (isHere && moment === 'before') stopping.abort();
        else {
          const result: unknown = await method.apply(target, args);
          if (!isHere) return result;
          stopping.abort();
        }
        throw transientError('control_store_unreachable', 'The process is dead.');
      };
    },
  });
  await startWorker({ ...engine, ledger }, stopping.signal).done;
}
