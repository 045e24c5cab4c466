import { readFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { FileContext, Layout, Membership } from '../src/format/layout.ts';
import { activationLayout } from '../src/format/layouts/activation.ts';
import { eventLogLayout } from '../src/format/layouts/event-log.ts';
import { lineSql } from '../src/format/line-sql.ts';
import { writeRows } from '../src/format/write-rows.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from '../src/identity/identifier-type.ts';
import { compile, join, sql } from '../src/lib/sql.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { collect, contextOf, inBatches, packLines, scratch } from './support/format.ts';

const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const maid = hex(32).map((digits) => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
const base64 = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');

const values: Record<IdentifierType, fc.Arbitrary<string>> = {
  IDFA: maid,
  GAID: maid,
  MAID: maid,
  IP: fc.oneof(fc.ipV4(), fc.constantFrom('2001:500:2f::f', '2a00:1450:4001:81b::200e')),
  RAMPID: fc.string({ unit: fc.constantFrom(...'XYabcDEF0123-_'), minLength: 1, maxLength: 60 }),
  UID2: fc.string({ unit: base64, minLength: 43, maxLength: 43 }).map((text) => `${text}=`),
  UUID2: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String),
};

const lastSeen = fc.oneof(
  fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2030-12-31T23:59:59.999Z'), noInvalidDate: true }),
  fc
    .constantFrom('2026-02-28T23:59:59.999Z', '2026-03-01T00:00:00.000Z', '2025-12-31T23:59:59.500Z')
    .map((text) => new Date(text)),
);

const membership: fc.Arbitrary<Membership> = fc
  .constantFrom(...IDENTIFIER_TYPES)
  .chain((type) => fc.record({ type: fc.constant(type), value: values[type], lastSeen }));

/** Names that people give: delimiters, quotes, apostrophes, placeholders, other alphabets, composed characters, nothing at all. */
const segmentText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '"',
    '""',
    `O'Neill`,
    '?',
    '$1',
    '{segmentId}',
    '\\',
    '\\N',
    'NULL',
    '%s',
    'ß|"é"',
    'e\u0301',
    '🚗,🚙;',
  ),
  fc.string({ unit: fc.constantFrom(...`ab|,;"'\\$?{}% -é漢🚗`), maxLength: 40 }),
);

const partner: Layout = {
  ...eventLogLayout(),
  name: 'partner',
  columns: [
    { header: 'a', value: { kind: 'constant', text: '' } },
    { header: 'b', value: { kind: 'constant', text: `it's "new"; 50 %` } },
    { header: 'c', value: { kind: 'segmentName' } },
    { header: 'd', value: { kind: 'audienceKey' } },
    { header: 'e', value: { kind: 'identifier' } },
    {
      header: 'f',
      value: { kind: 'identifierType', words: Object.fromEntries(IDENTIFIER_TYPES.map((type) => [type, `${type}|"`])) },
    },
    { header: 'g', value: { kind: 'lastSeen', format: 'unix-seconds' } },
    { header: 'h', value: { kind: 'lastSeen', format: 'iso-seconds' } },
    { header: 'i', value: { kind: 'segmentId' } },
    { header: 'j', value: { kind: 'constant', text: '' } },
  ],
  idCase: { MAID: 'upper', GAID: 'upper', UID2: 'upper', RAMPID: 'lower' },
};

const layouts: readonly Layout[] = [
  eventLogLayout(),
  eventLogLayout({ quoting: 'all', timestampFormat: 'unix-seconds' }),
  ...([',', ';', '\t', '|'] as const).map((delimiter) => ({ ...partner, delimiter })),
  { ...partner, quoting: 'all' },
];

const warehouse = await openDuckDB({ path: ':memory:', readOnly: false });
afterAll(() => warehouse[Symbol.asyncDispose]());

const columns = { type: sql`type`, value: sql`value`, lastSeen: sql`last_seen` };

/** The lines as DuckDB writes them by itself. */
async function unloaded(
  layout: Layout,
  context: FileContext,
  rows: readonly Membership[],
  type?: IdentifierType,
): Promise<Buffer> {
  await using directory = await scratch();
  await using session = await warehouse.session();
  await session.execute(sql`CREATE TEMP TABLE members (n INTEGER, type VARCHAR, value VARCHAR, last_seen TIMESTAMP)`);
  const values = rows.map((row, n) => {
    const microseconds = BigInt(row.lastSeen.getTime()) * 1000n + 999n;
    return sql`(${n}, ${row.type}, ${row.value}, make_timestamp(CAST(${microseconds} AS BIGINT)))`;
  });
  await session.execute(sql`INSERT INTO members VALUES ${join(values)}`);
  const path = joinPath(directory.path, 'lines');
  const line = lineSql(session.dialect, layout, context, columns, type);
  expect((await session.unload(sql`SELECT ${line} FROM members ORDER BY n`, path)).rows).toBe(rows.length);
  return await readFile(path);
}

function written(layout: Layout, context: FileContext, rows: readonly Membership[]): Promise<Buffer> {
  return collect(writeRows(layout, context, inBatches(rows, 7)));
}

test('the warehouse and the TypeScript writer write the same bytes for every type, layout and segment name', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...layouts),
      fc.record({ segmentId: segmentText, segmentName: segmentText }),
      fc.array(membership, { minLength: 1, maxLength: 30 }),
      async (layout, segment, rows) => {
        const context = contextOf(segment);
        expect((await unloaded(layout, context, rows)).toString()).toBe((await written(layout, context, rows)).toString());
      },
    ),
    { numRuns: 60 },
  );
});

test.each(IDENTIFIER_TYPES)('a file of %s alone is the same from both', async (type) => {
  const rows = fc
    .sample(values[type], { numRuns: 40, seed: 7 })
    .map((value) => ({ type, value, lastSeen: new Date('2026-02-16T06:00:00Z') }));
  for (const layout of [activationLayout(), activationLayout({ quoting: 'minimal' }), ...layouts]) {
    const bytes = await written(layout, contextOf(), rows);
    expect((await unloaded(layout, contextOf(), rows, type)).equals(bytes)).toBe(true);
    expect((await unloaded(layout, contextOf(), rows)).equals(bytes)).toBe(true);
  }
});

test('every row of every type is there once, and packs into a file of as many rows', async () => {
  await using directory = await scratch();
  const rows = IDENTIFIER_TYPES.flatMap((type) =>
    fc.sample(values[type], { numRuns: 10, seed: 11 }).map((value): Membership => ({ type, value, lastSeen: new Date(0) })),
  );
  const lines = await unloaded(eventLogLayout(), contextOf(), rows);
  const runs = IDENTIFIER_TYPES.map((type) => ({ type, rows: 10 }));
  const [file] = await packLines(directory.path, eventLogLayout(), lines, runs);
  expect(file?.rows).toBe(10 * IDENTIFIER_TYPES.length);
  expect(file?.identifiers).toEqual(Object.fromEntries(IDENTIFIER_TYPES.map((type) => [type, 10])));
});

test('a row of a type that the layout does not carry stops the packing, whatever the warehouse wrote', async () => {
  await using directory = await scratch();
  const words = { IDFA: 'IDFA' };
  const layout = {
    ...eventLogLayout({ minRows: 1 }),
    columns: [{ header: 'x', value: { kind: 'identifierType' as const, words } }],
  };
  const rows: Membership[] = [
    { type: 'IDFA', value: 'aebe52e7-03ee-455a-b3c4-e57283966239', lastSeen: new Date(0) },
    { type: 'IP', value: '198.41.0.4', lastSeen: new Date(0) },
  ];
  const lines = await unloaded(layout, contextOf(), rows);
  const runs = rows.map(({ type }) => ({ type, rows: 1 }));
  await expect(packLines(directory.path, layout, lines, runs)).rejects.toThrow(/row is empty/);
});

test('a control character in the segment is refused before any SQL is made', () => {
  const refused = expect.objectContaining({ kind: 'config', code: 'control_character' });
  expect(() => lineSql(warehouse.dialect, eventLogLayout(), contextOf({ segmentId: 'a\nb' }), columns)).toThrow(refused);
  expect(() => lineSql(warehouse.dialect, eventLogLayout(), contextOf({ segmentName: 'a\0b' }), columns)).toThrow(refused);
});

test('text of the segment is bound, never part of the SQL', () => {
  const { text, values: bound } = compile(
    lineSql(warehouse.dialect, eventLogLayout(), contextOf({ segmentId: `x' --` }), columns, 'IDFA'),
    (n) => `:${n}`,
  );
  expect(text).toBe(`upper(value) || :1 || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ')`);
  expect(bound).toEqual([`|IDFA|x' --|`]);
});
