import { type Sql, sql } from '../lib/sql.ts';

/** The type of a device by what its rows say of its platform, as conditions: contradictions and silence leave it unknown. */
export function deviceTypeOf(isIdfa: Sql, isGaid: Sql): Sql {
  return sql`CASE WHEN ${isIdfa} AND NOT ${isGaid} THEN 'IDFA' WHEN ${isGaid} AND NOT ${isIdfa} THEN 'GAID' ELSE 'MAID' END`;
}
