import { ident, join, type Sql, type SqlValue, sql } from '../../lib/sql.ts';
import type { Session } from '../../warehouse/warehouse.ts';

/** A table of values with named columns, for use after FROM. */
export function valuesTable(name: string, rows: readonly Readonly<Record<string, SqlValue>>[]): Sql {
  const columns = Object.keys(rows[0] ?? {});
  const tuples = rows.map((row) => sql`(${join(columns.map((column) => sql`${row[column] ?? null}`))})`);
  return sql`(VALUES ${join(tuples)}) AS ${ident(name)} (${join(columns.map((column) => ident(column)))})`;
}

/** Puts rows in, each with the same columns, and gives their number. */
export function insertRows(session: Session, table: Sql, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<number> {
  const columns = Object.keys(rows[0] ?? {});
  const tuples = rows.map((row) => sql`(${join(columns.map((column) => sql`${row[column] ?? null}`))})`);
  return session.execute(sql`INSERT INTO ${table} (${join(columns.map((column) => ident(column)))}) VALUES ${join(tuples)}`);
}

/** Puts in what a query gives: an expression for each column, over `from`. */
export function insertSelect(session: Session, table: Sql, columns: Readonly<Record<string, Sql>>, from: Sql): Promise<number> {
  const names = join(Object.keys(columns).map((column) => ident(column)));
  return session.execute(sql`INSERT INTO ${table} (${names}) SELECT ${join(Object.values(columns))} FROM ${from}`);
}
