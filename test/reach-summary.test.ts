import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generateDemo } from '../src/cli/demo/generate-demo.ts';
import { DAY_MS } from '../src/lib/clock.ts';
import { ident, join, sql } from '../src/lib/sql.ts';
import { refreshProduct } from '../src/reach/refresh.ts';
import { summaryProduct } from '../src/reach/summary-product.ts';
import { bindCatalogue, type Catalogue } from '../src/warehouse/catalogue.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import type { Session } from '../src/warehouse/warehouse.ts';
import { expectedNames, expectedSummary, type LogRow } from './support/expected-summary.ts';
import { addRows, type Dice, dice, ofDay, openWorld, pick, type Site, START } from './support/reach-world.ts';

/** The daily summary and the names of its ids, against the log's rows counted in TypeScript. */

const LOG = 'AD_IMPRESSION_LOG_V2';
const TABLE = ident('BASE_TABLES', LOG);

async function texts(session: Session, catalogue: Catalogue, name: string, leftOut: readonly string[] = []) {
  const table = catalogue.table(name);
  const columns = table.spec.columns
    .map((column) => column.name)
    .filter((column) => table.has(column) && !leftOut.includes(column));
  const cells = columns.map((column) => sql`CAST(${table.column(column)} AS VARCHAR) AS ${ident(column)}`);
  return (await session.all(sql`SELECT ${join(cells)} FROM ${table.ref}`)) as readonly LogRow[];
}

async function lines(session: Session, catalogue: Catalogue, name: string): Promise<readonly string[]> {
  const rows = await texts(session, catalogue, name, ['BUILT_AT']);
  return rows.map((row) => JSON.stringify(Object.values(row))).sort();
}

function refresh(session: Session, catalogue: Catalogue, at: Date, options: { rebuild?: boolean; chunkRows?: number } = {}) {
  const clock = { now: () => at };
  return refreshProduct(session, catalogue, summaryProduct(clock), { clock, horizon: null, ...options });
}

async function expectRight(session: Session, catalogue: Catalogue): Promise<void> {
  const log = await texts(session, catalogue, LOG);
  expect(await lines(session, catalogue, 'AD_IMPRESSION_DAILY_SUMMARY')).toEqual(expectedSummary(log));
  expect(await lines(session, catalogue, 'AD_IMPRESSION_NAME')).toEqual(expectedNames(log));
}

test('the summary of the demo is what its rows add up to, each kind of line to the total', async () => {
  const warehouse = await openDuckDB({ path: ':memory:', readOnly: false });
  const session = await warehouse.session();
  try {
    await createTables(session);
    const now = new Date('2026-03-04T05:06:07Z');
    await generateDemo(session, { rows: 3_000, seed: 7, now });
    await session.execute(sql`UPDATE ${TABLE} SET AUCTION_TIMESTAMP = NULL WHERE rowid % 100 = 0`);
    const catalogue = await bindCatalogue(session, {});
    await refresh(session, catalogue, now);
    await expectRight(session, catalogue);
    const uneven = await session.all(
      sql`SELECT AGENCY_ID FROM (SELECT AGENCY_ID, LOG_DATE, DIM_TYPE, SUM(IMPRESSIONS) AS shown FROM ${ident('BASE_TABLES', 'AD_IMPRESSION_DAILY_SUMMARY')}
        GROUP BY 1, 2, 3) GROUP BY AGENCY_ID, LOG_DATE HAVING COUNT(*) <> 4 OR MIN(shown) <> MAX(shown)`,
    );
    expect(uneven).toEqual([]);
    expect(await refresh(session, catalogue, now)).toMatchObject([{ read: 0, made: 0 }]);
  } finally {
    await session[Symbol.asyncDispose]();
    await warehouse[Symbol.asyncDispose]();
  }
});

/** Gives rows that have just come what the summary reads of them and the prepared exposures do not. */
async function describeRows(session: Session, roll: Dice): Promise<void> {
  const cell = (texts: readonly (string | null)[]) =>
    sql`CASE hash(rowid, ${roll(1000)}) % ${texts.length} ${join(
      texts.map((text, index) => sql`WHEN ${index} THEN ${text}`),
      ' ',
    )} END`;
  await session.execute(
    sql`UPDATE ${TABLE} SET HOUSEHOLD_ID_CORE = 'seen', CREATIVE_ID = ${cell(['7', ' 7', 'cr1', '0', null])}, CREATIVE_NAME = ${cell(['Red', 'Blue', null])},
      SITE_DOMAIN = ${cell(['a.example', 'UNKNOWN', null, 'b.example'])}, USER_POSTAL_CODE = ${cell(['02134', 'null', ''])},
      DSP_ADVERTISER_NAME = ${cell(['Shoes%2520', 'Shoes', '', null])}, LINE_ITEM_NAME = ${cell(['Line', 'unknown', 'Other line'])}
      WHERE HOUSEHOLD_ID_CORE IS NULL`,
  );
}

const EVENTS = ['new', 'new', 'late', 'odd', 'reloaded', 'day deleted', 'agency deleted'] as const;

const SITES: readonly Site[] = ['usual', 'usual', 'texts', 'numbers', 'floats', 'silent'];

test('whatever comes and goes, a refresh gives what a rebuild gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SITES),
      fc.integer(),
      fc.array(fc.constantFrom(...EVENTS), { minLength: 3, maxLength: 6 }),
      fc.constantFrom(6, undefined),
      async (site, seed, events, chunkRows) => {
        const { session, catalogue, ...world } = await openWorld(site);
        const roll = dice(seed);
        const options = chunkRows === undefined ? {} : { chunkRows };
        try {
          for (const [week, event] of events.entries()) {
            const day = new Date(START.getTime() + week * 7 * DAY_MS);
            const past = new Date(day.getTime() - roll(20) * DAY_MS);
            const ingested = `${day.toISOString().slice(0, 10)} 1${roll(10)}:00:00`;
            const rows = { site, log: LOG, count: 2 + roll(12), day, ingested, spread: 4 } as const;
            const agency = pick(roll, ['1480', ' 1480 ', '1480.0', '77']);
            if (event === 'day deleted' || event === 'reloaded')
              await session.execute(sql`DELETE FROM ${TABLE} WHERE ${ofDay(LOG, agency, past)}`);
            if (event === 'agency deleted')
              await session.execute(sql`DELETE FROM ${TABLE} WHERE CAST(AGENCY_ID AS VARCHAR) = ${agency}`);
            if (event === 'new') await addRows(session, roll, rows);
            if (event === 'late' || event === 'reloaded') await addRows(session, roll, { ...rows, day: past });
            if (event === 'odd') await addRows(session, roll, { ...rows, odd: true });
            await describeRows(session, roll);
            await refresh(session, catalogue, day, options);
            await expectRight(session, catalogue);
          }
          await refresh(session, catalogue, START, { ...options, rebuild: true });
          await expectRight(session, catalogue);
        } finally {
          await world[Symbol.asyncDispose]();
        }
      },
    ),
    { seed: Number(process.env.SEED ?? 5), numRuns: Number(process.env.RUNS ?? 5), endOnFailure: true, verbose: true },
  );
});
