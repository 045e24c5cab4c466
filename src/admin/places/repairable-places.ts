import { integer, sql } from '../../lib/sql.ts';
import { idSql, isIdSql } from '../../reach/text-sql.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { RepairablePoiRow } from '../../shapes/config/places.ts';
import { type AdminContext, inScope } from '../context.ts';
import { MAPPING } from './assigned-keys.ts';
import { placesByMd5 } from './place-query.ts';
import { md5Sql, presentTextSql, uniqueIdSql } from './place-sql.ts';

export interface RepairSearch {
  readonly advertiserId?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Assignments whose id SEGMENT_METADATA does not know, and which one each would get. */
export async function repairablePlaces(
  ctx: AdminContext,
  { advertiserId, limit, offset }: RepairSearch,
): Promise<Listed<RepairablePoiRow>> {
  const { session, catalogue } = ctx;
  const { dialect } = session;
  const mapping = catalogue.table(MAPPING);
  const metadata = catalogue.table('SEGMENT_METADATA');
  const missing = [mapping, metadata].filter(({ exists }) => !exists).map(({ spec }) => spec.name);
  if (missing.length > 0)
    return {
      rows: [],
      total: 0,
      warnings: missing.map((name) => `${name} is missing in the warehouse: nothing can be checked.`),
    };
  // Without the column nobody's rows can be told from another agency's: only who sees all is shown them.
  if (!mapping.has('AGENCY_ID') && ctx.scope !== 'all')
    return { rows: [], total: 0, warnings: [`${MAPPING} has no AGENCY_ID: only who sees all agencies can check it.`] };
  const uid = uniqueIdSql(dialect, mapping.column('SEGMENT_UNIQUE_ID'));
  const known = presentTextSql(dialect, metadata.column('SEGMENT_UNIQUE_ID'));
  const ofAdvertiser = advertiserId === undefined ? sql`TRUE` : isIdSql(dialect, mapping.column('ADVERTISER_ID'), advertiserId);
  const broken = sql`WITH broken AS (
      SELECT agency, advertiser, md5, max(assigned_uid) AS uid FROM (
        SELECT ${idSql(dialect, mapping.column('AGENCY_ID'))} AS agency, ${idSql(dialect, mapping.column('ADVERTISER_ID'))} AS advertiser,
          coalesce(${md5Sql(dialect, mapping.column('SEGMENT_MD5'))}, '') AS md5, ${dialect.text(mapping.column('SEGMENT_UNIQUE_ID'))} AS assigned_uid
        FROM ${mapping.ref} WHERE ${inScope(ctx, mapping)} AND ${ofAdvertiser}
          AND NOT EXISTS (SELECT 1 FROM (SELECT ${known} AS known FROM ${metadata.ref}) AS facts WHERE known = ${uid})
      ) AS assignments GROUP BY agency, advertiser, md5
    )`;
  const rows = await session.all(
    sql`${broken} SELECT *, count(*) OVER () AS found FROM broken ORDER BY agency, advertiser, md5 LIMIT ${integer(limit)} OFFSET ${integer(offset)}`,
  );
  const [first] = rows.length > 0 || offset === 0 ? rows : await session.all(sql`${broken} SELECT count(*) AS found FROM broken`);
  const { places } = await placesByMd5(ctx, [...new Set(rows.map(({ md5 }) => String(md5)))]);
  return {
    rows: rows.map((row): RepairablePoiRow => {
      const place = places.get(String(row.md5));
      return {
        AGENCY_ID: row.agency === null ? null : String(row.agency),
        ADVERTISER_ID: String(row.advertiser ?? ''),
        SEGMENT_MD5: String(row.md5),
        SEGMENT_UNIQUE_ID: row.uid === null ? null : String(row.uid),
        REAL_UNIQUE_ID: place?.uniqueId ?? null,
        BRAND: place?.brand ?? null,
        REPAIRABLE: place !== undefined,
      };
    }),
    total: Number(first?.found ?? 0),
  };
}
