import { sql } from '../../lib/sql.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { PoiSegmentRow } from '../../shapes/config/places.ts';
import type { AdminContext } from '../context.ts';
import { type BrandChoice, countPlaces, type Place, placesOfBrand } from './place-query.ts';
import { isTheirsSql, md5Sql, wantedSql } from './place-sql.ts';
import { type Refusal, refusalOf } from './refuse-place.ts';

export interface SegmentSearch extends BrandChoice {
  /** For whom places are sought: what they have is marked. */
  readonly advertiser?: { readonly agencyId: string; readonly advertiserId: string } | undefined;
  readonly limit: number;
  readonly offset: number;
}

const ASSIGNED: Refusal = { reason: 'ALREADY_ASSIGNED', message: 'It is assigned to this advertiser already.' };

/** The places of a brand, those of the library first, and whether each can be assigned. */
export async function poiSegments(ctx: AdminContext, search: SegmentSearch): Promise<Listed<PoiSegmentRow>> {
  const { catalogue } = ctx;
  if (!catalogue.table('SEGMENT_METADATA').exists)
    return { rows: [], total: 0, warnings: ['SEGMENT_METADATA is missing in the warehouse: no place is known.'] };
  const warnings = catalogue.table('SEGMENT_MD5_MAPPING').exists
    ? []
    : ['SEGMENT_MD5_MAPPING is missing in the warehouse: nothing can be assigned.'];
  const total = await countPlaces(ctx, search);
  const places = total === 0 ? [] : await placesOfBrand(ctx, search, search);
  const assigned = await assignedOf(ctx, search.advertiser, places);
  return { rows: places.map((place) => rowOf(place, place.md5 !== null && assigned.has(place.md5))), total, warnings };
}

function rowOf(place: Place, isAssigned: boolean): PoiSegmentRow {
  const refusal = refusalOf(place) ?? (isAssigned ? ASSIGNED : null);
  return {
    SEGMENT_UNIQUE_ID: place.uniqueId,
    SEGMENT_MD5: place.md5,
    SEGMENT_NAME: place.name,
    BRAND: place.brand,
    CATEGORY: place.category,
    DMA_NAME: place.dma,
    ZIP_CODE: place.zip,
    IS_LIBRARY: place.isLibrary,
    ASSIGNABLE: refusal === null,
    REASON_CODE: refusal?.reason ?? null,
    REASON: refusal?.message ?? null,
  };
}

async function assignedOf(
  { session, catalogue }: AdminContext,
  advertiser: SegmentSearch['advertiser'],
  places: readonly Place[],
): Promise<ReadonlySet<string>> {
  const md5s = places.flatMap(({ md5 }) => (md5 === null ? [] : [md5]));
  if (advertiser === undefined || md5s.length === 0) return new Set();
  const { dialect } = session;
  const mapping = catalogue.table('SEGMENT_MD5_MAPPING');
  const md5 = md5Sql(dialect, mapping.column('SEGMENT_MD5'));
  const rows = await session.all(sql`SELECT DISTINCT ${md5} AS md5 FROM ${mapping.ref}
    WHERE ${isTheirsSql(dialect, mapping, advertiser.agencyId, advertiser.advertiserId)} AND ${md5} IN (SELECT wanted FROM ${wantedSql(md5s)})`);
  return new Set(rows.map((row) => String(row.md5)));
}
