import type { IdentifierKind } from '../identity/identifier-kind.ts';
import { type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { blankSql } from './canonical-sql.ts';
import { trimmedSql } from './trimmed-sql.ts';

/** What tells apart texts that cannot be identifiers: themselves without white space around them, and all blanks are one. */
export function misfitText(dialect: Dialect, kind: IdentifierKind, text: Sql): Sql {
  const trimmed = trimmedSql(text);
  const caseKept = kind === 'RAMPID' || kind === 'UID2';
  return sql`CASE WHEN ${blankSql(dialect, text)} THEN '' ELSE ${caseKept ? trimmed : sql`lower(${trimmed})`} END`;
}
