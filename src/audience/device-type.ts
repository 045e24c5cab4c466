import { type Sql, sql } from '../lib/sql.ts';

/** The type of a device by what its rows say of its platform, 1 or 0 each: contradictions and silence leave it unknown. */
export function deviceTypeOf(idfa: Sql, gaid: Sql): Sql {
  return sql`CASE WHEN ${idfa} = 1 AND ${gaid} = 0 THEN 'IDFA' WHEN ${gaid} = 1 AND ${idfa} = 0 THEN 'GAID' ELSE 'MAID' END`;
}
