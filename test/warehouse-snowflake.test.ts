import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { sql } from '../src/lib/sql.ts';
import { openSnowflake } from '../src/warehouse/snowflake/snowflake.ts';
import { warehouseConformance } from './conformance/warehouse.ts';
import { type SnowflakeServer, startSnowflake } from './snowflake/server.ts';
import { optionsFor } from './support/snowflake-warehouse.ts';

let server: SnowflakeServer;

beforeAll(async () => {
  server = await startSnowflake();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

// Tables of the tests are temporary, so that one account does for all.
warehouseConformance('Snowflake', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aquarius-snowflake-'));
  const warehouse = openSnowflake(optionsFor(server));
  const counted = (rows: number) =>
    sql`SELECT ROW_NUMBER() OVER (ORDER BY NULL) - 1 AS n FROM TABLE(GENERATOR(ROWCOUNT => ${rows}))`;
  return {
    warehouse,
    folder,
    sequence: (rows) => sql`(${counted(rows)})`,
    endless: sql`SELECT COUNT(*) AS "n" FROM (${counted(1_000_000_000)}) AS a CROSS JOIN (${counted(1_000_000_000)}) AS b
      WHERE MOD(a.n * 7 + b.n, 11) = 3`,
    async [Symbol.asyncDispose]() {
      await warehouse[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
