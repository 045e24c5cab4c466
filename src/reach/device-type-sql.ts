import { GAID_WORD_PATTERN, IDFA_WORD_PATTERN } from '../identity/device-type.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { DEVICE_TYPE_CODES } from './prepared-columns.ts';

/** Twin of `parseDeviceType`: `IDFA`, `GAID` or null for a text expression. The usual words are not worth a pattern. */
export function deviceTypeSql(dialect: Dialect, text: Sql): Sql {
  return sql`CASE WHEN ${text} IN ('IDFA', 'GAID') THEN ${text} WHEN ${dialect.matches(text, IDFA_WORD_PATTERN)} THEN 'IDFA' WHEN ${dialect.matches(text, GAID_WORD_PATTERN)} THEN 'GAID' END`;
}

/** The same as the number that the platform has in REACH_EXPOSURES. */
export function deviceTypeCodeSql(dialect: Dialect, text: Sql): Sql {
  const { IDFA, GAID } = DEVICE_TYPE_CODES;
  return sql`CASE WHEN ${text} = 'IDFA' THEN ${IDFA} WHEN ${text} = 'GAID' THEN ${GAID} WHEN ${dialect.matches(text, IDFA_WORD_PATTERN)} THEN ${IDFA} WHEN ${dialect.matches(text, GAID_WORD_PATTERN)} THEN ${GAID} END`;
}
