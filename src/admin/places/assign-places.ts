import { raw, sql } from '../../lib/sql.ts';
import type { AssignedPoi, RefusedPlace } from '../../shapes/config/places.ts';
import { requireAdvertiser } from '../advertisers/require-advertiser.ts';
import type { WriteContext } from '../context.ts';
import { type Changed, makeChange } from '../make-change.ts';
import { assignedKeys, MAPPING, mappingKey, type Owner } from './assigned-keys.ts';
import { metadataSql } from './place-query.ts';
import { foldedSql, isTheirsSql, md5Sql, presentTextSql, uniqueIdSql, wantedSql } from './place-sql.ts';
import { type PlaceChoice, wantedPlaces } from './wanted-places.ts';

export interface PlacesRequest extends Owner {
  readonly expectedVersion?: number | undefined;
}

interface Assigned {
  readonly inserted: number;
  readonly skipped: number;
  /** Of those skipped: assignments that have an id which SEGMENT_METADATA does not know. */
  readonly broken: number;
  readonly rejected: readonly RefusedPlace[];
  readonly brands: AssignedPoi['brands'];
}

/** Assigns places to an advertiser, each once and with the id that SEGMENT_METADATA knows it by. */
export async function assignPlaces(
  ctx: WriteContext,
  request: PlacesRequest & { readonly choice: PlaceChoice },
): Promise<Changed<Assigned>> {
  const { agencyId, advertiserId, expectedVersion, choice } = request;
  const change = { action: 'poi.assign', agencyId, advertiserIds: [advertiserId], expectedVersion };
  return makeChange(ctx, change, async ({ journal }): Promise<Assigned> => {
    await requireAdvertiser(ctx, agencyId, advertiserId);
    const { places, rejected } = await wantedPlaces(ctx, choice);
    const before = await assignedKeys(ctx, request, { md5s: [...places.keys()] });
    const has = new Set(before.map(({ md5 }) => md5));
    const added = [...places].filter(([md5]) => !has.has(md5));
    const rows = added.map(([md5, { uniqueId }]) => ({
      AGENCY_ID: agencyId,
      ADVERTISER_ID: advertiserId,
      SEGMENT_MD5: md5,
      SEGMENT_UNIQUE_ID: uniqueId,
    }));
    if (rows.length > 0) await journal.insert(MAPPING, mappingKey(ctx.catalogue.table(MAPPING)), rows);
    return {
      inserted: rows.length,
      skipped: has.size,
      broken: before.filter(({ isKnown }) => !isKnown).length,
      rejected,
      brands: await brandsOf(
        ctx,
        request,
        added.map(([md5]) => md5),
      ),
    };
  });
}

/** The brands of assignments, read back by the join that reports use; fails when one of them has no place there. */
async function brandsOf(ctx: WriteContext, owner: Owner, md5s: readonly string[]): Promise<AssignedPoi['brands']> {
  if (md5s.length === 0) return [];
  const { session, catalogue } = ctx;
  const { dialect } = session;
  const mapping = catalogue.table(MAPPING);
  const metadata = catalogue.table('SEGMENT_METADATA');
  const md5 = md5Sql(dialect, mapping.column('SEGMENT_MD5'));
  const rows = await session.all(sql`WITH assigned AS (
      SELECT ${md5} AS md5, ${uniqueIdSql(dialect, mapping.column('SEGMENT_UNIQUE_ID'))} AS assigned_uid FROM ${mapping.ref}
      WHERE ${isTheirsSql(dialect, mapping, owner.agencyId, owner.advertiserId)} AND ${md5} IN (SELECT wanted FROM ${wantedSql(md5s)})
    ), facts AS (${metadataSql(ctx, sql`${presentTextSql(dialect, metadata.column('SEGMENT_UNIQUE_ID'))} IN (SELECT assigned_uid FROM assigned)`)})
    SELECT coalesce(max(brand), '') AS brand_name, count(*) AS found FROM assigned JOIN facts ON uid = assigned_uid
    GROUP BY ${foldedSql(dialect, raw('brand'))} ORDER BY found DESC, brand_name`);
  const found = rows.reduce((sum, row) => sum + Number(row.found), 0);
  if (found !== md5s.length) throw new Error(`Of ${md5s.length} places that were assigned ${found} were found again.`);
  return rows.map((row) => ({ brand: String(row.brand_name), segments: Number(row.found) }));
}
