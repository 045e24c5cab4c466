import type { Sql } from '../lib/sql.ts';
import type { BoundTable } from './bound-table.ts';
import type { Dialect } from './dialect.ts';

/**
 * A column as a UTC timestamp without zone, whatever the site keeps times as; null when unreadable. An optional column that the table does
 * not have is null.
 */
export function timeSql(dialect: Dialect, table: BoundTable, name: string, alias?: string): Sql {
  const column = table.column(name, alias);
  const type = table.typeOf(name);
  return type === null ? column : dialect.timestamp(column, type);
}
