import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AquariusError } from '../src/errors.ts';
import { DAY_MS } from '../src/lib/clock.ts';
import { ident, sql } from '../src/lib/sql.ts';
import { openPrepared } from '../src/reach/prepared-reach.ts';
import type { Session } from '../src/warehouse/warehouse.ts';
import {
  addRows,
  dice,
  differences,
  drift,
  LOGS,
  logicalRows,
  logicalTables,
  makeFresh,
  NO_DRIFT,
  ofDay,
  openWorld,
  REACH_TABLES,
  type ReachWorld,
  refresh,
  SCHEMA,
  START,
} from './support/reach-world.ts';

/**
 * A refresh that stops at any of its statements, or is overtaken there, against what readers see afterwards and what the next refresh
 * makes of it.
 */

/** The log that is prepared fastest. */
const LOG = LOGS[1];
const day = (n: number): Date => new Date(START.getTime() + n * DAY_MS);
const [FIRST, SECOND] = [day(0), day(7)];
const OPTIONS = { horizon: SECOND, only: new Set([LOG]), chunkRows: 12 };

let world: ReachWorld;

beforeAll(async () => {
  world = await openWorld('plain');
  const { session } = world;
  const roll = dice(11);
  const came = (on: Date, count: number, ingested: string | null, agency = '1480') =>
    addRows(session, roll, { site: 'plain', log: LOG, count, day: on, spread: 1, ingested, agency, odd: true });
  for (const at of [-3, 4, 10, 12, 20]) await came(day(at), 6, '2026-02-10 00:00:00.123456');
  await refresh(world, day(31), { ...OPTIONS, horizon: FIRST });
  // Late rows of a day that is kept no longer; a day that is gone, one that was loaded again, and a new agency.
  const gone = (on: Date) => session.execute(sql`DELETE FROM ${ident(SCHEMA[LOG], LOG)} WHERE ${ofDay(LOG, '1480', on)}`);
  await came(day(4), 3, '2026-03-01');
  await gone(day(10));
  await gone(day(12));
  await came(day(12), 4, '2026-03-01');
  await came(day(24), 4, '2026-03-01', '77');
  for (const name of REACH_TABLES) await copyTable(world, name, 'AQUARIUS', 'SAVED');
  await makeFresh(world, SECOND);
});

afterAll(() => world[Symbol.asyncDispose]());

async function copyTable({ session }: ReachWorld, name: string, from: string, to: string): Promise<void> {
  await session.execute(sql`DELETE FROM ${ident(to, name)}`);
  await session.execute(sql`INSERT INTO ${ident(to, name)} SELECT * FROM ${ident(from, name)}`);
}

/** Puts the prepared exposures back as they were after the first refresh. */
async function restore(): Promise<void> {
  for (const name of REACH_TABLES) await copyTable(world, name, 'SAVED', 'AQUARIUS');
}

/** A session of its own, and what is done at each moment at which it could stop: before every statement, and around each commit. */
async function watched(at: (moment: number) => Promise<void>): Promise<Session> {
  const real = await world.warehouse.session();
  let moments = 0;
  const next = (): Promise<void> => {
    moments += 1;
    return at(moments);
  };
  return {
    dialect: real.dialect,
    async *query(...args) {
      await next();
      yield* real.query(...args);
    },
    async all(...args) {
      await next();
      return real.all(...args);
    },
    async execute(...args) {
      await next();
      return real.execute(...args);
    },
    async transaction(work) {
      const result = await real.transaction(async () => {
        const inner = await work();
        await next();
        return inner;
      });
      await next();
      return result;
    },
    unload: (...args) => real.unload(...args),
    renew: () => real.renew(),
    [Symbol.asyncDispose]: () => real[Symbol.asyncDispose](),
  };
}

/** What a reader with a session of its own sees from a day on, against what it should. */
async function readersView(horizon: Date) {
  const reader = await world.warehouse.session();
  try {
    const reach = await openPrepared(reader, world.catalogue, world.catalogue.table(LOG));
    // The logs themselves are read.
    if (reach === null) return [];
    const from = reach.horizon === null || reach.horizon < horizon ? horizon : reach.horizon;
    return await differences(reader, logicalRows(reach.keys, reach.exposures, from), logicalTables(world.fresh, from));
  } finally {
    await reader[Symbol.asyncDispose]();
  }
}

async function afterwards() {
  const seen = await readersView(FIRST);
  await refresh(world, day(40), OPTIONS);
  const { exposures = [], days = [], state = [] } = await drift(world, SECOND);
  const ofLog = (rows: readonly string[]) => rows.filter((row) => row.includes(LOG));
  return { seen, exposures, days: ofLog(days), state: ofLog(state) };
}

const RIGHT = { seen: [], ...NO_DRIFT };

/** Runs a refresh in which something happens at one moment, and says whether it came to that. */
async function refreshWith(moment: number, happens: () => Promise<void>, more: object): Promise<boolean> {
  await restore();
  let happened = false;
  const session = await watched(async (now) => {
    if (now !== moment) return;
    happened = true;
    await happens();
  });
  try {
    await refresh(world, day(40), { ...OPTIONS, ...more }, session);
  } catch (error) {
    if (!happened || (error instanceof AquariusError && error.code !== 'warehouse_conflict')) throw error;
  } finally {
    await session[Symbol.asyncDispose]();
  }
  return happened;
}

const crash = async (): Promise<void> => {
  throw new Error('Stopped.');
};
const overtake = async (): Promise<void> => {
  const other = await world.warehouse.session();
  try {
    await refresh(world, day(40), OPTIONS, other);
  } catch (error) {
    if (!(error instanceof AquariusError && error.code === 'warehouse_conflict')) throw error;
  } finally {
    await other[Symbol.asyncDispose]();
  }
};

describe.each([
  ['a refresh that stops', crash, {}, 6],
  ['a rebuild that stops', crash, { rebuild: true }, 9],
  ['a refresh that is overtaken by another', overtake, {}, 9],
])('%s', (_name, happens, more, step) => {
  test('leaves what is right to be read, and the next one comes to the same rows', async () => {
    let moment = 1;
    for (; await refreshWith(moment, happens, more); moment += step) {
      expect({ moment, ...(await afterwards()) }).toEqual({ moment, ...RIGHT });
    }
    expect(moment).toBeGreaterThan(20);
  });
});

test('a refresh that is told to stop does, with the reason, and leaves what is right to be read', async () => {
  await restore();
  const stop = new AbortController();
  const reason = new Error('Told to stop.');
  const onProgress = (): void => stop.abort(reason);
  await expect(refresh(world, day(40), { ...OPTIONS, signal: stop.signal, onProgress })).rejects.toBe(reason);
  expect(await afterwards()).toEqual(RIGHT);
});
