import { GAID_WORD_PATTERN, IDFA_WORD_PATTERN } from '../identity/device-type.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';

/** Twin of `parseDeviceType`: `IDFA`, `GAID` or null for a text expression. The usual words are not worth a pattern. */
export function deviceTypeSql(dialect: Dialect, text: Sql): Sql {
  return sql`CASE WHEN ${text} IN ('IDFA', 'GAID') THEN ${text} WHEN ${dialect.matches(text, IDFA_WORD_PATTERN)} THEN 'IDFA' WHEN ${dialect.matches(text, GAID_WORD_PATTERN)} THEN 'GAID' END`;
}
