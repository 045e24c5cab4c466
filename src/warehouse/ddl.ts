import { ident, join, raw, type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from './dialect.ts';
import { findLive, findNamed, readLiveTables, type TablePlace } from './information-schema.ts';
import { SEQUENCES } from './sequence-spec.ts';
import type { ColumnSpec, ColumnType, TableSpec } from './table-spec.ts';
import { TABLES } from './tables.ts';
import { createViews } from './views.ts';
import type { Session } from './warehouse.ts';

const TYPES: Readonly<Record<Dialect['name'], Readonly<Record<ColumnType, string>>>> = {
  duckdb: {
    text: 'VARCHAR',
    integer: 'BIGINT',
    number: 'DOUBLE',
    boolean: 'BOOLEAN',
    date: 'DATE',
    timestamp: 'TIMESTAMP',
    json: 'JSON',
    device: 'UUID',
    code: 'UTINYINT',
  },
  snowflake: {
    text: 'VARCHAR',
    integer: 'NUMBER(38,0)',
    number: 'FLOAT',
    boolean: 'BOOLEAN',
    date: 'DATE',
    timestamp: 'TIMESTAMP_NTZ',
    json: 'VARCHAR',
    device: 'VARCHAR',
    code: 'NUMBER(3,0)',
  },
};

/** The engine's type for a column of the catalogue. */
export function engineType(type: ColumnType, engine: Dialect['name']): string {
  return TYPES[engine][type];
}

function defaultText(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function columnDefinition(column: ColumnSpec, name: string, engine: Dialect['name']): Sql {
  const otherwise = column.default === undefined ? '' : ` DEFAULT ${defaultText(column.default)}`;
  return sql`${ident(name)} ${raw(engineType(column.type, engine) + otherwise)}`;
}

/** The statement that creates a table of the catalogue. Only our own bookkeeping gets its key as a constraint: an index slows loads. */
export function createTable(spec: TableSpec, { schema, name }: TablePlace, engine: Dialect['name']): Sql {
  const columns = spec.columns.map((column) => columnDefinition(column, column.name, engine));
  const key = spec.internal && spec.unique ? [sql`PRIMARY KEY (${join(spec.key.map((column) => ident(column)))})`] : [];
  const kind = engine === 'snowflake' && spec.derived ? raw('TRANSIENT TABLE') : raw('TABLE');
  return sql`CREATE ${kind} ${ident(schema, name)} (${join([...columns, ...key])})`;
}

/** The statement by which Snowflake keeps a table's rows in an order that lets it skip most of them; null for a table without one. */
export function clusterTable({ clusterBy }: TableSpec, { schema, name }: TablePlace): Sql | null {
  return clusterBy === undefined ? null : sql`ALTER TABLE ${ident(schema, name)} CLUSTER BY (${raw(clusterBy.join(', '))})`;
}

/** The statement that adds a column of the catalogue to a live table; rows that exist get its default. */
export function addColumn(column: ColumnSpec, name: string, table: TablePlace, engine: Dialect['name']): Sql {
  return sql`ALTER TABLE ${ident(table.schema, table.name)} ADD COLUMN ${columnDefinition(column, name, engine)}`;
}

/** Creates what is missing of the tables, under their default names, and adds missing columns; with all tables the views and sequences, too. Running it again changes nothing. */
export async function createTables(session: Session, tables: readonly TableSpec[] = TABLES): Promise<void> {
  const live = await readLiveTables(session, tables);
  const engine = session.dialect.name;
  const found = tables.map((spec) => ({ spec, table: findLive(live, spec) }));
  const missing = found.filter(({ table }) => table === undefined).map(({ spec }) => spec);
  const create = async (): Promise<void> => {
    for (const schema of new Set(missing.map((spec) => spec.schema))) {
      await session.execute(sql`CREATE SCHEMA IF NOT EXISTS ${ident(schema)}`);
    }
    for (const spec of missing) await session.execute(createTable(spec, spec, engine));
  };
  // Where each statement that makes something is a transaction by itself, what is cut short is done the next time.
  if (engine === 'snowflake') await create();
  else if (missing.length > 0) await session.transaction(create);
  if (tables === TABLES) {
    for (const { schema, name } of SEQUENCES)
      await session.execute(sql`CREATE SEQUENCE IF NOT EXISTS ${ident(schema, name)} START 1`);
    await createViews(session);
  }
  // One by one: DuckDB cannot commit several changes of a table that has rows together, and what is cut short is done the next time.
  for (const { spec, table } of found) {
    if (table === undefined) continue;
    for (const column of spec.columns.filter(({ name }) => findNamed(table.columns, name) === undefined)) {
      await session.execute(addColumn(column, column.name, table, engine));
    }
  }
}
