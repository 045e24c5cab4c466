import { type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from '../warehouse/dialect.ts';

/** The device key of what is no device. */
export function noDeviceKey(dialect: Dialect): Sql {
  return dialect.deviceKey(sql`CAST(NULL AS VARCHAR)`);
}
