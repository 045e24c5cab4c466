import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AquariusError } from '../src/errors.ts';
import { clockAt } from '../src/lib/clock.ts';
import { raw, type Sql, sql } from '../src/lib/sql.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { type LoadRequest, loadFiles } from '../src/warehouse/load/load-files.ts';
import type { Row, Session, Warehouse } from '../src/warehouse/warehouse.ts';

const NOW = new Date('2026-02-16T06:00:00Z');
const DEVICE = '38400000-8cf0-11bd-b23e-10b96e40000d';
const IMPRESSION_HEADER =
  'AGENCY_ID,DSP_PLATFORM_TYPE,DSP_ADVERTISER_ID,INSERTION_ORDER_ID,LINE_ITEM_ID,USER_IP_FROM_HTTP_REQUEST,DEVICE_ID_RAW,AUCTION_TIMESTAMP';

let folder: string;
let warehouse: Warehouse;
let session: Session;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aquarius-load-'));
  warehouse = await openDuckDB({ path: join(folder, 'warehouse.duckdb'), readOnly: false });
  session = await warehouse.session();
  await createTables(session);
});
afterEach(async () => {
  await warehouse[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string): string => join(folder, name);
const write = (name: string, content: string | Buffer): void => writeFileSync(file(name), content);
const parquet = async (name: string, select: Sql): Promise<void> => {
  await session.execute(sql`COPY (${select}) TO ${file(name)} (FORMAT parquet)`);
};
const load = (table: string, patterns: string | readonly string[], options: Partial<LoadRequest> = {}) =>
  loadFiles(session, { table, patterns: [patterns].flat(), cwd: folder, clock: clockAt(NOW), ...options });
const refused = async (loading: Promise<unknown>): Promise<AquariusError> => {
  const error: unknown = await loading.then(
    () => new Error('it was loaded'),
    (failure) => failure,
  );
  if (!(error instanceof AquariusError)) throw error;
  return error;
};
const rowsOf = (table: string, columns = '*', order = '1'): Promise<readonly Row[]> =>
  session.all(raw(`SELECT ${columns} FROM ${table} ORDER BY ${order}`));
const countOf = async (table: string): Promise<unknown> => (await rowsOf(table, 'count(*) AS n'))[0]?.n;

const LOG = 'BASE_TABLES.AD_IMPRESSION_LOG_V2';
const CONFIG = 'BASE_TABLES.REF_ADVERTISER_CONFIG';
const VISITS = 'BASE_TABLES.STORE_VISITS';
const impression = (id = DEVICE, at = '2026-02-15T10:00:00Z'): string => `7,6,d1,io1,li1,203.1.113.9,${id},${at}`;

describe('formats', () => {
  const expected = [{ AGENCY_ID: '7', MAID: 'a"b', STORE_VISIT_DATE: new Date('2026-02-01'), LINE_ITEM_ID: null }];
  const check = async (name: string): Promise<void> => {
    expect(await load('STORE_VISITS', name)).toStrictEqual({
      table: 'STORE_VISITS',
      files: [{ path: file(name), rows: 1, outcome: 'loaded' }],
      rows: 1,
      loaded: 1,
      already: 0,
    });
    expect(await rowsOf(VISITS, 'AGENCY_ID, MAID, STORE_VISIT_DATE, LINE_ITEM_ID')).toStrictEqual(expected);
  };

  test.each([
    ['visits.csv', 'agency_id,QUORUM_ADVERTISER_ID,Maid,STORE_VISIT_DATE,LINE_ITEM_ID\n7,42,"a""b",2026-02-01,\n'],
    ['visits.CSV', '\ufeffAGENCY_ID,QUORUM_ADVERTISER_ID,MAID,STORE_VISIT_DATE\r\n7,42,"a""b",2026-02-01\r\n'],
    ['visits.tsv', 'MAID\tAGENCY_ID\t"QUORUM_ADVERTISER_ID"\tSTORE_VISIT_DATE\n"a""b"\t7\t42\t2026-02-01'],
    ['visits.psv', 'STORE_VISIT_DATE|MAID|AGENCY_ID|QUORUM_ADVERTISER_ID\n2026-02-01|"a""b"|7|42\n'],
    ['visits.jsonl', '{"AGENCY_ID": 7, "quorum_advertiser_id": "42", "MAID": "a\\"b", "STORE_VISIT_DATE": "2026-02-01"}\n'],
    ['visits.ndjson', '{"AGENCY_ID": 7.0, "QUORUM_ADVERTISER_ID": null, "MAID": "a\\"b", "STORE_VISIT_DATE": "2026-02-01"}'],
    [
      'visits.json',
      '\n{"AGENCY_ID":"7","QUORUM_ADVERTISER_ID":1,"MAID":"a\\"b","STORE_VISIT_DATE":"2026-02-01T23:00:00-00:00"}\n\n',
    ],
  ])('%s', async (name, content) => {
    write(name, content);
    await check(name);
  });

  test('gzipped text', async () => {
    write('visits.csv.gz', gzipSync('AGENCY_ID,QUORUM_ADVERTISER_ID,MAID,STORE_VISIT_DATE\n7,42,"a""b",2026-02-01\n'));
    await check('visits.csv.gz');
  });

  test('gzipped JSON lines', async () => {
    write('v.ndjson.gz', gzipSync('{"AGENCY_ID":7,"QUORUM_ADVERTISER_ID":42,"MAID":"a\\"b","STORE_VISIT_DATE":"2026-02-01"}\n'));
    await check('v.ndjson.gz');
  });

  test('Parquet', async () => {
    await parquet(
      'v.parquet',
      sql`SELECT 7 AS agency_id, 42 AS "QUORUM_ADVERTISER_ID", 'a"b' AS MAID, TIMESTAMP '2026-02-01 05:00:00' AS STORE_VISIT_DATE`,
    );
    await check('v.parquet');
  });

  test('another extension is refused before anything is read', async () => {
    write('visits.xlsx', 'x');
    expect(await refused(load('STORE_VISITS', 'visits.xlsx'))).toMatchObject({ kind: 'config', code: 'unknown_format' });
  });

  test('files without rows load nothing', async () => {
    write('a.csv', 'AGENCY_ID,QUORUM_ADVERTISER_ID,MAID,STORE_VISIT_DATE\n');
    write('b.jsonl', '');
    await parquet(
      'c.parquet',
      sql`SELECT 'a' AS AGENCY_ID, 'a' AS QUORUM_ADVERTISER_ID, 'a' AS MAID, DATE '2026-01-01' AS STORE_VISIT_DATE LIMIT 0`,
    );
    expect(await load('STORE_VISITS', ['a.csv', 'b.jsonl', 'c.parquet'])).toMatchObject({ rows: 0, loaded: 3 });
  });

  test('an unquoted empty field is missing, a quoted one is empty text (T2)', async () => {
    write('a.csv', `${IMPRESSION_HEADER}\n,,,,,,,\n"","","","","","","",""\n`);
    await load('AD_IMPRESSION_LOG_V2', 'a.csv');
    expect(await rowsOf(LOG, 'AGENCY_ID, DEVICE_ID_RAW, AUCTION_TIMESTAMP', '1 NULLS FIRST')).toStrictEqual([
      { AGENCY_ID: null, DEVICE_ID_RAW: null, AUCTION_TIMESTAMP: null },
      { AGENCY_ID: '', DEVICE_ID_RAW: '', AUCTION_TIMESTAMP: null },
    ]);
  });
});

describe('finding files', () => {
  const visit = (agency: string): string => `AGENCY_ID,QUORUM_ADVERTISER_ID,MAID,STORE_VISIT_DATE\n${agency},1,m,2026-02-01\n`;

  test('patterns, in order and each file once; names with brackets are names', async () => {
    for (const name of ['b.csv', 'a.csv', 'c[1].csv', 'd.txt']) write(name, name === 'd.txt' ? 'x' : visit(name));
    const report = await load('store_visits', ['c[1].csv', '*.csv', file('a.csv')]);
    expect(report.files.map(({ path }) => path)).toStrictEqual([file('c[1].csv'), file('a.csv'), file('b.csv')]);
    expect(await countOf(VISITS)).toBe(3n);
  });

  test('a pattern that matches nothing is a config error, even beside one that does', async () => {
    write('a.csv', visit('1'));
    const error = await refused(load('STORE_VISITS', ['a.csv', 'none-*.csv']));
    expect(error).toMatchObject({ kind: 'config', code: 'files_missing' });
    expect(error.message).toContain('none-*.csv');
    expect(await countOf(VISITS)).toBe(0n);
    expect(await refused(load('STORE_VISITS', '.'))).toMatchObject({ code: 'files_missing' });
  });

  test('an unknown table is a config error with a suggestion; the program’s own table is one too', async () => {
    expect(await refused(load('store_visit', '*'))).toMatchObject({
      kind: 'config',
      code: 'unknown_table',
      hint: 'Did you mean STORE_VISITS?',
    });
    expect(await refused(load('LOADED_FILES', '*'))).toMatchObject({ code: 'unknown_table' });
  });

  test('a table that was not created is a config error', async () => {
    write('a.csv', visit('1'));
    await session.execute(sql`DROP TABLE BASE_TABLES.STORE_VISITS`);
    expect(await refused(load('STORE_VISITS', 'a.csv'))).toMatchObject({ kind: 'config', code: 'table_missing' });
  });
});

describe('columns', () => {
  test('an unknown column is refused by name, with what was probably meant', async () => {
    write('a.csv', `${IMPRESSION_HEADER.replace('DEVICE_ID_RAW', 'DEVICE_IDRAW')},BATCH\n${impression()},1\n`);
    const error = await refused(load('AD_IMPRESSION_LOG_V2', 'a.csv'));
    expect(error).toMatchObject({ kind: 'config', code: 'unknown_column' });
    expect(error.message).toContain('DEVICE_IDRAW, BATCH');
    expect(error.hint).toContain('DEVICE_ID_RAW');
    expect(error.hint).toContain('--ignore-unknown-columns');
    expect(error.problems.map(({ path }) => path)).toStrictEqual([`${file('a.csv')} DEVICE_IDRAW`, `${file('a.csv')} BATCH`]);
  });

  test('a file whose first line is data is refused without showing what it holds', async () => {
    write('a.csv', `7,${DEVICE},203.1.113.9\n`);
    write(
      'b.csv',
      `AGENCY_ID,QUORUM_ADVERTISER_ID,MAID,STORE_VISIT_DATE,${DEVICE.toUpperCase()},203.1.113.9,INSERTION_ORDER_NAME_OLD\n`,
    );
    const nothingFits = await refused(load('STORE_VISITS', 'a.csv'));
    expect(nothingFits).toMatchObject({ kind: 'config', code: 'unknown_column' });
    expect(nothingFits.hint).toContain('first line must name the columns');
    const someFit = await refused(load('STORE_VISITS', 'b.csv'));
    expect(someFit.message).toContain('INSERTION_ORDER_NAME_OLD');
    for (const { message, hint, problems } of [nothingFits, someFit]) {
      const all = `${message} ${hint} ${JSON.stringify(problems)}`.toLowerCase();
      expect(all).not.toContain(DEVICE);
      expect(all).not.toContain('203.1.113.9');
    }
  });

  test.each(['a.csv', 'a.jsonl', 'a.parquet'])('unknown columns of %s are skipped when asked', async (name) => {
    if (name.endsWith('.csv'))
      write(name, 'OTHER,AGENCY_ID,X,QUORUM_ADVERTISER_ID,MAID,STORE_VISIT_DATE\no,7,x,1,m,2026-02-01\n');
    else if (name.endsWith('.jsonl'))
      write(
        name,
        '{"OTHER":{"a":1},"AGENCY_ID":7,"it\'s":1,"QUORUM_ADVERTISER_ID":1,"MAID":"m","STORE_VISIT_DATE":"2026-02-01"}\n',
      );
    else
      await parquet(
        name,
        sql`SELECT [1] AS OTHER, 7 AS AGENCY_ID, 1 AS QUORUM_ADVERTISER_ID, 'm' AS MAID, DATE '2026-02-01' AS STORE_VISIT_DATE`,
      );
    expect(await refused(load('STORE_VISITS', name))).toMatchObject({ code: 'unknown_column' });
    await load('STORE_VISITS', name, { ignoreUnknownColumns: true });
    expect(await rowsOf(VISITS, 'AGENCY_ID, MAID')).toStrictEqual([{ AGENCY_ID: '7', MAID: 'm' }]);
  });

  test('a missing required column is a config error that says what it is for', async () => {
    write('a.csv', 'AGENCY_ID,MAID\n7,m\n');
    const error = await refused(load('STORE_VISITS', 'a.csv'));
    expect(error).toMatchObject({ kind: 'config', code: 'missing_column' });
    expect(error.message).toContain('QUORUM_ADVERTISER_ID, STORE_VISIT_DATE');
  });

  test('a column named twice, in whatever case, is refused', async () => {
    write('a.csv', 'AGENCY_ID,QUORUM_ADVERTISER_ID,MAID,maid,STORE_VISIT_DATE\n7,1,m,n,2026-02-01\n');
    expect(await refused(load('STORE_VISITS', 'a.csv'))).toMatchObject({ kind: 'config', code: 'duplicate_column' });
    write('b.jsonl', '{"MAID":"m"}\n{"Maid":"m"}\n');
    expect(await refused(load('STORE_VISITS', 'b.jsonl'))).toMatchObject({ code: 'duplicate_column' });
  });

  test('columns that a config file lacks get their defaults', async () => {
    write('a.csv', 'AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS,DELIVERY_LOOKBACK_DAYS\n7,42,ACTIVE,\n');
    await load('REF_ADVERTISER_CONFIG', 'a.csv');
    const [row] = await rowsOf(CONFIG, 'DELIVERY_ENABLED, DELIVERY_CADENCE, DELIVERY_LOOKBACK_DAYS, DELIVERY_DESTINATIONS');
    // A value that is given as empty means never expires.
    expect(row).toStrictEqual({
      DELIVERY_ENABLED: false,
      DELIVERY_CADENCE: 'WEEKLY',
      DELIVERY_LOOKBACK_DAYS: null,
      DELIVERY_DESTINATIONS: '[]',
    });
  });
});

describe('values', () => {
  const config = async (column: string, cells: readonly string[]): Promise<readonly unknown[]> => {
    write(
      'c.csv',
      `AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS,${column}\n${cells.map((cell, n) => `7,${n},ACTIVE,${cell}`).join('\n')}\n`,
    );
    await load('REF_ADVERTISER_CONFIG', 'c.csv', { replace: true });
    return (await rowsOf(CONFIG, `${column} AS v`, 'CAST(ADVERTISER_ID AS INTEGER)')).map(({ v }) => v);
  };

  test('booleans are read from every spelling that exports have (T3)', async () => {
    const cells = ['TRUE', 'true', '1', 'Y', 'y', 'FALSE', 'False', '0', 'N', '', '" "', 'null'];
    expect(await config('DELIVERY_ENABLED', cells)).toStrictEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      null,
      null,
      null,
    ]);
  });

  test('times are UTC: ISO forms, offsets applied, days as midnight', async () => {
    const cells = [
      '2026-02-01T10:00:00Z',
      '2026-02-01 10:00:00',
      '2026-02-01T10:00:00.123+02:00',
      '2026-02-01 10:00:00-0500',
      '2026-02-01',
      '',
    ];
    expect(
      (await config('UPDATED_AT', cells)).map((value) => (value instanceof Date ? value.toISOString() : value)),
    ).toStrictEqual([
      '2026-02-01T10:00:00.000Z',
      '2026-02-01T10:00:00.000Z',
      '2026-02-01T08:00:00.123Z',
      '2026-02-01T15:00:00.000Z',
      '2026-02-01T00:00:00.000Z',
      null,
    ]);
  });

  test('whole numbers, also as floating exports write them', async () => {
    expect(await config('SEGMENT_COUNT', ['5', ' 5 ', '5.0', '-1', '9223372036854775807', ''])).toStrictEqual([
      5n,
      5n,
      5n,
      -1n,
      2n ** 63n - 1n,
      null,
    ]);
  });

  test('JSON is checked', async () => {
    expect(await config('DELIVERY_DESTINATIONS', ['"[{""destination"": ""x""}]"', ''])).toStrictEqual([
      '[{"destination": "x"}]',
      null,
    ]);
    write('d.csv', 'AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS,DELIVERY_DESTINATIONS\n7,1,ACTIVE,[{]\n');
    expect(await refused(load('REF_ADVERTISER_CONFIG', 'd.csv'))).toMatchObject({ kind: 'rejected', code: 'wrong_type' });
  });

  test.each([
    ['DELIVERY_ENABLED', 'maybe'],
    ['UPDATED_AT', '1767225600'],
    ['UPDATED_AT', '31/01/2026'],
    ['UPDATED_AT', 'epoch'],
    ['UPDATED_AT', '2026-02-30'],
    ['SEGMENT_COUNT', '5.5'],
    ['SEGMENT_COUNT', '-9.5'],
    ['SEGMENT_COUNT', '1e3'],
    ['SEGMENT_COUNT', '0x10'],
  ])('%s does not take %s, and says where', async (column, cell) => {
    write('c.csv', `AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS,${column}\n7,1,ACTIVE,\n7,2,ACTIVE,${cell}\n`);
    const error = await refused(load('REF_ADVERTISER_CONFIG', 'c.csv'));
    expect(error).toMatchObject({ kind: 'rejected', code: 'wrong_type' });
    expect(error.problems).toStrictEqual([
      { path: `${file('c.csv')} row 2 ${column}`, message: expect.stringContaining(`found '${cell}'`) },
    ]);
    expect(await countOf(CONFIG)).toBe(0n);
  });

  test('the first ten rows are told, of all columns', async () => {
    write(
      'c.csv',
      `AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS,SEGMENT_COUNT,UPDATED_AT\n${Array.from({ length: 30 }, (_, n) => `7,${n},ACTIVE,x,y`).join('\n')}\n`,
    );
    const { problems } = await refused(load('REF_ADVERTISER_CONFIG', 'c.csv'));
    expect(problems.length).toBe(20);
    expect(problems.at(-1)?.path).toBe(`${file('c.csv')} row 10 UPDATED_AT`);
  });

  test('ids of any numeric type become exact text', async () => {
    await parquet(
      'v.parquet',
      sql`SELECT 42.0::DOUBLE AS AGENCY_ID, 9223372036854775807::BIGINT AS QUORUM_ADVERTISER_ID, 18446744073709551615::UBIGINT AS MAID,
        DATE '2026-02-01' AS STORE_VISIT_DATE, 12345678901234567890123456789.00::DECIMAL(38,2) AS INSERTION_ORDER_ID, 6::FLOAT AS LINE_ITEM_ID
        UNION ALL SELECT 'nan'::DOUBLE, -1, NULL, NULL, 1.50, 1.5`,
    );
    await load('STORE_VISITS', 'v.parquet');
    expect(
      await rowsOf(VISITS, 'AGENCY_ID, QUORUM_ADVERTISER_ID, MAID, INSERTION_ORDER_ID, LINE_ITEM_ID', '2 DESC'),
    ).toStrictEqual([
      {
        AGENCY_ID: '42',
        QUORUM_ADVERTISER_ID: '9223372036854775807',
        MAID: '18446744073709551615',
        INSERTION_ORDER_ID: '12345678901234567890123456789',
        LINE_ITEM_ID: '6',
      },
      { AGENCY_ID: null, QUORUM_ADVERTISER_ID: '-1', MAID: null, INSERTION_ORDER_ID: '1.50', LINE_ITEM_ID: '1.5' },
    ]);
  });

  test('ids in JSON keep every digit', async () => {
    write(
      'v.jsonl',
      '{"AGENCY_ID":42.0,"QUORUM_ADVERTISER_ID":18446744073709551617123,"MAID":"42.0","STORE_VISIT_DATE":"2026-02-01"}\n',
    );
    await load('STORE_VISITS', 'v.jsonl');
    expect(await rowsOf(VISITS, 'AGENCY_ID, QUORUM_ADVERTISER_ID, MAID')).toStrictEqual([
      { AGENCY_ID: '42', QUORUM_ADVERTISER_ID: '18446744073709551617123', MAID: '42.0' },
    ]);
  });

  test('an id that a floating column has rounded is refused rather than altered', async () => {
    await parquet(
      'v.parquet',
      sql`SELECT 9007199254740994::DOUBLE AS AGENCY_ID, 1 AS QUORUM_ADVERTISER_ID, 'm' AS MAID, DATE '2026-02-01' AS STORE_VISIT_DATE`,
    );
    expect(await refused(load('STORE_VISITS', 'v.parquet'))).toMatchObject({ kind: 'rejected', code: 'wrong_type' });
  });

  test('Parquet times keep their instant; numbers are no times, whatever their unit', async () => {
    const columns = sql`'7' AS AGENCY_ID, 'm' AS MAID, 'g' AS GROUPING_INDICATOR`;
    await parquet('tz.parquet', sql`SELECT ${columns}, TIMESTAMPTZ '2026-02-01 10:00:00+02' AS IMPRESSION_TIMESTAMP`);
    await parquet('ns.parquet', sql`SELECT ${columns}, TIMESTAMP_NS '2026-02-01 11:00:00.123456789' AS IMPRESSION_TIMESTAMP`);
    await parquet('day.parquet', sql`SELECT ${columns}, DATE '2026-02-01' AS IMPRESSION_TIMESTAMP`);
    await load('LIVERAMP_IMPRESSION_LOG', ['tz.parquet', 'ns.parquet', 'day.parquet']);
    const times = await rowsOf('SEGMENT_DATA.LIVERAMP_IMPRESSION_LOG', 'IMPRESSION_TIMESTAMP AS t');
    expect(times.map(({ t }) => (t as Date).toISOString())).toStrictEqual([
      '2026-02-01T00:00:00.000Z',
      '2026-02-01T08:00:00.000Z',
      '2026-02-01T11:00:00.123Z',
    ]);
    await parquet('epoch.parquet', sql`SELECT ${columns}, 1767225600 AS IMPRESSION_TIMESTAMP`);
    const error = await refused(load('LIVERAMP_IMPRESSION_LOG', 'epoch.parquet'));
    expect(error).toMatchObject({ kind: 'rejected', code: 'wrong_type' });
    expect(error.problems[0]?.path).toBe(`${file('epoch.parquet')} row 1 IMPRESSION_TIMESTAMP`);
  });

  test('an all-empty column of another type is no mistake', async () => {
    await parquet(
      'a.parquet',
      sql`SELECT '7' AS AGENCY_ID, 'm' AS MAID, 'g' AS GROUPING_INDICATOR, NULL AS IMPRESSION_TIMESTAMP`,
    );
    expect(await load('LIVERAMP_IMPRESSION_LOG', 'a.parquet')).toMatchObject({ rows: 1 });
  });

  test('lists and structures go into JSON columns, and are refused elsewhere', async () => {
    const columns = sql`'7' AS AGENCY_ID, TIMESTAMP '2026-02-01' AS EVENT_TIMESTAMP, '1.2.3.4' AS CLIENT_IP`;
    await parquet('a.parquet', sql`SELECT ${columns}, 'https://a.example' AS PAGE_URL, {'utm': ['x', 'y']} AS ALL_PARAMETERS`);
    await load('WEBPIXEL_EVENTS', 'a.parquet');
    expect(await rowsOf('DERIVED_TABLES.WEBPIXEL_EVENTS', 'ALL_PARAMETERS AS p')).toStrictEqual([{ p: '{"utm":["x","y"]}' }]);
    await parquet('b.parquet', sql`SELECT ${columns}, ['https://a.example'] AS PAGE_URL`);
    expect(await refused(load('WEBPIXEL_EVENTS', 'b.parquet'))).toMatchObject({ code: 'wrong_type' });
  });

  test('identifiers are never shown, not even from a column that is shifted', async () => {
    write(
      'a.csv',
      `${IMPRESSION_HEADER}\n${impression(DEVICE, DEVICE)}\n${impression(DEVICE, '203.1.113.9')}\n${impression(DEVICE, 'soon')}\n`,
    );
    const error = await refused(load('AD_IMPRESSION_LOG_V2', 'a.csv'));
    expect(error.problems.map(({ message }) => message.replace(/^.*, found /, ''))).toStrictEqual([
      'something else (not shown)',
      'something else (not shown)',
      "'soon'",
    ]);
    expect(JSON.stringify([error.message, error.problems, error.stack])).not.toMatch(/38400000|203\.1/);
  });

  test.each(['', '""', '"  "'])('a suppression without a value (%j) is refused: it would protect nobody', async (cell) => {
    write('s.csv', `IDENTIFIER_TYPE,IDENTIFIER_VALUE\nMAID,${DEVICE}\nMAID,${cell}\n`);
    const error = await refused(load('SUPPRESSION', 's.csv'));
    expect(error).toMatchObject({ kind: 'rejected', code: 'wrong_type' });
    expect(error.problems).toStrictEqual([
      { path: `${file('s.csv')} row 2 IDENTIFIER_VALUE`, message: expect.stringContaining('found nothing') },
    ]);
  });
});

describe('all or nothing', () => {
  test('a bad row in the last file keeps the first ones out too, and they load afterwards', async () => {
    write('a.csv', `${IMPRESSION_HEADER}\n${impression()}\n`);
    write('b.csv', `${IMPRESSION_HEADER}\n${impression(DEVICE, 'bad')}\n`);
    expect(await refused(load('AD_IMPRESSION_LOG_V2', ['a.csv', 'b.csv']))).toMatchObject({ code: 'wrong_type' });
    expect([await countOf(LOG), await countOf('AQUARIUS.LOADED_FILES')]).toStrictEqual([0n, 0n]);
    expect(await load('AD_IMPRESSION_LOG_V2', 'a.csv')).toMatchObject({ rows: 1, already: 0 });
  });

  test('a failed replacement keeps what was there', async () => {
    write('a.csv', `${IMPRESSION_HEADER}\n${impression()}\n`);
    await load('AD_IMPRESSION_LOG_V2', 'a.csv');
    write('b.csv', `${IMPRESSION_HEADER}\n${impression(DEVICE, 'bad')}\n`);
    await refused(load('AD_IMPRESSION_LOG_V2', 'b.csv', { replace: true }));
    expect(await countOf(LOG)).toBe(1n);
    expect(await load('AD_IMPRESSION_LOG_V2', 'a.csv')).toMatchObject({ rows: 0, already: 1 });
  });

  test('an aborted load leaves nothing', async () => {
    write('a.csv', `${IMPRESSION_HEADER}\n${impression()}\n`);
    const controller = new AbortController();
    const reason = new Error('enough');
    const loading = load('AD_IMPRESSION_LOG_V2', 'a.csv', {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(loading).rejects.toThrow();
    expect(await countOf(LOG)).toBe(0n);
    expect(await load('AD_IMPRESSION_LOG_V2', 'a.csv')).toMatchObject({ rows: 1 });
  });

  test('a file that grows while it is loaded is told, and nothing of it stays', async () => {
    write('a.csv', `${IMPRESSION_HEADER}\n${impression()}\n`);
    const grow = (): void => {
      appendFileSync(file('a.csv'), `${impression()}\n`);
      utimesSync(file('a.csv'), NOW, NOW);
    };
    const error = await refused(load('AD_IMPRESSION_LOG_V2', 'a.csv', { onProgress: grow }));
    expect(error).toMatchObject({ kind: 'transient', code: 'file_changed' });
    expect(await countOf(LOG)).toBe(0n);
  });
});

describe('exactly once', () => {
  beforeEach(() => {
    write('a.csv', `${IMPRESSION_HEADER}\n${impression()}\n`);
  });

  test('a file is loaded once, also under another name, and its record says what it was', async () => {
    await load('AD_IMPRESSION_LOG_V2', 'a.csv');
    copyFileSync(file('a.csv'), file('copy.csv'));
    const report = await load('ad_impression_log_v2', '*.csv');
    expect(report).toMatchObject({ rows: 0, loaded: 0, already: 2 });
    expect(report.files).toStrictEqual([
      { path: file('a.csv'), rows: 0, outcome: 'already' },
      { path: file('copy.csv'), rows: 0, outcome: 'already' },
    ]);
    expect(await countOf(LOG)).toBe(1n);
    const bytes = readFileSync(file('a.csv'));
    expect(await rowsOf('AQUARIUS.LOADED_FILES')).toStrictEqual([
      {
        TABLE_NAME: 'AD_IMPRESSION_LOG_V2',
        PATH: file('a.csv'),
        BYTES: BigInt(bytes.length),
        MODIFIED_AT: statSync(file('a.csv')).mtime,
        SHA256: createHash('sha256').update(bytes).digest('hex'),
        ROW_COUNT: 1n,
        LOADED_AT: NOW,
      },
    ]);
  });

  test('two copies given together are one', async () => {
    copyFileSync(file('a.csv'), file('copy.csv'));
    expect(await load('AD_IMPRESSION_LOG_V2', '*.csv')).toMatchObject({ rows: 1, loaded: 1, already: 1 });
  });

  test('new content under a known name is a new file', async () => {
    await load('AD_IMPRESSION_LOG_V2', 'a.csv');
    write('a.csv', `${IMPRESSION_HEADER}\n${impression(DEVICE, '2026-02-15T11:00:00Z')}\n`);
    expect(await load('AD_IMPRESSION_LOG_V2', 'a.csv')).toMatchObject({ rows: 1 });
    expect(await countOf(LOG)).toBe(2n);
  });

  test('the same content may go into two tables', async () => {
    write('s.csv', 'AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS,AGENCY_NAME\n1,2,ACTIVE,n\n');
    for (const table of ['REF_AGENCY_ADVERTISER', 'REF_ADVERTISER_CONFIG']) {
      expect(await load(table, 's.csv', { ignoreUnknownColumns: true })).toMatchObject({ rows: 1, loaded: 1 });
    }
  });

  test('a whole number beyond 64 bits is refused; it is long enough to be an id, so it is not shown', async () => {
    write('c.csv', 'AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS,SEGMENT_COUNT\n7,1,ACTIVE,9223372036854775808\n');
    const error = await refused(load('REF_ADVERTISER_CONFIG', 'c.csv'));
    expect(error.code).toBe('wrong_type');
    expect(error.message).not.toContain('9223372036854775808');
  });

  test('replacing empties the table and forgets what was loaded into it, not into others', async () => {
    await load('AD_IMPRESSION_LOG_V2', 'a.csv');
    write('l.csv', 'IP_ADDRESS,HOUSEHOLD_ID\n1.2.3.4,h\n');
    await load('IP_HOUSEHOLD_LOOKUP', 'l.csv');
    write('b.csv', `${IMPRESSION_HEADER}\n${impression()}\n${impression()}\n`);
    expect(await load('AD_IMPRESSION_LOG_V2', 'b.csv', { replace: true })).toMatchObject({ rows: 2 });
    expect(await countOf(LOG)).toBe(2n);
    expect(await load('AD_IMPRESSION_LOG_V2', 'a.csv')).toMatchObject({ rows: 1, already: 0 });
    expect(await load('AD_IMPRESSION_LOG_V2', 'a.csv', { replace: true })).toMatchObject({ rows: 1, already: 0 });
    expect(await countOf(LOG)).toBe(1n);
    expect(await load('IP_HOUSEHOLD_LOOKUP', 'l.csv')).toMatchObject({ already: 1 });
  });

  test('two loads of one file at the same time load it once', async () => {
    const other = await warehouse.session();
    const both = await Promise.allSettled([
      load('AD_IMPRESSION_LOG_V2', 'a.csv'),
      loadFiles(other, { table: 'AD_IMPRESSION_LOG_V2', patterns: [file('a.csv')], clock: clockAt(NOW) }),
    ]);
    for (const outcome of both)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ kind: 'transient', code: 'warehouse_conflict' });
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await countOf(LOG)).toBe(1n);
  });

  test('an advertiser cannot get a second config row; replacing puts the new one in place', async () => {
    write('c.csv', 'AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS\n7,42,ACTIVE\n7,43,ACTIVE\n');
    await load('REF_ADVERTISER_CONFIG', 'c.csv');
    write('c.csv', 'AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS\n7, 42,INACTIVE\n');
    const error = await refused(load('REF_ADVERTISER_CONFIG', 'c.csv'));
    expect(error).toMatchObject({ kind: 'rejected', code: 'duplicate_key' });
    expect(error.hint).toContain('--replace');
    expect(error.problems.map(({ path }) => path)).toStrictEqual(['AGENCY_ID 7, ADVERTISER_ID 42']);
    expect(await countOf(CONFIG)).toBe(2n);
    await load('REF_ADVERTISER_CONFIG', 'c.csv', { replace: true });
    expect(await countOf(CONFIG)).toBe(1n);
  });
});

describe('files that cannot be read', () => {
  const parquetBytes = async (): Promise<Buffer> => {
    await parquet(
      'whole.parquet',
      sql`SELECT '7' AS AGENCY_ID, 1 AS QUORUM_ADVERTISER_ID, uuid()::VARCHAR AS MAID, DATE '2026-02-01' AS STORE_VISIT_DATE FROM range(5000)`,
    );
    return readFileSync(file('whole.parquet'));
  };

  test.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
    ['empty', () => Buffer.alloc(0)],
    ['of something else', () => Buffer.from('hello, this is no Parquet file at all, just text')],
    ['overwritten in its data', (bytes: Buffer) => Buffer.from(bytes).fill(0x55, 4, 4000)],
    ['overwritten in its footer', (bytes: Buffer) => Buffer.from(bytes).fill(0x55, bytes.length - 200, bytes.length - 20)],
  ])('a Parquet file %s', async (_, spoil) => {
    write('bad.parquet', spoil(await parquetBytes()));
    const error = await refused(load('STORE_VISITS', 'bad.parquet'));
    expect(error).toMatchObject({ kind: 'rejected', code: 'unreadable_file' });
    expect(error.message).toContain('bad.parquet');
    expect(await countOf(VISITS)).toBe(0n);
  });

  test.each([
    [
      'rows.csv',
      'AGENCY_ID,QUORUM_ADVERTISER_ID,MAID,STORE_VISIT_DATE\n7,1,m,2026-02-01\n7,1,m\n',
      'line 3 has 3 columns instead of 4',
    ],
    [
      'more.csv',
      'AGENCY_ID,QUORUM_ADVERTISER_ID,MAID,STORE_VISIT_DATE\n7,1,m,2026-02-01,x\n',
      'line 2 has 5 columns instead of 4',
    ],
    ['quote.csv', 'AGENCY_ID,QUORUM_ADVERTISER_ID,MAID,STORE_VISIT_DATE\n7,1,"m,2026-02-01\n', 'quote'],
    [
      'bytes.csv',
      Buffer.from('AGENCY_ID,QUORUM_ADVERTISER_ID,MAID,STORE_VISIT_DATE\n7,1,\xff\xfe,2026-02-01\n', 'latin1'),
      'line 2 is not UTF-8',
    ],
    ['nothing.csv', '', 'no header'],
    ['text.csv.gz', 'AGENCY_ID\n', 'gzip'],
    ['broken.jsonl', '{"AGENCY_ID":1}\n{"AGENCY_ID":\n', 'malformed JSON'],
    ['array.jsonl', '[{"AGENCY_ID":1}]\n', 'not JSON objects'],
    [
      'mixed.jsonl',
      '{"AGENCY_ID":1,"QUORUM_ADVERTISER_ID":1,"MAID":"m","STORE_VISIT_DATE":"2026-02-01"}\n5\n',
      'line 2 is not a JSON object',
    ],
  ])('%s', async (name, content, message) => {
    write(name, content);
    const error = await refused(load('STORE_VISITS', name));
    expect(error).toMatchObject({ kind: 'rejected', code: 'unreadable_file' });
    expect(error.message).toContain(name);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('2026-02-01');
  });
});

test('progress names the file at work and ends at 1', async () => {
  write('a.csv', `${IMPRESSION_HEADER}\n${impression()}\n`);
  write('b.csv', `${IMPRESSION_HEADER}\n${impression()}\n${impression()}\n`);
  const seen: { file: number; files: number; share: number }[] = [];
  await load('AD_IMPRESSION_LOG_V2', '*.csv', { onProgress: (progress) => seen.push(progress) });
  expect(seen[0]).toMatchObject({ file: 1, files: 2 });
  expect(seen.at(-1)).toStrictEqual({ file: 2, files: 2, share: 1 });
  const shares = seen.map(({ share }) => share);
  expect(shares).toStrictEqual(shares.toSorted((left, right) => left - right));
});
