import { join, type Sql, sql } from '../lib/sql.ts';
import type { Session } from './warehouse.ts';

interface LiveColumn {
  /** In exact case. */
  readonly name: string;
  readonly type: string;
}

/** A table or view as it is in the warehouse. */
export interface LiveTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly LiveColumn[];
}

export interface TablePlace {
  readonly schema: string;
  readonly name: string;
}

/** Those of the tables that exist. A name may differ in case from what was asked. */
export async function readLiveTables(session: Session, places: readonly TablePlace[]): Promise<readonly LiveTable[]> {
  if (places.length === 0) return [];
  const oneOf = (names: readonly string[]): Sql => join([...new Set(names)].map((name) => sql`${name.toUpperCase()}`));
  // The labels are quoted, as engines differ in the case that they give to names without quotes.
  const rows = await session.all(sql`
    SELECT table_schema AS "table_schema", table_name AS "table_name", column_name AS "column_name", data_type AS "data_type"
    FROM information_schema.columns
    WHERE table_catalog = current_database()
      AND upper(table_schema) IN (${oneOf(places.map(({ schema }) => schema))})
      AND upper(table_name) IN (${oneOf(places.map(({ name }) => name))})
    ORDER BY ordinal_position`);
  const tables = new Map<string, { schema: string; name: string; columns: LiveColumn[] }>();
  for (const row of rows) {
    const schema = String(row.table_schema);
    const name = String(row.table_name);
    const key = JSON.stringify([schema, name]);
    const table = tables.get(key) ?? { schema, name, columns: [] };
    table.columns.push({ name: String(row.column_name), type: String(row.data_type) });
    tables.set(key, table);
  }
  return [...tables.values()];
}

/** The one of that name: in exact case if there is one, else in any. */
export function findNamed<T extends { readonly name: string }>(things: readonly T[], name: string): T | undefined {
  const upper = name.toUpperCase();
  return things.find((thing) => thing.name === name) ?? things.find((thing) => thing.name.toUpperCase() === upper);
}

/** The table at a place. */
export function findLive(tables: readonly LiveTable[], { schema, name }: TablePlace): LiveTable | undefined {
  const inSchema = tables.filter((table) => table.schema === schema);
  const upper = schema.toUpperCase();
  return (
    findNamed(inSchema, name) ??
    findNamed(
      tables.filter((table) => table.schema.toUpperCase() === upper),
      name,
    )
  );
}
