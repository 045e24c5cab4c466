import { kindOf } from '../identity/identifier-kind.ts';
import { IDENTIFIER_TYPES } from '../identity/identifier-type.ts';
import { join, type Sql, sql } from '../lib/sql.ts';

const DEVICES = join(IDENTIFIER_TYPES.filter((type) => kindOf(type) === 'MAID').map((type) => sql`${type}`));

/** What makes two members the same one: a device is itself under every type that it is ever given, anything else under its own alone. */
export function memberKey(type: Sql, value: Sql): Sql {
  return sql`CASE WHEN ${type} IN (${DEVICES}) THEN ${value} ELSE ${type} || ' ' || ${value} END`;
}
