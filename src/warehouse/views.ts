import { ident, join, raw, type Sql, sql } from '../lib/sql.ts';
import type { Dialect } from './dialect.ts';
import { reachExposures, reachKeys } from './tables/reach.ts';
import type { Session } from './warehouse.ts';

/** Views for people who look into the warehouse; the program itself reads none of them. */

/** Kinds of identifiers that share one column with what is none, told apart by the reason. */
const SHARED = ['IP', 'RAMPID', 'UID2', 'UUID2'];

const GROUPS = [
  'AGENCY_ID',
  'DSP_PLATFORM_TYPE',
  'DSP_ADVERTISER_ID',
  'INSERTION_ORDER_ID',
  'LINE_ITEM_ID',
  'ID_TYPE',
  'ID_VALUE',
  'SOURCE',
].join(', ');

/** Creates the views where they are missing. */
export async function createViews(session: Session): Promise<void> {
  await session.execute(createReachView(session.dialect));
}

/** Where the view of who was reached is. */
export const REACH_VIEW = { schema: 'BASE_TABLES', name: 'AUDIENCE_REACH' } as const;

/** The statement that makes that view where it is missing. */
export function createReachView(dialect: Dialect): Sql {
  return sql`CREATE VIEW IF NOT EXISTS ${ident(REACH_VIEW.schema, REACH_VIEW.name)} AS ${audienceReach(dialect)}`;
}

/** Who was reached by what: valid identifiers with the first and the last time, and how often. */
function audienceReach(dialect: Dialect): Sql {
  const exposures = ident(reachExposures.schema, reachExposures.name);
  const keys = ident(reachKeys.schema, reachKeys.name);
  const device = sql`SELECT KEY_NO, SEEN_AT, CASE DEVICE_TYPE WHEN 1 THEN 'IDFA' WHEN 2 THEN 'GAID' ELSE 'MAID' END AS ID_TYPE, ${dialect.deviceText(raw('DEVICE'))} AS ID_VALUE
    FROM ${exposures} WHERE DEVICE IS NOT NULL`;
  const others = SHARED.map(
    (kind) =>
      sql`SELECT KEY_NO, SEEN_AT, ${raw(`'${kind}'`)} AS ID_TYPE, ${raw(kind)} AS ID_VALUE
      FROM ${exposures} WHERE ${raw(kind)} IS NOT NULL AND ${raw(`${kind}_REASON`)} IS NULL`,
  );
  return sql`SELECT ${raw(GROUPS)}, MIN(SEEN_AT) AS FIRST_SEEN, MAX(SEEN_AT) AS LAST_SEEN, COUNT(*) AS EXPOSURES
    FROM (
      SELECT k.AGENCY_ID, k.PLATFORM AS DSP_PLATFORM_TYPE, k.DSP_ADVERTISER_ID, k.INSERTION_ORDER_ID, k.LINE_ITEM_ID, k.SOURCE,
        e.ID_TYPE, e.ID_VALUE, NULLIF(e.SEEN_AT, TIMESTAMP '9999-12-31 00:00:00') AS SEEN_AT
      FROM (${join([device, ...others], ' UNION ALL ')}) e JOIN ${keys} k ON k.KEY_NO = e.KEY_NO
    ) reached GROUP BY ${raw(GROUPS)}`;
}
