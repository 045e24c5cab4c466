import { integer, raw, type Sql, sql } from '../../lib/sql.ts';
import type { AssignedPoiRow, AssignedPois, PoiSummary } from '../../shapes/config/places.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import { type AdminContext, requireAgency } from '../context.ts';
import { metadataSql } from './place-query.ts';
import { foldedSql, hasWordsSql, isTheirsSql, md5Sql, presentTextSql, uniqueIdSql } from './place-sql.ts';

/** The places that an advertiser has. */

export interface AssignedSearch {
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly search?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Brands that a summary names. */
const MOST_BRANDS = 50;
const NONE: PoiSummary = {
  total_segments: 0,
  unique_brands: 0,
  unique_dmas: 0,
  unique_zips: 0,
  unknown_segments: 0,
  denied_segments: 0,
  brands: [],
};

/** A page of the places of an advertiser by brand, market area and postal code, with figures over all of them. */
export async function assignedPlaces(
  ctx: AdminContext,
  search: AssignedSearch,
): Promise<{ readonly data: AssignedPois; readonly warnings: readonly string[] }> {
  requireAgency(ctx.scope, search.agencyId);
  const { session, catalogue } = ctx;
  if (!catalogue.table('SEGMENT_MD5_MAPPING').exists)
    return {
      data: { pois: [], total: 0, truncated: false, poi_summary: NONE },
      warnings: ['SEGMENT_MD5_MAPPING is missing in the warehouse: nobody has places.'],
    };
  const places = assignedSql(ctx, search.agencyId, search.advertiserId);
  const summary = await summaryOf(ctx, places);
  const where = search.search === undefined ? sql`TRUE` : isFound(ctx, search.search);
  const total =
    search.search === undefined
      ? summary.total_segments
      : Number((await session.all(sql`${places} SELECT count(*) AS found FROM places WHERE ${where}`))[0]?.found ?? 0);
  const rows = await session.all(
    sql`${places} SELECT * FROM places WHERE ${where} ORDER BY brand, dma, zip, md5 LIMIT ${integer(search.limit)} OFFSET ${integer(search.offset)}`,
  );
  return {
    data: {
      pois: rows.map(readAssigned),
      total,
      truncated: search.offset + rows.length < total,
      poi_summary: summary,
    },
    warnings: catalogue.table('SEGMENT_METADATA').exists
      ? []
      : ['SEGMENT_METADATA is missing in the warehouse: no brand is known.'],
  };
}

/** A WITH clause that ends with `places`: each of an advertiser's once, with what SEGMENT_METADATA knows of it. */
function assignedSql(ctx: AdminContext, agencyId: string, advertiserId: string): Sql {
  const { session, catalogue } = ctx;
  const { dialect } = session;
  const mapping = catalogue.table('SEGMENT_MD5_MAPPING');
  const metadata = catalogue.table('SEGMENT_METADATA');
  const facts = metadata.exists
    ? metadataSql(
        ctx,
        sql`${presentTextSql(dialect, metadata.column('SEGMENT_UNIQUE_ID'))} IN (SELECT assigned_uid FROM assigned)`,
      )
    : sql`SELECT assigned_uid AS uid, CAST(NULL AS VARCHAR) AS brand, CAST(NULL AS VARCHAR) AS category,
        CAST(NULL AS VARCHAR) AS dma, CAST(NULL AS VARCHAR) AS zip, FALSE AS denied FROM assigned WHERE FALSE`;
  return sql`WITH assigned AS (
      SELECT DISTINCT ${md5Sql(dialect, mapping.column('SEGMENT_MD5'))} AS md5,
        ${uniqueIdSql(dialect, mapping.column('SEGMENT_UNIQUE_ID'))} AS assigned_uid
      FROM ${mapping.ref} WHERE ${isTheirsSql(dialect, mapping, agencyId, advertiserId)}
    ), facts AS (${facts}), places AS (
      SELECT md5, coalesce(max(uid), max(assigned_uid)) AS uid, max(brand) AS brand, max(category) AS category, max(dma) AS dma, max(zip) AS zip,
        ${dialect.anyTrue(raw('denied'))} AS denied, ${dialect.anyTrue(sql`uid IS NOT NULL`)} AS is_known
      FROM assigned LEFT JOIN facts ON uid = assigned_uid GROUP BY md5
    )`;
}

async function summaryOf({ session }: AdminContext, places: Sql): Promise<PoiSummary> {
  const [row] =
    await session.all(sql`${places} SELECT count(*) AS total, count(DISTINCT ${foldedSql(session.dialect, raw('brand'))}) AS brands,
      count(DISTINCT dma) AS dmas, count(DISTINCT zip) AS zips, count(CASE WHEN NOT is_known THEN 1 END) AS unknown_places,
      count(CASE WHEN denied THEN 1 END) AS denied_places FROM places`);
  const brands = await session.all(sql`${places} SELECT max(brand) AS brand_name, count(*) AS found FROM places
    WHERE brand IS NOT NULL GROUP BY ${foldedSql(session.dialect, raw('brand'))} ORDER BY found DESC, brand_name LIMIT ${integer(MOST_BRANDS)}`);
  const count = (name: string) => Number(row?.[name] ?? 0);
  return {
    total_segments: count('total'),
    unique_brands: count('brands'),
    unique_dmas: count('dmas'),
    unique_zips: count('zips'),
    unknown_segments: count('unknown_places'),
    denied_segments: count('denied_places'),
    brands: brands.map(({ brand_name: brand, found }) => ({ brand: String(brand), segments: Number(found) })),
  };
}

function isFound({ session: { dialect } }: AdminContext, search: string): Sql {
  const all = sql`coalesce(brand, '') || ' ' || coalesce(dma, '') || ' ' || coalesce(zip, '')`;
  return sql`(${hasWordsSql(dialect, foldedSql(dialect, sql`(${all})`), search)} OR md5 = ${search.toLowerCase()})`;
}

function readAssigned(row: Row): AssignedPoiRow {
  const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
  return {
    SEGMENT_MD5: String(row.md5 ?? ''),
    SEGMENT_UNIQUE_ID: textOrNull(row.uid),
    BRAND: textOrNull(row.brand),
    CATEGORY: textOrNull(row.category),
    DMA_NAME: textOrNull(row.dma),
    ZIP_CODE: textOrNull(row.zip),
    IS_KNOWN: row.is_known === true,
    IS_DENIED: row.denied === true,
  };
}
