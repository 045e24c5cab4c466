import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectCosts } from '../src/delivery/collect-costs.ts';
import type { Engine } from '../src/delivery/engine.ts';
import { withSession } from '../src/delivery/with-session.ts';
import { openLedger } from '../src/ledger/open.ts';
import { systemClock } from '../src/lib/clock.ts';
import { keepResources } from '../src/lib/kept-resources.ts';
import { sql } from '../src/lib/sql.ts';
import { settleTask } from '../src/schedule/tasks.ts';
import { bindCatalogue } from '../src/warehouse/catalogue.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { openSnowflake } from '../src/warehouse/snowflake/snowflake.ts';
import { TABLES } from '../src/warehouse/tables.ts';
import type { Warehouse } from '../src/warehouse/warehouse.ts';
import { type SnowflakeServer, startSnowflake } from './snowflake/server.ts';
import { sqliteFile } from './support/control-stores.ts';
import { handClock } from './support/hand-clock.ts';
import { planRequest } from './support/plan-request.ts';
import { optionsFor } from './support/snowflake-warehouse.ts';

/** What Snowflake says of the costs of statements comes into the ledger, by run and step. */

let server: SnowflakeServer;
beforeAll(async () => {
  server = await startSnowflake();
});
afterAll(() => server[Symbol.asyncDispose]());

interface World extends AsyncDisposable {
  readonly engine: Engine;
  /** Runs statements as a step of a run or a call. */
  spend(about: string | undefined, step: 'refresh' | 'cut' | 'unload', statements: number): Promise<void>;
  makeRun(advertiserId: string): Promise<string>;
}

async function makeWorld(warehouse: Warehouse): Promise<World> {
  const cleanup = new AsyncDisposableStack();
  const { place } = cleanup.use(await sqliteFile());
  const ledger = cleanup.use(await openLedger(place, { clock: systemClock, program: '1.2.3' }));
  cleanup.use(warehouse);
  const kept = cleanup.use(keepResources(15_000));
  const engine = { warehouse, kept, ledger, clock: systemClock, log: pino({ level: 'silent' }) } as unknown as Engine;
  return {
    engine,
    async spend(about, step, statements) {
      await withSession(
        about === undefined ? engine : { ...engine, about },
        async (session) => {
          for (let n = 0; n < statements; n += 1) await session.all(sql`SELECT 1 AS one`);
        },
        step,
      );
    },
    async makeRun(advertiserId) {
      const request = planRequest();
      return (await ledger.planRun({ ...request, delivery: { ...request.delivery, advertiserId } })).run.id;
    },
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

const histories = () => server.statements.filter(({ sql: text }) => text.includes('QUERY_HISTORY')).length;

test('one statement tells the costs of many runs, each once, and their parts of what was done for all of them', async () => {
  await using world = await makeWorld(openSnowflake(optionsFor(server, { queryTag: 'first', creditsPerHour: 3_600 })));
  const { engine, spend } = world;
  const runs = [await world.makeRun('1'), await world.makeRun('2'), await world.makeRun('3')];
  const [one = '', two = '', three = ''] = runs;
  const call = engine.ledger.store.newId();
  await spend(call, 'refresh', 3);
  await spend(one, 'unload', 2);
  await Promise.all([spend(two, 'unload', 1), spend(two, 'cut', 1)]);
  await spend(undefined, 'refresh', 5);
  const before = histories();
  await collectCosts(engine, { call, runIds: runs });
  expect(histories() - before).toBe(1);
  const facts = async (id: string) =>
    (await engine.ledger.costsOf(id)).map(({ step, statements, sharedBy }) => [step, statements, sharedBy]);
  expect(await facts(one)).toEqual([
    ['unload', 2, null],
    ['refresh', 3, 3],
  ]);
  expect(await facts(two)).toEqual([
    ['cut', 1, null],
    ['unload', 1, null],
    ['refresh', 3, 3],
  ]);
  expect(await facts(three)).toEqual([['refresh', 3, 3]]);
  const [unload, refresh] = await engine.ledger.costsOf(one);
  // The stand-in scans 1,024 bytes for a statement and as many for a row.
  expect(unload?.bytesScanned).toBe(2 * 2 * 1_024);
  expect(refresh?.bytesScanned).toBe((3 * 2 * 1_024) / 3);
  // A credit a second.
  expect(unload?.credits).toBeCloseTo((unload?.elapsedMs ?? 0) / 1_000, 6);

  await collectCosts(engine);
  await spend(one, 'unload', 1);
  await collectCosts(engine);
  expect(await facts(one)).toEqual([
    ['unload', 3, null],
    ['refresh', 3, 3],
  ]);
});

test('what another process has run is counted, once, by whoever asks', async () => {
  await using world = await makeWorld(openSnowflake(optionsFor(server, { queryTag: 'second' })));
  await using other = await makeWorld(openSnowflake(optionsFor(server, { queryTag: 'second' })));
  const id = await world.makeRun('1');
  await other.spend(id, 'cut', 2);
  await world.spend(id, 'cut', 1);
  const shared = { ...other.engine, ledger: world.engine.ledger } as Engine;
  await Promise.all([collectCosts(shared), collectCosts(world.engine)]);
  expect(await world.engine.ledger.costsOf(id)).toMatchObject([{ statements: 3 }]);
});

test('a history that cannot be read fails nobody', async () => {
  await using world = await makeWorld(openSnowflake(optionsFor(server, { queryTag: 'third' })));
  const id = await world.makeRun('1');
  await world.spend(id, 'cut', 1);
  server.faults.add({ kind: 'fail', when: (text) => text.includes('QUERY_HISTORY'), code: '000604', message: 'Canceled.' });
  await collectCosts(world.engine);
  await collectCosts(world.engine);
  expect(await world.engine.ledger.costsOf(id)).toMatchObject([{ statements: 1 }]);
});

test('a server asks where something was done, and every five minutes at most', async () => {
  await using world = await makeWorld(openSnowflake(optionsFor(server, { queryTag: 'fourth' })));
  const clock = handClock(new Date().toISOString());
  const catalogue = await withSession(world.engine, async (session) => {
    await createTables(
      session,
      TABLES.filter(({ name }) => name === 'SEGMENT_DELIVERY_DETAILS'),
    );
    return bindCatalogue(session, {});
  });
  const task = settleTask({ ...world.engine, clock, catalogue });
  const asked = async (minutes: number): Promise<number> => {
    clock.move(minutes * 60_000);
    const before = histories();
    await task.run(new AbortController().signal);
    return histories() - before;
  };
  expect(await asked(0)).toBe(0);
  const first = await world.makeRun('1');
  expect([await asked(0), await asked(10)]).toEqual([1, 0]);
  await world.spend(first, 'cut', 1);
  await world.makeRun('2');
  expect(await asked(0)).toBe(1);
  await world.makeRun('3');
  expect([await asked(1), await asked(5), await asked(5)]).toEqual([0, 1, 0]);
  expect(await world.engine.ledger.costsOf(first)).toMatchObject([{ step: 'cut', statements: 1 }]);
});

test('a warehouse that keeps no account has no costs', async () => {
  await using world = await makeWorld(await openDuckDB({ path: ':memory:', readOnly: false, threads: 1 }));
  const id = await world.makeRun('1');
  await world.spend(id, 'cut', 1);
  await collectCosts(world.engine, { call: 'call', runIds: [id] });
  expect(await world.engine.ledger.costsOf(id)).toEqual([]);
  expect(await world.engine.ledger.costsCountedTo()).toBeNull();
});
