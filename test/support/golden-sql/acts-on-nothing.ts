import { createTables } from '../../../src/warehouse/ddl.ts';
import { duckdbDialect } from '../../../src/warehouse/duckdb/dialect.ts';
import { snowflakeDialect } from '../../../src/warehouse/snowflake/dialect.ts';
import { TABLES } from '../../../src/warehouse/tables.ts';
import type { Row, Session } from '../../../src/warehouse/warehouse.ts';
import { ENGINES, type StatementLog } from './statement-log.ts';

const DIALECTS = { duckdb: duckdbDialect, snowflake: snowflakeDialect };

/** Makes every table, sequence and view, and every column that a table lacks, as each engine is asked for it. */
export async function actOnNothing(log: StatementLog): Promise<void> {
  const oneColumnEach = TABLES.map(({ schema, name }) => ({
    table_schema: schema,
    table_name: name,
    column_name: 'OTHER',
    data_type: 'TEXT',
  }));
  for (const engine of ENGINES) {
    for (const live of [[], oneColumnEach]) await createTables(emptySession(log, engine, live));
  }
}

/** Knows of these columns, and of nothing else. */
function emptySession(log: StatementLog, engine: (typeof ENGINES)[number], live: readonly Row[]): Session {
  return {
    dialect: DIALECTS[engine],
    async *query() {},
    async all(statement) {
      log.record(statement, [engine]);
      return live;
    },
    async execute(statement) {
      log.record(statement, [engine]);
      return 0;
    },
    transaction: (work) => work(),
    unload: async () => ({ rows: 0 }),
    renew: async () => true,
    [Symbol.asyncDispose]: async () => {},
  };
}
