import { type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { canonicalSql } from '../audience/canonical-sql.ts';

/**
 * The first of two address columns that holds a valid public address. When neither does, the reason is that of the first
 * unless it is blank, and `text` is where the reason was found.
 */
export function firstIpSql(dialect: Dialect, first: Sql, second: Sql): { readonly value: Sql; readonly reason: Sql; readonly text: Sql } {
  const a = canonicalSql(dialect, 'IP', first);
  const b = canonicalSql(dialect, 'IP', second);
  return {
    value: sql`COALESCE(${a.value}, ${b.value})`,
    reason: sql`CASE WHEN ${a.value} IS NOT NULL OR ${b.value} IS NOT NULL THEN NULL WHEN ${a.reason} = 'BLANK' THEN ${b.reason} ELSE ${a.reason} END`,
    text: sql`CASE WHEN ${a.value} IS NOT NULL THEN ${first} WHEN ${b.value} IS NOT NULL THEN ${second} WHEN ${a.reason} = 'BLANK' THEN ${second} ELSE ${first} END`,
  };
}
