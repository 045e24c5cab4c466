import { raw, sql } from '../../lib/sql.ts';
import { idSql } from '../../reach/text-sql.ts';
import type { Conflict } from '../conflict.ts';
import { type AdminContext, inScope } from '../context.ts';
import { MAPPING } from './assigned-keys.ts';
import { md5Sql, uniqueIdSql } from './place-sql.ts';

/**
 * Places of an agency whose assignments do not agree on the place's id. That several advertisers have the same place is none: it may be
 * theirs all.
 */
export async function placeConflicts(ctx: AdminContext): Promise<readonly Conflict[]> {
  const { session, catalogue } = ctx;
  const { dialect } = session;
  const mapping = catalogue.table(MAPPING);
  if (!mapping.exists || !mapping.has('AGENCY_ID') || !mapping.has('SEGMENT_UNIQUE_ID')) return [];
  // By the agency as the rows have it: reading the ids of millions of rows would take most of the time.
  const agency = sql`trim(${dialect.text(mapping.column('AGENCY_ID'))})`;
  const md5 = md5Sql(dialect, mapping.column('SEGMENT_MD5'));
  const uid = sql`NULLIF(${uniqueIdSql(dialect, mapping.column('SEGMENT_UNIQUE_ID'))}, '')`;
  const rows = await session.all(sql`WITH contended AS (
      SELECT ${agency} AS agency_text, ${md5} AS place FROM ${mapping.ref} WHERE ${inScope(ctx, mapping)}
      GROUP BY agency_text, place HAVING min(${uid}) <> max(${uid})
    )
    SELECT DISTINCT ${idSql(dialect, raw('agency_text'))} AS agency, place, ${idSql(dialect, mapping.column('ADVERTISER_ID'))} AS advertiser
    FROM ${mapping.ref} JOIN contended ON place = ${md5} AND agency_text = ${agency}
    WHERE place <> '' ORDER BY agency, place, advertiser`);
  const conflicts = Map.groupBy(rows, ({ agency, place }) => JSON.stringify([agency, place]));
  return [...conflicts.values()].map((of) => ({
    kind: 'place' as const,
    agencyId: String(of[0]?.agency),
    key: String(of[0]?.place),
    advertisers: of.map(({ advertiser }) => String(advertiser)),
    affected: null,
  }));
}
