import { integer, join, type Sql, sql } from '../../lib/sql.ts';
import { idSql } from '../../reach/text-sql.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { PoiBrandRow } from '../../shapes/config/places.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import type { AdminContext } from '../context.ts';
import { namedSql } from './place-query.ts';
import { foldedSql, hasWordsSql, isDeniedSql, presentTextSql, wantedSql } from './place-sql.ts';
import { sensitive } from './refuse-place.ts';

export interface BrandSearch {
  readonly search?: string | undefined;
  readonly dma?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Brands that have places: those whose name is or begins with what is sought first, then by places. Spellings of one name are one brand. */
export async function poiBrands(ctx: AdminContext, search: BrandSearch): Promise<Listed<PoiBrandRow>> {
  const { session, catalogue } = ctx;
  if (!catalogue.table('SEGMENT_METADATA').exists)
    return { rows: [], total: 0, warnings: ['SEGMENT_METADATA is missing in the warehouse: no brand is known.'] };
  const found = foundSql(ctx, search);
  const rows = await session.all(sql`${found} SELECT brand_key, max(brand) AS brand,
      coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category, ${session.dialect.anyTrue(sql`denied`)} AS denied,
      count(DISTINCT uid) AS locations, count(DISTINCT zip) AS zips, count(*) OVER () AS brands_found
    FROM places GROUP BY brand_key
    ORDER BY ${rankSql(ctx, search.search)}, locations DESC, brand_key LIMIT ${integer(search.limit)} OFFSET ${integer(search.offset)}`);
  const dmas = await dmasOf(
    ctx,
    found,
    rows.map((row) => String(row.brand_key)),
  );
  return {
    rows: rows.map((row): PoiBrandRow => {
      const category = row.category === null ? null : String(row.category);
      const names = dmas.get(String(row.brand_key)) ?? [];
      return {
        BRAND: String(row.brand),
        CATEGORY: category,
        DMA_NAME: names.length === 1 ? (names[0] ?? null) : null,
        DMA_NAMES: [...names],
        UNIQUE_LOCATIONS: Number(row.locations),
        ZIP_CODES: Number(row.zips),
        ASSIGNABLE: row.denied !== true,
        REASON: row.denied === true ? sensitive(category) : null,
      };
    }),
    total: await totalOf(ctx, found, search.offset, rows),
  };
}

/**
 * A WITH clause that ends with `places`, the rows of the brands and market areas that are sought. Names are compared once each, and rows
 * by their names as they stand there: most rows are of other brands.
 */
function foundSql(ctx: AdminContext, { search, dma }: BrandSearch): Sql {
  const { session, catalogue, settings } = ctx;
  const { dialect } = session;
  const table = catalogue.table('SEGMENT_METADATA');
  const present = (column: string) => presentTextSql(dialect, table.column(column));
  const isThere =
    dma === undefined ? sql`TRUE` : namedSql(ctx, 'DMA_NAME', (name) => hasWordsSql(dialect, foldedSql(dialect, name), dma));
  return sql`WITH brands AS (
      SELECT spelling, ${presentTextSql(dialect, sql`spelling`)} AS brand, ${foldedSql(dialect, sql`spelling`)} AS brand_key
      FROM (SELECT DISTINCT ${dialect.text(table.column('BRAND'))} AS spelling FROM ${table.ref}) AS spellings
    ), sought AS (
      SELECT spelling, brand, brand_key FROM brands
      WHERE brand IS NOT NULL AND ${search === undefined ? sql`TRUE` : hasWordsSql(dialect, sql`brand_key`, search)}
    ), places AS (
      SELECT brand_key, brand, uid, category, dma, zip, denied FROM (
        SELECT ${dialect.text(table.column('BRAND'))} AS own_spelling, ${present('SEGMENT_UNIQUE_ID')} AS uid, ${present('CATEGORY')} AS category,
          ${present('DMA_NAME')} AS dma, ${present('ZIP_CODE')} AS zip,
          ${isDeniedSql(dialect, table.column('CATEGORY'), settings.policy.deniedPlaceCategories)} AS denied
        FROM ${table.ref} WHERE ${dialect.text(table.column('BRAND'))} IN (SELECT spelling FROM sought) AND ${isThere}
      ) AS facts JOIN sought ON own_spelling = spelling
      WHERE uid IS NOT NULL AND ${isSeenSql(ctx)}
    )`;
}

/** Leaves out places that other agencies made for themselves. */
function isSeenSql({ session: { dialect }, catalogue, settings, scope }: AdminContext): Sql {
  const table = catalogue.table('SEGMENT_DETAIL');
  if (scope === 'all' || !table.exists) return sql`TRUE`;
  const agency = idSql(dialect, table.column('AGENCY_ID'));
  const own = join([settings.admin.brandLibraryAgency, ...scope].map((id) => sql`${id}`));
  const uid = presentTextSql(dialect, table.column('SEGMENT_UNIQUE_ID'));
  return sql`uid NOT IN (SELECT ${uid} FROM ${table.ref} WHERE ${uid} IS NOT NULL GROUP BY ${uid}
    HAVING NOT ${dialect.anyTrue(sql`${presentTextSql(dialect, table.column('AGENCY_ID'))} IS NULL OR ${agency} IN (${own})`)})`;
}

/** Every row says how many there are; a page behind the last one has none. */
async function totalOf({ session }: AdminContext, found: Sql, offset: number, page: readonly Row[]): Promise<number> {
  const [first] = page;
  if (first !== undefined || offset === 0) return Number(first?.brands_found ?? 0);
  const [count] = await session.all(sql`${found} SELECT count(DISTINCT brand_key) AS found FROM places`);
  return Number(count?.found ?? 0);
}

function rankSql({ session: { dialect } }: AdminContext, search: string | undefined): Sql {
  if (search === undefined) return sql`brand_key IS NULL`;
  const wanted = foldedSql(dialect, sql`${search}`);
  return sql`CASE WHEN brand_key = ${wanted} THEN 0 WHEN position(${wanted} IN brand_key) = 1 THEN 1
    WHEN position((' ' || ${wanted}) IN brand_key) > 0 THEN 2 ELSE 3 END`;
}

async function dmasOf(
  { session }: AdminContext,
  found: Sql,
  brands: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = new Map<string, string[]>();
  if (brands.length === 0) return names;
  const rows = await session.all(sql`${found} SELECT DISTINCT brand_key, dma FROM places
    WHERE dma IS NOT NULL AND brand_key IN (SELECT wanted FROM ${wantedSql(brands)}) ORDER BY brand_key, dma`);
  for (const row of rows) {
    const key = String(row.brand_key);
    names.set(key, [...(names.get(key) ?? []), String(row.dma)]);
  }
  return names;
}
