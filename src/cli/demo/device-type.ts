import { type Sql, sql } from '../../lib/sql.ts';
import { oneOf, perMille } from './draws.ts';

/**
 * The phone's platform (`system`) in the words of several logs. Some rows say nothing readable, and a few say another platform than
 * the phone's other rows.
 */
export function deviceType(key: Sql): Sql {
  const system = perMille(key, 'other system', 4, sql`CASE system WHEN 'IDFA' THEN 'GAID' ELSE 'IDFA' END`, sql`system`);
  return sql`CASE ${perMille(key, 'no system', 40, sql`'-'`, system)}
    WHEN 'IDFA' THEN ${oneOf(key, 'apple', ['IDFA', 'IDFA', 'idfa', 'iOS', 'Apple', ' IDFA '])}
    WHEN 'GAID' THEN ${oneOf(key, 'google', ['GAID', 'GAID', 'AAID', 'adid', 'Android', 'ANDROID'])}
    ELSE ${oneOf(key, 'no type', ['', null, 'UNKNOWN', 'tablet'])} END`;
}
