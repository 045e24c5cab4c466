import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSuppression } from '../src/audience/suppression.ts';
import { raw, sql } from '../src/lib/sql.ts';
import type { ExposureRequest } from '../src/reach/exposure.ts';
import { openReach } from '../src/reach/reach.ts';
import { dropWorkTables, keptTable, workTable } from '../src/reach/work-table.ts';
import type { Catalogue } from '../src/warehouse/catalogue.ts';
import type { Session } from '../src/warehouse/warehouse.ts';
import { type PreparedDemo, preparedDemo } from './support/prepared-demo.ts';

/** What a session keeps for the next audience must never be older than the tables that it was made of. */

let demo: PreparedDemo;
let session: Session;
let other: Session;
let catalogue: Catalogue;
let request: ExposureRequest;

beforeAll(async () => {
  demo = await preparedDemo();
  ({ reader: session, writer: other, catalogue, request } = demo);
});

afterAll(() => demo[Symbol.asyncDispose]());

async function tablesOf(purpose: string): Promise<readonly string[]> {
  const rows = await session.all(
    sql`SELECT table_name FROM duckdb_tables() WHERE temporary AND table_name LIKE ${`aq_${purpose}_%`}`,
  );
  return rows.map((row) => String(row.table_name));
}

/** Whose keys an audience reads, as the next delivery of the same session sees them. */
async function keysOf(): Promise<number> {
  const { prepared, ownership } = await openReach(session, catalogue).exposures(request);
  expect(prepared).not.toBeNull();
  await dropWorkTables(session);
  return ownership.AD_IMPRESSION_LOG_V2?.ownedKeys ?? 0;
}

test('a mapping that another session changes is seen by the next audience, and the table is kept while none does', async () => {
  const mapping = catalogue.table('PIXEL_CAMPAIGN_MAPPING_V2').ref;
  const before = await keysOf();
  expect(before).toBeGreaterThan(0);
  const [kept, ...more] = await tablesOf('owned');
  expect(more).toEqual([]);
  expect(await keysOf()).toBe(before);
  expect(await tablesOf('owned')).toEqual([kept]);

  await other.execute(sql`CREATE TABLE saved AS SELECT * FROM ${mapping}`);
  await other.execute(sql`DELETE FROM ${mapping} WHERE CAST(QUORUM_ADVERTISER_ID AS VARCHAR) = ${request.advertiserId}`);
  expect(await keysOf()).toBe(0);
  await other.execute(sql`DELETE FROM ${mapping}`);
  await other.execute(sql`INSERT INTO ${mapping} SELECT * FROM saved`);
  expect(await keysOf()).toBe(before);
  expect(await tablesOf('owned')).toHaveLength(1);
});

test('whoever opts out between two audiences is on the list of the second', async () => {
  const id = '3f0c1d5e-7a34-4b8f-9c21-5d6e7f809123';
  const isHeld = async (): Promise<boolean> => {
    const list = await openSuppression(session, catalogue, request.agencyId);
    const one = sql`SELECT ${session.dialect.deviceKey(raw(`'${id}'`))} AS id_key`;
    const [row] = await session.all(list.marked('MAID', one, session.dialect.deviceText(raw('f.id_key')), raw('f.id_key')));
    await dropWorkTables(session);
    return row?.is_listed === true;
  };
  const table = catalogue.table('SUPPRESSION').ref;
  expect(await isHeld()).toBe(false);
  await other.execute(sql`INSERT INTO ${table} (IDENTIFIER_TYPE, IDENTIFIER_VALUE) VALUES ('MAID', ${id.toUpperCase()})`);
  expect(await isHeld()).toBe(true);
  await other.execute(sql`DELETE FROM ${table} WHERE IDENTIFIER_VALUE = ${id.toUpperCase()}`);
  expect(await isHeld()).toBe(false);
  expect(await tablesOf('suppressed')).toHaveLength(1);
});

test('what changes while a table is made is not kept: it is made once more', async () => {
  const marks = ['1', '2', '2', '2'];
  const table = {
    key: 'moving',
    mark: async () => marks.shift() ?? '2',
    select: (mark: string) => sql`SELECT ${mark} AS made_of`,
  };
  const kept = await keptTable(session, 'moving', table);
  expect(kept.mark).toBe('2');
  expect(await session.all(sql`SELECT made_of FROM ${kept.table}`)).toEqual([{ made_of: '2' }]);
  await dropWorkTables(session);
  expect(await tablesOf('moving')).toHaveLength(1);
});

test('a session keeps the last few tables, and nothing of what passes', async () => {
  await workTable(session, 'passing', sql`SELECT 1 AS one`);
  for (let n = 0; n < 20; n += 1)
    await keptTable(session, 'many', { key: `many ${n}`, mark: async () => '1', select: () => sql`SELECT ${n} AS n` });
  await dropWorkTables(session);
  expect(await tablesOf('passing')).toEqual([]);
  expect(await tablesOf('many')).toHaveLength(16);
});
