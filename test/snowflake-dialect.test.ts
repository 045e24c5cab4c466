import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile, type Sql, sql } from '../src/lib/sql.ts';
import { duckdbDialect } from '../src/warehouse/duckdb/dialect.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { snowflakeDialect } from '../src/warehouse/snowflake/dialect.ts';
import { patternLiteral } from '../src/warehouse/snowflake/literal.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';

/** What Snowflake is asked where it differs; what DuckDB understands too is run there, and held against what DuckDB itself is asked. */

const textOf = (expression: Sql): string => compile(expression, () => '?').text;

describe('a column of times', () => {
  const timeOf = (type: string): string => textOf(snowflakeDialect.timestamp(sql`x`, type));

  test('without a zone stays as it is, so that filters on it still skip partitions', () => {
    for (const type of ['TIMESTAMP_NTZ', 'TIMESTAMP_NTZ(9)', 'DATETIME', 'timestamp_ntz']) expect(timeOf(type)).toBe('x');
  });

  test('with a zone, of dates and of texts is brought to UTC', () => {
    expect(timeOf('TIMESTAMP_TZ')).toBe(`CAST(CONVERT_TIMEZONE('UTC', x) AS TIMESTAMP_NTZ)`);
    expect(timeOf('TIMESTAMP_LTZ(3)')).toBe(timeOf('TIMESTAMP_TZ'));
    expect(timeOf('DATE')).toBe('CAST(x AS TIMESTAMP_NTZ)');
    // Only text may be tried, and digits alone would be taken for seconds.
    expect(timeOf('TEXT')).toBe(
      `CASE WHEN x LIKE '%-%-%' THEN CAST(CONVERT_TIMEZONE('UTC', TRY_TO_TIMESTAMP_TZ(x)) AS TIMESTAMP_NTZ) END`,
    );
    expect(timeOf('VARIANT')).toContain('TRY_TO_TIMESTAMP_TZ(CAST(x AS VARCHAR))');
    expect(timeOf('NUMBER')).toBe('CAST(NULL AS TIMESTAMP_NTZ)');
  });
});

describe('a pattern', () => {
  test('is a literal in which backslashes are doubled and white space is itself', () => {
    expect(textOf(patternLiteral(`^[ \\t\\v]*it's\\.\\\\n$`))).toBe(`'^[ \t\v]*it''s\\\\.\\\\\\\\n$'`);
  });

  test('that not every engine knows is refused', () => {
    for (const pattern of ['(?:a)', 'a+?', 'a{2}?', '(?i)a', '(?=a)']) expect(() => patternLiteral(pattern)).toThrow();
    expect(() => patternLiteral('a(b)?[*+]:?')).not.toThrow();
  });

  test('is compared with the whole text by any reader', () => {
    expect(textOf(snowflakeDialect.matches(sql`x`, 'a|b'))).toBe(`REGEXP_LIKE(x, '^(a|b)$')`);
  });
});

describe('run on DuckDB', () => {
  let warehouse: Warehouse;
  let session: Session;
  beforeAll(async () => {
    warehouse = await openDuckDB({ path: ':memory:', readOnly: false });
    session = await warehouse.session();
  });
  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    await warehouse[Symbol.asyncDispose]();
  });

  async function both(inputs: readonly string[], of: (dialect: typeof duckdbDialect, input: Sql) => Sql) {
    const rows = [];
    for (const input of inputs) {
      const text = sql`CAST(${input} AS VARCHAR)`;
      rows.push(...(await session.all(sql`SELECT ${of(snowflakeDialect, text)} AS theirs, ${of(duckdbDialect, text)} AS ours`)));
    }
    return { theirs: rows.map(({ theirs }) => theirs), ours: rows.map(({ ours }) => ours) };
  }

  test('names are folded alike', async () => {
    const latin = Array.from({ length: 0x17f - 0xc0 }, (_, index) => String.fromCodePoint(0xc0 + index));
    const names = ['Café', 'CAFE\u0301', 'Ŝtormo', 'Ngữ', 'Łódź', 'Straße', 'O’Neil', '東京', ...latin];
    const { theirs, ours } = await both(names, (dialect, input) => dialect.folded(input));
    expect(theirs).toEqual(ours);
  });

  test('addresses give the same digits', async () => {
    const addresses = ['2001:db8::1', '::1', '1::', '::', '2600:1700:1:2:3:4:5:6', 'FE80::ABCD:1', '1:2:3:4:5:6:7::'];
    const { theirs, ours } = await both(addresses, (dialect, input) => dialect.ipv6Hex(input));
    expect(theirs).toEqual(ours);
    expect(theirs[0]).toBe('20010db8000000000000000000000001');
  });

  test('times give the same seconds, before 1970 as well', async () => {
    const times = ['2026-02-16 06:00:00.999', '1970-01-01 00:00:00', '1969-12-31 23:59:58.5'];
    const { theirs, ours } = await both(times, (dialect, input) => dialect.unixSeconds(sql`CAST(${input} AS TIMESTAMP)`));
    expect(theirs).toEqual(ours);
    expect(theirs).toEqual(['1771221600', '0', '-2']);
  });
});
