import { afterEach, beforeEach, expect, test } from 'vitest';
import { raw, sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { copyDatabase } from '../src/warehouse/duckdb/copy-database.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { MAPPING_IDS } from '../src/warehouse/sequence-spec.ts';
import { nextNumbers } from '../src/warehouse/sequences.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';
import { makeProject, type Project } from './support/project.ts';

/** Numbers that the warehouse gives out. */

let project: Project;
let warehouse: Warehouse;
let session: Session;
beforeEach(async () => {
  project = makeProject('');
  warehouse = await openDuckDB({ path: project.path('w.duckdb'), readOnly: false });
  session = await warehouse.session();
  await createTables(session);
});
afterEach(async () => {
  await warehouse[Symbol.asyncDispose]();
  project[Symbol.dispose]();
});

const NONE = sql`SELECT '' AS used_id WHERE FALSE`;
const used = (...ids: readonly number[]) =>
  raw(`SELECT CAST(id AS VARCHAR) AS used_id FROM (VALUES ${ids.map((id) => `(${id})`).join(', ')}) AS ids(id)`);

test('B5: are never in use, whether those in use stand close together or far apart', async () => {
  expect(await nextNumbers(session, MAPPING_IDS, used(1, 2, 3, 5, 9_007_199_254_740_000), 4)).toHaveLength(4);
  const more = await nextNumbers(session, MAPPING_IDS, used(20, 21, 22), 30);
  expect(new Set(more).size).toBe(30);
  expect(more.filter((id) => ['20', '21', '22'].includes(id))).toEqual([]);
});

test('B5: are given once, to however many sessions, and also after a rollback', async () => {
  const given: string[] = [];
  const broken = session.transaction(async () => {
    given.push(...(await nextNumbers(session, MAPPING_IDS, NONE, 2)));
    throw new Error('no');
  });
  await expect(broken).rejects.toThrow('no');
  await withResource(warehouse.session(), async (other) => {
    await createTables(other);
    const both = await Promise.all([nextNumbers(session, MAPPING_IDS, NONE, 3), nextNumbers(other, MAPPING_IDS, NONE, 3)]);
    given.push(...both.flat());
  });
  expect(new Set(given.slice(2)).size).toBe(6);
});

test('go on in a copy of the database', async () => {
  const [last] = await nextNumbers(session, MAPPING_IDS, NONE, 1);
  await copyDatabase(session, project.path('copy.duckdb'));
  await withResource(openDuckDB({ path: project.path('copy.duckdb'), readOnly: false }), (copy) =>
    withResource(copy.session(), async (there) => {
      const [next] = await nextNumbers(there, MAPPING_IDS, NONE, 1);
      expect(Number(next)).toBe(Number(last) + 1);
    }),
  );
});
