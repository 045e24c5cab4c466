import { type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';

/** How ids of the business tables are compared: as text, whatever the column's type. */

/**
 * An id as trimmed text. Numbers that went through a float column on their way (`42.0`) are the id that they were before (`42`).
 */
export function idSql(dialect: Dialect, expression: Sql): Sql {
  const trimmed = dialect.replaceAll(dialect.text(expression), '^[ \\t\\n\\v\\f\\r]+|[ \\t\\n\\v\\f\\r]+$', '');
  return dialect.replaceAll(trimmed, '^([0-9]+)\\.0+$', '\\1');
}

/** Whether a column holds this id. The first test is far cheaper than reading ids and lets few rows of a large table through to it. */
export function isIdSql(dialect: Dialect, column: Sql, id: string): Sql {
  return sql`(${dialect.text(column)} LIKE ${`%${id}%`} AND ${idSql(dialect, column)} = ${id})`;
}

/** An id, or null where the field's blanks stand for none: nothing, `0`, `null`, `UNKNOWN` in any case. */
export function presentIdSql(dialect: Dialect, expression: Sql): Sql {
  const id = idSql(dialect, expression);
  return sql`CASE WHEN lower(${id}) IN ('', '0', 'null', 'unknown') THEN NULL ELSE ${id} END`;
}

/** A platform type as canonical digits (`6`, `06`, ` 6 ` and `6.0` are one; `0` is a platform), or null when it is not readable as a number. */
export function platformSql(dialect: Dialect, expression: Sql): Sql {
  return sql`NULLIF(${dialect.extract(dialect.text(expression), '^[ \\t\\n\\v\\f\\r]*0*(0|[1-9][0-9]*)(\\.0*)?[ \\t\\n\\v\\f\\r]*$')}, '')`;
}
