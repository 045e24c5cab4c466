import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/lib/sql.ts';
import type { ExposureRequest } from '../src/reach/exposure.ts';
import { openReach } from '../src/reach/reach.ts';
import type { Catalogue } from '../src/warehouse/catalogue.ts';
import type { Session } from '../src/warehouse/warehouse.ts';
import { NOW, type PreparedDemo, preparedDemo } from './support/prepared-demo.ts';

/** Who reads exposures while they are made anew must not take another campaign's people for his own. */

let demo: PreparedDemo;
let writer: Session;
let reader: Session;
let catalogue: Catalogue;
let request: ExposureRequest;
let refresh: PreparedDemo['refresh'];

beforeAll(async () => {
  demo = await preparedDemo();
  ({ writer, reader, catalogue, request, refresh } = demo);
});

afterAll(() => demo[Symbol.asyncDispose]());

async function rowsRead(parts: readonly { readonly rows: Parameters<Session['all']>[0] }[]): Promise<number> {
  const counts = await Promise.all(parts.map(({ rows }) => reader.all(sql`SELECT COUNT(*) AS found FROM (${rows})`)));
  return counts.reduce((sum, [row]) => sum + Number(row?.found), 0);
}

test('a rebuild in the midst of reading gives nobody, never others, and is told', async () => {
  const reach = openReach(reader, catalogue);
  const { parts, prepared } = await reach.exposures(request);
  expect(prepared).not.toBeNull();
  expect(await rowsRead(parts)).toBeGreaterThan(0);
  await reach.assertStill();
  await writer.execute(sql`DELETE FROM ${catalogue.table('AD_IMPRESSION_LOG_V2').ref} WHERE rowid % 3 = 0`);
  await refresh({ rebuild: true });
  expect(await rowsRead(parts)).toBe(0);
  await expect(reach.assertStill()).rejects.toMatchObject({ kind: 'transient', code: 'reach_moved' });
});

test('rows that come while prepared ones are read do no harm, but to who has prepared some for himself', async () => {
  const prepared = openReach(reader, catalogue);
  await prepared.exposures(request);
  await writer.execute(
    sql`INSERT INTO ${catalogue.table('AD_IMPRESSION_LOG_V2').ref} SELECT * REPLACE (${NOW} AS INGESTION_TIMESTAMP, 'new' AS INSERTION_ORDER_ID)
      FROM ${catalogue.table('AD_IMPRESSION_LOG_V2').ref} LIMIT 5`,
  );
  const own = openReach(reader, catalogue);
  await own.exposures(request);
  await refresh();
  await prepared.assertStill();
  await expect(own.assertStill()).rejects.toMatchObject({ code: 'reach_moved' });
});

test('rows that are removed while they are read, since nobody looks back to them any more, are told', async () => {
  const reach = openReach(reader, catalogue);
  await reach.exposures(request);
  await refresh({ horizon: new Date('2026-02-20T00:00:00Z') });
  await expect(reach.assertStill()).rejects.toMatchObject({ code: 'reach_moved' });
});
