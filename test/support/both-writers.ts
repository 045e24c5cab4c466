import { readFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { FileContext, Layout, Membership } from '../../src/format/layout.ts';
import { lineSql } from '../../src/format/line-sql.ts';
import { writeRows } from '../../src/format/write-rows.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from '../../src/identity/identifier-type.ts';
import { join, sql } from '../../src/lib/sql.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import { collect, inBatches, scratch } from './format.ts';

/** Members of every kind, and the lines that both writers make of them. */

const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const maid = hex(32).map((digits) => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
const base64 = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');

export const values: Record<IdentifierType, fc.Arbitrary<string>> = {
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

export const membership: fc.Arbitrary<Membership> = fc
  .constantFrom(...IDENTIFIER_TYPES)
  .chain((type) => fc.record({ type: fc.constant(type), value: values[type], lastSeen }));

/** Names that people give: delimiters, quotes, apostrophes, placeholders, other alphabets, composed characters, nothing at all. */
export const segmentText = fc.oneof(
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

export const columns = { type: sql`type`, value: sql`value`, lastSeen: sql`last_seen` };

/** The lines as a warehouse writes them by itself. */
export async function unloaded(
  warehouse: Warehouse,
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
  const line = lineSql(session.dialect, layout, context, columns, type === undefined ? undefined : [type]);
  expect((await session.unload(sql`SELECT ${line} FROM members ORDER BY n`, path)).rows).toBe(rows.length);
  return await readFile(path);
}

export function written(layout: Layout, context: FileContext, rows: readonly Membership[]): Promise<Buffer> {
  return collect(writeRows(layout, context, inBatches(rows, 7)));
}
