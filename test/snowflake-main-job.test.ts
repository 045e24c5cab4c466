import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateDemo } from '../src/cli/demo/generate-demo.ts';
import { deliver } from '../src/delivery/deliver.ts';
import { ident, sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openSnowflake } from '../src/warehouse/snowflake/snowflake.ts';
import { TABLES } from '../src/warehouse/tables.ts';
import type { Row } from '../src/warehouse/warehouse.ts';
import { quoteName } from './snowflake/identifiers.ts';
import { type SnowflakeServer, startSnowflake } from './snowflake/server.ts';
import { commandsOf } from './support/cli-here.ts';
import { makeProject, type Project } from './support/project.ts';
import { openProject } from './support/seed.ts';
import { optionsFor, warehouseSection } from './support/snowflake-warehouse.ts';

/** The whole job on the demo's data, which holds every value trap: prepared, verified and delivered in Snowflake, to the same bytes as on DuckDB. */

const AT = new Date('2026-03-04T05:06:07Z');
const DATABASE = 'ADTECH';
const SETTINGS = `
destinations:
  liveramp-us: { type: folder, path: ../inbox/liveramp }
  archive: { type: folder, path: ../inbox/archive, allowIp: true, compression: gzip }
policy: { minAudience: 5, staleSource: warn }
`;

const cleanup = new AsyncDisposableStack();
let snowflake: SnowflakeServer;
let here: Project;
let there: Project;

beforeAll(async () => {
  here = cleanup.adopt(makeProject(SETTINGS), (project) => project[Symbol.dispose]());
  await withResource(openProject(here, { at: AT }), ({ warehouse }) =>
    withResource(warehouse.session(), async (session) => {
      await generateDemo(session, { rows: 2_000, seed: 11, now: AT });
    }),
  );
  const schemas = [...new Set(TABLES.map(({ schema }) => schema))];
  snowflake = cleanup.use(await startSnowflake({ database: DATABASE, schemas }));
  const account = cleanup.use(openSnowflake(optionsFor(snowflake)));
  await withResource(account.session(), (session) => createTables(session, [...TABLES]));
  await copyTables(here.path('.aquarius/warehouse.duckdb'));
  there = cleanup.adopt(makeProject(`${warehouseSection(snowflake)}${SETTINGS}`), (project) => project[Symbol.dispose]());
  there.write('key.pem', snowflake.privateKeyPem);
  for (const project of [here, there])
    for (const name of ['liveramp', 'archive']) mkdirSync(project.path(`inbox/${name}`), { recursive: true });
});
afterAll(() => cleanup.disposeAsync());

/** Rows of the demo, as a load would have brought them into the account. */
async function copyTables(path: string): Promise<void> {
  const { connection } = snowflake;
  await connection.run(`ATTACH '${path}' AS demo (READ_ONLY)`);
  for (const { schema, name, columns } of TABLES) {
    const place = `"${schema}"."${name}"`;
    const found = await connection.runAndReadAll(
      `SELECT column_name FROM duckdb_columns() WHERE database_name = 'demo' AND schema_name = '${schema}' AND table_name = '${name}'`,
    );
    const names = new Set(found.getRows().map(([column]) => String(column)));
    const own = columns.map((column) => column.name).filter((column) => names.has(column));
    const [to, from] = [own.map(quoteName), own.map((column) => `"${column}"`)];
    if (own.length > 0) await connection.run(`INSERT INTO "${DATABASE}".${place} (${to}) SELECT ${from} FROM demo.${place}`);
  }
  await connection.run('DETACH demo');
}

const quiet = { step: () => {}, share: () => {}, amount: () => {} };

/** What became of each delivery, and the SHA-256 of every file that the partners have. */
async function delivered(project: Project) {
  const runs = await withResource(openProject(project, { at: AT }), async (app) => {
    const outcome = await deliver(await app.engine(), { at: AT, force: false }, { onRun: () => quiet });
    expect(outcome.runs.map(({ failure }) => failure)).toEqual(outcome.runs.map(() => null));
    return outcome.runs.map(({ run: { delivery, state, reason, written, dropped, suppressed } }) => ({
      ...delivery,
      state,
      reason,
      written,
      dropped,
      suppressed,
    }));
  });
  return { runs, files: ['liveramp', 'archive'].flatMap((name) => hashesIn(project.path(`inbox/${name}`))) };
}

/** Names have the run's id in them. */
function hashesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((name) =>
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    )
    .sort();
}

const rowsOf = (project: Project, schema: string, name: string, columns: readonly string[]): Promise<readonly Row[]> =>
  withResource(openProject(project, { at: AT, mode: 'read' }), ({ warehouse }) =>
    withResource(warehouse.session(), (session) => {
      const list = columns.map((column) => ident(column)).reduce((left, right) => sql`${left}, ${right}`);
      return session.all(sql`SELECT ${list} FROM ${ident(schema, name)} ORDER BY ${list}`);
    }),
  );

test('is prepared, summed up, verified and delivered as on DuckDB, and audiences are cut together', async () => {
  await commandsOf(here).done('reach', 'refresh');
  await commandsOf(there).done('reach', 'refresh');
  const summary = ['AGENCY_ID', 'DSP_PLATFORM_TYPE', 'DSP_ADVERTISER_ID', 'INSERTION_ORDER_ID', 'LINE_ITEM_ID', 'IMPRESSIONS'];
  const sums = await rowsOf(there, 'BASE_TABLES', 'AD_IMPRESSION_DAILY_SUMMARY', summary);
  expect(sums.length).toBeGreaterThan(20);
  expect(sums).toEqual(await rowsOf(here, 'BASE_TABLES', 'AD_IMPRESSION_DAILY_SUMMARY', summary));
  const { stdout } = await commandsOf(there).done('reach', 'verify', '--seed', 'a');
  expect(stdout.match(/ equal$/gm)).toHaveLength(20);

  const expected = await delivered(here);
  expect(expected.files.length).toBeGreaterThan(5);
  const before = snowflake.statements.length;
  expect(await delivered(there)).toEqual(expected);
  const asked = snowflake.statements.slice(before).map(({ sql: text }) => text);
  expect(asked.filter((text) => text.startsWith('CREATE TRANSIENT TABLE'))).not.toHaveLength(0);
  expect((await delivered(there)).runs.filter(({ state }) => state === 'delivered')).toEqual([]);
});
