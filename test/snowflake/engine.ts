import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { SnowflakeError } from './errors.ts';
import { decodeNames, quoteName } from './identifiers.ts';
import { MACROS } from './macros.ts';

/** DuckDB with one attached database for each of Snowflake's, and the functions that Snowflake has and DuckDB lacks. */
export interface Engine {
  /** A connection for whoever looks on from outside. */
  readonly connection: DuckDBConnection;
  connect(): Promise<DuckDBConnection>;
  createDatabase(name: string): Promise<void>;
  databases(): Promise<readonly string[]>;
  schemas(database: string): Promise<readonly string[]>;
  /** Where a session begins; throws when there is no such place. */
  place(database: string | null, schema: string | null): Promise<{ database: string | null; schema: string | null }>;
  close(): void;
}

export async function openEngine(database: string, schemas: readonly string[]): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const macro of MACROS) await connection.run(macro);

  async function texts(sql: string): Promise<readonly string[]> {
    const rows = await (await connection.runAndReadAll(sql)).getRowsJS();
    return rows.map(([name]) => decodeNames(String(name)));
  }

  async function createDatabase(name: string): Promise<void> {
    await connection.run(`ATTACH ':memory:' AS ${quoteName(name)}`);
    await connection.run(`CREATE SCHEMA ${quoteName(name)}."PUBLIC"`);
  }

  const engine: Engine = {
    connection,
    async connect() {
      const made = await instance.connect();
      // As Snowflake sorts: nulls are larger than everything.
      await made.run("SET default_null_order = 'nulls_last_on_asc_first_on_desc'");
      return made;
    },
    createDatabase,
    databases: () =>
      texts("SELECT database_name FROM duckdb_databases() WHERE NOT internal AND database_name <> 'memory' ORDER BY 1"),
    schemas: (name) =>
      texts(
        `SELECT schema_name FROM duckdb_schemas() WHERE NOT internal AND schema_name <> 'main' AND database_name = ${quoteName(name).replaceAll("'", "''").replaceAll('"', "'")} ORDER BY 1`,
      ),
    async place(wanted, schema) {
      if (wanted === null) return { database: null, schema: null };
      const refuse = (kind: string) =>
        new SnowflakeError('390201', '08004', `The requested ${kind} does not exist or not authorized.`);
      if (!(await engine.databases()).includes(wanted)) throw refuse('database');
      if (schema !== null && !(await engine.schemas(wanted)).includes(schema)) throw refuse('schema');
      return { database: wanted, schema: schema ?? 'PUBLIC' };
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
  await createDatabase(database);
  for (const schema of schemas) await connection.run(`CREATE SCHEMA IF NOT EXISTS ${quoteName(database)}.${quoteName(schema)}`);
  await connection.run(`USE ${quoteName(database)}."PUBLIC"`);
  return engine;
}
