import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Layout, Membership } from '../src/format/layout.ts';
import { activationLayout } from '../src/format/layouts/activation.ts';
import { eventLogLayout } from '../src/format/layouts/event-log.ts';
import { lineSql } from '../src/format/line-sql.ts';
import { IDENTIFIER_TYPES } from '../src/identity/identifier-type.ts';
import { compile } from '../src/lib/sql.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { columns, membership, segmentText, unloaded, values, written } from './support/both-writers.ts';
import { contextOf, packLines, scratch } from './support/format.ts';

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

test('the warehouse and the TypeScript writer write the same bytes for every type, layout and segment name', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...layouts),
      fc.record({ segmentId: segmentText, segmentName: segmentText }),
      fc.array(membership, { minLength: 1, maxLength: 30 }),
      async (layout, segment, rows) => {
        const context = contextOf(segment);
        expect((await unloaded(warehouse, layout, context, rows)).toString()).toBe(
          (await written(layout, context, rows)).toString(),
        );
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
    expect((await unloaded(warehouse, layout, contextOf(), rows, type)).equals(bytes)).toBe(true);
    expect((await unloaded(warehouse, layout, contextOf(), rows)).equals(bytes)).toBe(true);
  }
});

test('every row of every type is there once, and packs into a file of as many rows', async () => {
  await using directory = await scratch();
  const rows = IDENTIFIER_TYPES.flatMap((type) =>
    fc.sample(values[type], { numRuns: 10, seed: 11 }).map((value): Membership => ({ type, value, lastSeen: new Date(0) })),
  );
  const lines = await unloaded(warehouse, eventLogLayout(), contextOf(), rows);
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
  const lines = await unloaded(warehouse, layout, contextOf(), rows);
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
    lineSql(warehouse.dialect, eventLogLayout(), contextOf({ segmentId: `x' --` }), columns, ['IDFA']),
    (n) => `:${n}`,
  );
  expect(text).toBe(`upper(value) || :1 || strftime(last_seen, '%Y-%m-%dT%H:%M:%SZ')`);
  expect(bound).toEqual([`|IDFA|x' --|`]);
});
