import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tablesDocument } from '../scripts/generate-tables-doc.ts';
import { compile, ident, raw, type Sql, sql } from '../src/lib/sql.ts';
import { bindCatalogue, type TablePlacement } from '../src/warehouse/catalogue.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { findTable, TABLES } from '../src/warehouse/tables.ts';
import { timeSql } from '../src/warehouse/time-column.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';

let folder: string;
let warehouse: Warehouse;
let session: Session;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aquarius-catalogue-'));
  warehouse = await openDuckDB({ path: join(folder, 'warehouse.duckdb'), readOnly: false });
  session = await warehouse.session();
});
afterEach(async () => {
  await warehouse[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const bind = (placements: Readonly<Record<string, TablePlacement>> = {}) => bindCatalogue(session, placements, { cwd: folder });
const textOf = (fragment: Sql): string => compile(fragment, (n) => `$${n}`).text;
const columnsOf = async (schema: string, name: string) =>
  (
    await session.all(
      sql`SELECT column_name FROM information_schema.columns WHERE table_schema = ${schema} AND table_name = ${name}`,
    )
  ).map(({ column_name }) => column_name);

describe('the catalogue’s data', () => {
  test('tables and columns are named once, in whatever case', () => {
    const names = TABLES.map(({ name }) => name.toUpperCase());
    expect(new Set(names).size).toBe(names.length);
    for (const { columns } of TABLES) {
      const columnNames = columns.map(({ name }) => name.toUpperCase());
      expect(new Set(columnNames).size).toBe(columnNames.length);
    }
  });

  test('keys are columns, every table has a required one, and what is not blank is required', () => {
    for (const { name, key, columns, grain } of TABLES) {
      expect([name, key.filter((column) => !columns.some((spec) => spec.name === column))]).toStrictEqual([name, []]);
      expect([name, columns.some(({ required }) => required)]).toStrictEqual([name, true]);
      expect([name, columns.filter((column) => column.notBlank && !column.required)]).toStrictEqual([name, []]);
      expect([name, grain === 'aggregated' && columns.some(({ sensitive }) => sensitive)]).toStrictEqual([name, false]);
    }
  });

  test('ids are text, so that one of 2^63 and more survives', () => {
    const ids = TABLES.flatMap(({ name, columns }) =>
      columns.filter((column) => /_ID(_|$)/i.test(column.name)).map((column) => [name, column] as const),
    );
    const numeric = ids.filter(([, column]) => column.type !== 'text').map(([name, column]) => `${name}.${column.name}`);
    expect(numeric).toStrictEqual(['PIXEL_CAMPAIGN_MAPPING_V2.MAPPING_ID']);
  });

  test('a table is found in any case, and nothing else is', () => {
    expect(findTable(' ad_impression_log_v2 ')?.name).toBe('AD_IMPRESSION_LOG_V2');
    expect(findTable('AD_IMPRESSION_LOG')).toBeUndefined();
  });

  test('docs/tables.md is what the catalogue gives', () => {
    expect(readFileSync(join(import.meta.dirname, '../docs/tables.md'), 'utf8')).toBe(tablesDocument());
  });
});

describe('creating tables', () => {
  test('makes every table, and doing it again changes nothing', async () => {
    await createTables(session);
    await createTables(session);
    expect((await bind()).problems()).toStrictEqual([]);
    for (const { name } of TABLES) expect((await bind()).table(name).exists).toBe(true);
  });

  test('a new advertiser row has the delivery defaults: off, weekly, 30 days, no destinations', async () => {
    await createTables(session);
    await session.execute(sql`INSERT INTO BASE_TABLES.REF_ADVERTISER_CONFIG (AGENCY_ID, ADVERTISER_ID) VALUES ('1', '2')`);
    const [row] =
      await session.all(sql`SELECT DELIVERY_ENABLED, DELIVERY_CADENCE, DELIVERY_LOOKBACK_DAYS, DELIVERY_DESTINATIONS, CONFIG_VERSION
      FROM BASE_TABLES.REF_ADVERTISER_CONFIG`);
    expect(row).toStrictEqual({
      DELIVERY_ENABLED: false,
      DELIVERY_CADENCE: 'WEEKLY',
      DELIVERY_LOOKBACK_DAYS: 30n,
      DELIVERY_DESTINATIONS: '[]',
      CONFIG_VERSION: 1n,
    });
  });

  test('columns missing in a table that exists are added, and its rows get 30 days rather than never', async () => {
    await session.execute(sql`CREATE SCHEMA BASE_TABLES`);
    await session.execute(
      sql`CREATE TABLE BASE_TABLES.ref_advertiser_config (agency_id VARCHAR, ADVERTISER_ID INTEGER, OWN VARCHAR)`,
    );
    await session.execute(sql`INSERT INTO BASE_TABLES.ref_advertiser_config VALUES ('1', 2, 'x')`);
    await createTables(session);
    await createTables(session);
    const [row] = await session.all(
      sql`SELECT AGENCY_ID, OWN, DELIVERY_LOOKBACK_DAYS, DELIVERY_ENABLED FROM BASE_TABLES.ref_advertiser_config`,
    );
    expect(row).toStrictEqual({ agency_id: '1', OWN: 'x', DELIVERY_LOOKBACK_DAYS: 30n, DELIVERY_ENABLED: false });
  });

  test('mixed-case columns keep their case (T12)', async () => {
    await createTables(session);
    expect((await columnsOf('DERIVED_TABLES', 'ADVERTISER_DOMAIN_MAPPING')).slice(0, 3)).toStrictEqual([
      'Agency_Id',
      'Advertiser_id',
      'URL',
    ]);
  });
});

describe('binding tables', () => {
  test('a table is used under its physical name and columns under theirs, found without regard to case', async () => {
    await session.execute(sql`CREATE SCHEMA "Raw"`);
    await session.execute(
      sql`CREATE TABLE "Raw"."Visits 2026" (agency_id VARCHAR, "The Advertiser" VARCHAR, maid VARCHAR, "Day" DATE)`,
    );
    await session.execute(sql`INSERT INTO "Raw"."Visits 2026" VALUES ('7', '42', 'm', '2026-01-05')`);
    const catalogue = await bind({
      STORE_VISITS: {
        schema: 'RAW',
        name: 'visits 2026',
        columns: { quorum_advertiser_id: 'THE ADVERTISER', STORE_VISIT_DATE: 'Day' },
      },
    });
    const visits = catalogue.table('store_visits');
    expect(visits.exists).toBe(true);
    expect(textOf(visits.ref)).toBe('"Raw"."Visits 2026"');
    expect(textOf(visits.column('Agency_Id', 'v'))).toBe('v."agency_id"');
    const rows = await session.all(
      sql`SELECT ${visits.column('QUORUM_ADVERTISER_ID', 'v')} AS a, ${visits.column('LINE_ITEM_ID', 'v')} AS l FROM ${visits.ref} AS v
        WHERE ${visits.column('STORE_VISIT_DATE')} = DATE '2026-01-05'`,
    );
    expect(rows).toStrictEqual([{ a: '42', l: null }]);
    expect([visits.has('line_item_id'), visits.has('Maid'), visits.has('nothing')]).toStrictEqual([false, true, false]);
  });

  test('an absent optional column is a NULL of its type', async () => {
    await session.execute(sql`CREATE SCHEMA BASE_TABLES`);
    await session.execute(sql`CREATE TABLE BASE_TABLES.REF_ADVERTISER_CONFIG (AGENCY_ID VARCHAR, ADVERTISER_ID VARCHAR)`);
    const config = (await bind()).table('REF_ADVERTISER_CONFIG');
    const [row] = await session.all(
      sql`SELECT typeof(${config.column('DELIVERY_ENABLED')}) AS b, typeof(${config.column('UPDATED_AT')}) AS t, typeof(${config.column('SEGMENT_COUNT')}) AS i`,
    );
    expect(row).toStrictEqual({ b: 'BOOLEAN', t: 'TIMESTAMP', i: 'BIGINT' });
  });

  test('an absent required column is a config error where it is used', async () => {
    await session.execute(sql`CREATE SCHEMA BASE_TABLES`);
    await session.execute(sql`CREATE TABLE BASE_TABLES.STORE_VISITS (AGENCY_ID VARCHAR)`);
    const visits = (await bind({ STORE_VISITS: { columns: { MAID: 'DEVICE' } } })).table('STORE_VISITS');
    expect(() => visits.column('MAID')).toThrow(
      expect.objectContaining({ kind: 'config', code: 'column_missing', message: expect.stringContaining('DEVICE') }),
    );
  });

  test('an absent table does not exist, and is a config error where it is used', async () => {
    const events = (await bind()).table('WEBPIXEL_EVENTS');
    expect([events.exists, events.has('AGENCY_ID')]).toStrictEqual([false, false]);
    expect(() => events.ref).toThrow(expect.objectContaining({ kind: 'config', code: 'table_missing' }));
    expect(() => events.column('IP')).toThrow(expect.objectContaining({ code: 'table_missing' }));
  });

  test('a view will do', async () => {
    await session.execute(sql`CREATE SCHEMA BASE_TABLES`);
    await session.execute(sql`CREATE VIEW BASE_TABLES.SEGMENT_METADATA AS SELECT 'S-1' AS SEGMENT_UNIQUE_ID, 'Brand' AS BRAND`);
    const metadata = (await bind()).table('SEGMENT_METADATA');
    expect(await session.all(sql`SELECT ${metadata.column('BRAND')} AS b FROM ${metadata.ref}`)).toStrictEqual([{ b: 'Brand' }]);
  });

  test('unknown tables and columns are mistakes of the configuration, with a suggestion', async () => {
    await expect(bind({ STORE_VISIT: {} })).rejects.toMatchObject({
      kind: 'config',
      code: 'unknown_table',
      hint: 'Did you mean STORE_VISITS?',
    });
    await expect(bind({ STORE_VISITS: { columns: { MAIDS: 'x' } } })).rejects.toMatchObject({
      code: 'unknown_column',
      hint: 'Did you mean MAID?',
    });
    const catalogue = await bind();
    expect(() => catalogue.table('AD_IMPRESION_LOG_V2')).toThrow(expect.objectContaining({ code: 'unknown_table' }));
    expect(() => catalogue.table('STORE_VISITS').column('NOPE')).toThrow();
  });
});

describe('binding files', () => {
  const copy = async (select: Sql, path: string): Promise<void> => {
    mkdirSync(join(folder, 'data'), { recursive: true });
    await session.execute(sql`COPY (${select}) TO ${join(folder, 'data', path)} (FORMAT parquet)`);
  };

  test('Parquet files of different columns are one table, read where they are', async () => {
    await copy(
      sql`SELECT 7::BIGINT AS agency_id, 42.0::DOUBLE AS "QUORUM_ADVERTISER_ID", 'm1' AS maid, DATE '2026-01-05' AS "STORE_VISIT_DATE"`,
      'a.parquet',
    );
    await copy(
      sql`SELECT '8' AS AGENCY_ID, '43' AS QUORUM_ADVERTISER_ID, 'm2' AS MAID, DATE '2026-01-06' AS STORE_VISIT_DATE, 'li' AS LINE_ITEM_ID`,
      'b.parquet',
    );
    const catalogue = await bind({ STORE_VISITS: { files: ['data/*.parquet'], format: 'parquet' } });
    const visits = catalogue.table('STORE_VISITS');
    const rows = await session.all(
      sql`SELECT ${visits.column('AGENCY_ID', 'v')} AS a, ${visits.column('QUORUM_ADVERTISER_ID', 'v')} AS q, ${visits.column('LINE_ITEM_ID', 'v')} AS l
        FROM ${visits.ref} AS v ORDER BY a`,
    );
    expect(rows).toStrictEqual([
      { a: '7', q: '42', l: null },
      { a: '8', q: '43', l: 'li' },
    ]);
    expect(await session.all(sql`SELECT table_name FROM information_schema.tables`)).toStrictEqual([]);
  });

  test('delimited files of different headers are one table, with the catalogue’s types', async () => {
    writeFileSync(
      join(folder, 'a.csv'),
      'Agency,dsp_platform_type,DATA_SOURCE,IMPRESSION_COUNT,CREATED_AT\n7,06,ADMIN_CONFIG,30,2026-01-05T06:00:00+02:00\n',
    );
    writeFileSync(join(folder, 'b.psv.gz'), gzipSync('DATA_SOURCE|Agency|IMPRESSION_COUNT\nDSP|8|many\n'));
    const placement: TablePlacement = { files: ['a.csv', '*.psv.gz'], format: 'csv', columns: { AGENCY_ID: 'agency' } };
    const mapping = (await bind({ PIXEL_CAMPAIGN_MAPPING_V2: placement })).table('PIXEL_CAMPAIGN_MAPPING_V2');
    const names = ['AGENCY_ID', 'DSP_PLATFORM_TYPE', 'DATA_SOURCE', 'IMPRESSION_COUNT', 'CREATED_AT', 'MODIFIED_AT'];
    const items = names
      .map((name) => sql`${mapping.column(name)} AS ${ident(name)}`)
      .reduce((left, right) => sql`${left}, ${right}`);
    expect(await session.all(sql`SELECT ${items} FROM ${mapping.ref} ORDER BY 1`)).toStrictEqual([
      {
        AGENCY_ID: '7',
        DSP_PLATFORM_TYPE: '06',
        DATA_SOURCE: 'ADMIN_CONFIG',
        IMPRESSION_COUNT: 30n,
        CREATED_AT: new Date('2026-01-05T04:00:00Z'),
        MODIFIED_AT: null,
      },
      {
        AGENCY_ID: '8',
        DSP_PLATFORM_TYPE: null,
        DATA_SOURCE: 'DSP',
        IMPRESSION_COUNT: null,
        CREATED_AT: null,
        MODIFIED_AT: null,
      },
    ]);
  });

  test('text booleans of files are booleans', async () => {
    writeFileSync(join(folder, 'd.csv'), 'Agency_Id,Advertiser_id,URL,IS_POI\n7,42,a.example,TRUE\n7,42,b.example,maybe\n');
    const domains = (await bind({ ADVERTISER_DOMAIN_MAPPING: { files: ['d.csv'] } })).table('ADVERTISER_DOMAIN_MAPPING');
    const rows = await session.all(
      sql`SELECT ${domains.column('IS_POI')} AS poi FROM ${domains.ref} ORDER BY ${domains.column('URL')}`,
    );
    expect(rows).toStrictEqual([{ poi: true }, { poi: null }]);
  });

  test('filters on times and text of Parquet files reach the reader', async () => {
    await copy(
      sql`SELECT '7' AS AGENCY_ID, 'd' AS MAID, 'g' AS GROUPING_INDICATOR, TIMESTAMP '2026-01-05' + to_seconds(range) AS IMPRESSION_TIMESTAMP FROM range(10)`,
      'log.parquet',
    );
    const log = (await bind({ LIVERAMP_IMPRESSION_LOG: { files: ['data/log.parquet'] } })).table('LIVERAMP_IMPRESSION_LOG');
    const [plan] = await session.all(
      sql`EXPLAIN SELECT count(*) FROM ${log.ref} AS l WHERE ${timeSql(session.dialect, log, 'IMPRESSION_TIMESTAMP', 'l')} >= TIMESTAMP '2026-01-05 00:00:05'
        AND ${session.dialect.text(log.column('AGENCY_ID', 'l'))} = '7'`,
    );
    const text = String(plan?.explain_value).replaceAll(/[\s│]/g, '');
    expect(text).toMatch(/Filters:.*IMPRESSION_TIMESTAMP>=/);
    expect(text).toMatch(/AGENCY_ID='7'/);
  });

  test('a read-only warehouse does', async () => {
    await copy(sql`SELECT 'S-1' AS SEGMENT_UNIQUE_ID, 'Brand' AS BRAND`, 'm.parquet');
    await warehouse[Symbol.asyncDispose]();
    warehouse = await openDuckDB({ path: join(folder, 'warehouse.duckdb'), readOnly: true });
    session = await warehouse.session();
    const metadata = (await bind({ SEGMENT_METADATA: { files: [join(folder, 'data', 'm.parquet')] } })).table('SEGMENT_METADATA');
    expect(await session.all(sql`SELECT ${metadata.column('BRAND')} AS b FROM ${metadata.ref} AS m`)).toStrictEqual([
      { b: 'Brand' },
    ]);
  });

  test('the advertisers’ configuration is read from files as it is written, so that its reader can report mistakes', async () => {
    writeFileSync(
      join(folder, 'config.csv'),
      'AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS,DELIVERY_LOOKBACK_DAYS\n1480,4711,ACTIVE,ten\n',
    );
    const config = (await bind({ REF_ADVERTISER_CONFIG: { files: ['config.csv'] } })).table('REF_ADVERTISER_CONFIG');
    const rows = await session.all(sql`SELECT ${config.column('DELIVERY_LOOKBACK_DAYS')} AS days FROM ${config.ref}`);
    expect(rows).toEqual([{ days: 'ten' }]);
  });

  test('a pattern without files is a config error', async () => {
    const missing = bind({ STORE_VISITS: { files: ['data/*.parquet'], format: 'parquet' } });
    await expect(missing).rejects.toMatchObject({
      kind: 'config',
      code: 'files_missing',
      message: expect.stringContaining('data/*.parquet'),
    });
    const remote = bind({ STORE_VISITS: { files: ['s3://bucket/x.parquet'] } });
    await expect(remote).rejects.toMatchObject({ code: 'files_missing', hint: expect.stringContaining('local') });
  });

  test('a required column that the files lack is told when it is used', async () => {
    await copy(sql`SELECT '7' AS AGENCY_ID, 'x' AS EXTRA`, 'v.parquet');
    const catalogue = await bind({ STORE_VISITS: { files: ['data/v.parquet'] } });
    expect(() => catalogue.table('STORE_VISITS').column('MAID')).toThrow(expect.objectContaining({ code: 'column_missing' }));
    const paths = catalogue.problems().filter(({ path }) => path.startsWith('STORE_VISITS.'));
    expect(paths.map(({ severity, path }) => `${severity} ${path}`)).toContain('info STORE_VISITS.EXTRA');
    expect(paths.map(({ severity, path }) => `${severity} ${path}`)).toContain('error STORE_VISITS.MAID');
  });
});

describe('checking the schema', () => {
  test('an empty warehouse lacks the required tables, with statements that mend it when run', async () => {
    const problems = (await bind()).problems();
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ path }) => path)).toContain('SUPPRESSION');
    expect(problems.find(({ path }) => path === 'WEBPIXEL_EVENTS')?.severity).toBe('info');
    for (const schema of new Set(TABLES.map((table) => table.schema))) await session.execute(sql`CREATE SCHEMA ${ident(schema)}`);
    for (const { hint } of problems) await session.execute(raw(hint?.replace(/^.*?(?=CREATE TABLE)/, '') ?? ''));
    expect((await bind()).problems()).toStrictEqual([]);
  });

  test('missing columns come with the statement that adds them', async () => {
    await createTables(session);
    await session.execute(sql`ALTER TABLE BASE_TABLES.REF_ADVERTISER_CONFIG DROP COLUMN DELIVERY_LOOKBACK_DAYS`);
    await session.execute(sql`ALTER TABLE BASE_TABLES.STORE_VISITS DROP COLUMN MAID`);
    await session.execute(sql`ALTER TABLE BASE_TABLES.STORE_VISITS DROP COLUMN LINE_ITEM_ID`);
    const problems = (await bind()).problems();
    expect(problems.map(({ severity, path }) => `${severity} ${path}`)).toStrictEqual([
      'warning REF_ADVERTISER_CONFIG.DELIVERY_LOOKBACK_DAYS',
      'error STORE_VISITS.MAID',
      'info STORE_VISITS.LINE_ITEM_ID',
    ]);
    expect(problems[0]?.hint).toContain('ADD COLUMN "DELIVERY_LOOKBACK_DAYS" BIGINT DEFAULT 30;');
    for (const { hint } of problems) await session.execute(raw(hint?.replace(/^.*?(?=ALTER TABLE)/, '') ?? ''));
    expect((await bind()).problems()).toStrictEqual([]);
  });

  test('wrong types are errors where values are unusable, warnings where they can be read', async () => {
    await session.execute(sql`CREATE SCHEMA BASE_TABLES`);
    await session.execute(sql`CREATE TABLE BASE_TABLES.STORE_VISITS (AGENCY_ID BIGINT, QUORUM_ADVERTISER_ID DOUBLE, MAID VARCHAR,
      STORE_VISIT_DATE INTEGER, INSERTION_ORDER_ID DECIMAL(38,0), LINE_ITEM_ID VARCHAR, EXTRA VARCHAR)`);
    const problems = (await bind()).problems().filter(({ path }) => path.startsWith('STORE_VISITS'));
    expect(problems.map(({ severity, path }) => `${severity} ${path}`)).toStrictEqual([
      'warning STORE_VISITS.QUORUM_ADVERTISER_ID',
      'error STORE_VISITS.STORE_VISIT_DATE',
      'info STORE_VISITS.EXTRA',
    ]);
  });
});
