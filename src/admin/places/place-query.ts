import { integer, join, raw, type Sql, sql } from '../../lib/sql.ts';
import { idSql } from '../../reach/text-sql.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import type { AdminContext } from '../context.ts';
import { foldedSql, isDeniedSql, md5Sql, presentTextSql, uniqueIdSql, wantedSql } from './place-sql.ts';

/** Places as SEGMENT_METADATA knows them, with the MD5 by which they are assigned. */

export interface Place {
  readonly uniqueId: string;
  /** Null when no row of SEGMENT_MD5_MAPPING has this place. */
  readonly md5: string | null;
  readonly name: string | null;
  readonly brand: string | null;
  readonly category: string | null;
  readonly dma: string | null;
  readonly zip: string | null;
  readonly isLibrary: boolean;
  readonly isDenied: boolean;
  readonly isGeofence: boolean;
  readonly isActive: boolean;
}

export interface BrandChoice {
  readonly brand: string;
  readonly dma?: string | undefined;
}

/**
 * Which rows of SEGMENT_METADATA have a name in that column for which `is` holds. Each name is looked at once, and rows are compared by
 * their names as they stand there.
 */
export function namedSql({ session: { dialect }, catalogue }: AdminContext, column: string, is: (name: Sql) => Sql): Sql {
  const table = catalogue.table('SEGMENT_METADATA');
  const text = dialect.text(table.column(column));
  return sql`${text} IN (SELECT spelling FROM (SELECT DISTINCT ${text} AS spelling FROM ${table.ref}) AS spellings WHERE ${is(raw('spelling'))})`;
}

/** Which rows of SEGMENT_METADATA are of a brand. */
export function isOfBrand(ctx: AdminContext, { brand, dma }: BrandChoice): Sql {
  const { dialect } = ctx.session;
  const is = (column: string, wanted: string) =>
    namedSql(ctx, column, (name) => sql`${foldedSql(dialect, name)} = ${foldedSql(dialect, sql`${wanted}`)}`);
  return dma === undefined ? is('BRAND', brand) : sql`${is('BRAND', brand)} AND ${is('DMA_NAME', dma)}`;
}

/**
 * Facts of places: a select with `uid` and the rest, one row for each, of the rows of SEGMENT_METADATA for which `where` holds. Of rows
 * that share an id, one category that is denied denies the place.
 */
export function metadataSql({ session: { dialect }, catalogue, settings }: AdminContext, where: Sql): Sql {
  const table = catalogue.table('SEGMENT_METADATA');
  const present = (column: string) => presentTextSql(dialect, table.column(column));
  const denied = isDeniedSql(dialect, table.column('CATEGORY'), settings.policy.deniedPlaceCategories);
  return sql`SELECT uid, max(brand) AS brand, coalesce(max(CASE WHEN denied THEN category END), max(category)) AS category,
      max(dma) AS dma, max(zip) AS zip, ${dialect.anyTrue(raw('denied'))} AS denied
    FROM (SELECT ${present('SEGMENT_UNIQUE_ID')} AS uid, ${present('BRAND')} AS brand, ${present('CATEGORY')} AS category,
        ${present('DMA_NAME')} AS dma, ${present('ZIP_CODE')} AS zip, ${denied} AS denied
      FROM ${table.ref} WHERE ${where}) AS facts
    WHERE uid IS NOT NULL GROUP BY uid`;
}

/** Whether SEGMENT_DETAIL says more about places here. */
const hasDetails = ({ catalogue }: AdminContext): boolean => catalogue.table('SEGMENT_DETAIL').exists;

/** What SEGMENT_DETAIL says of the places of the FROM item `facts`, by `detail_uid`. */
function detailSql({ session: { dialect }, catalogue, settings, scope }: AdminContext): Sql {
  const table = catalogue.table('SEGMENT_DETAIL');
  const uid = presentTextSql(dialect, table.column('SEGMENT_UNIQUE_ID'));
  const id = (column: string) => idSql(dialect, table.column(column));
  const agency = presentTextSql(dialect, table.column('AGENCY_ID'));
  const isLibrary = sql`${id('AGENCY_ID')} = ${settings.admin.brandLibraryAgency}`;
  // A place that another agency made for itself is nobody else's business.
  const isSeen =
    scope === 'all'
      ? sql`TRUE`
      : sql`(${agency} IS NULL OR ${join([isLibrary, ...scope.map((own) => sql`${id('AGENCY_ID')} = ${own}`)], ' OR ')})`;
  return sql`SELECT ${uid} AS detail_uid, max(${presentTextSql(dialect, table.column('SEGMENT_NAME'))}) AS name,
      ${dialect.anyTrue(isLibrary)} AS in_library, ${dialect.anyTrue(isSeen)} AS seen,
      ${dialect.anyTrue(sql`coalesce(${id('SEGMENT_TYPE')}, '') IN ('', '5')`)} AS geofence,
      ${dialect.anyTrue(sql`coalesce(${id('STATUS')}, '') IN ('', '1')`)} AS active
    FROM ${table.ref} WHERE ${uid} IN (SELECT uid FROM facts) GROUP BY detail_uid`;
}

/** The places of `facts` with their details, and without those of other agencies. */
function seenSql(ctx: AdminContext): Sql {
  if (!hasDetails(ctx))
    return sql`SELECT facts.*, CAST(NULL AS VARCHAR) AS name, FALSE AS in_library, TRUE AS geofence, TRUE AS active FROM facts`;
  return sql`SELECT facts.*, name, coalesce(in_library, FALSE) AS in_library, coalesce(geofence, TRUE) AS geofence, coalesce(active, TRUE) AS active
    FROM facts LEFT JOIN (${detailSql(ctx)}) AS details ON detail_uid = uid WHERE coalesce(seen, TRUE)`;
}

/** How many places of a brand may be seen. */
export async function countPlaces(ctx: AdminContext, choice: BrandChoice): Promise<number> {
  const [row] = await ctx.session.all(
    sql`WITH facts AS (${metadataSql(ctx, isOfBrand(ctx, choice))}) SELECT count(*) AS found FROM (${seenSql(ctx)}) AS seen_places`,
  );
  return Number(row?.found ?? 0);
}

const MD5 = '[0-9a-f]{32}';

/** A page of the places of a brand, those of the library first. */
export async function placesOfBrand(
  ctx: AdminContext,
  choice: BrandChoice,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<readonly Place[]> {
  const { session, catalogue, settings } = ctx;
  const { dialect } = session;
  const mapping = catalogue.table('SEGMENT_MD5_MAPPING');
  const md5 = md5Sql(dialect, mapping.column('SEGMENT_MD5'));
  const uid = uniqueIdSql(dialect, mapping.column('SEGMENT_UNIQUE_ID'));
  const library = sql`${idSql(dialect, mapping.column('AGENCY_ID'))} = ${settings.admin.brandLibraryAgency}`;
  const known = mapping.exists
    ? sql`SELECT known_uid, coalesce(min(CASE WHEN library THEN known_md5 END), min(known_md5)) AS md5, ${dialect.anyTrue(raw('library'))} AS library
        FROM (SELECT ${uid} AS known_uid, CASE WHEN ${dialect.matches(md5, MD5)} THEN ${md5} END AS known_md5, ${library} AS library
          FROM ${mapping.ref} WHERE ${uid} IN (SELECT uid FROM facts)) AS assigned
        GROUP BY known_uid`
    : sql`SELECT uid AS known_uid, CAST(NULL AS VARCHAR) AS md5, FALSE AS library FROM facts`;
  const rows = await session.all(sql`WITH facts AS (${metadataSql(ctx, isOfBrand(ctx, choice))})
    SELECT seen_places.*, md5, in_library OR coalesce(library, FALSE) AS is_library
    FROM (${seenSql(ctx)}) AS seen_places LEFT JOIN (${known}) AS known ON known_uid = uid
    ORDER BY is_library DESC, dma, zip, uid LIMIT ${integer(limit)} OFFSET ${integer(offset)}`);
  return rows.map(readPlace);
}

/** MD5s that stand in SEGMENT_MD5_MAPPING, whatever else is known of them. */
export interface KnownPlaces {
  readonly md5s: ReadonlySet<string>;
  /** By MD5, those with an id that SEGMENT_METADATA knows; of several the one of the library. */
  readonly places: ReadonlyMap<string, Place>;
}

/** What is known of places by their MD5s, which are in lower case. */
export async function placesByMd5(ctx: AdminContext, md5s: readonly string[]): Promise<KnownPlaces> {
  if (md5s.length === 0) return { md5s: new Set(), places: new Map() };
  const { session, catalogue, settings } = ctx;
  const { dialect } = session;
  const mapping = catalogue.table('SEGMENT_MD5_MAPPING');
  const metadata = catalogue.table('SEGMENT_METADATA');
  const library = sql`${idSql(dialect, mapping.column('AGENCY_ID'))} = ${settings.admin.brandLibraryAgency}`;
  const md5 = md5Sql(dialect, mapping.column('SEGMENT_MD5'));
  const isWanted = sql`${presentTextSql(dialect, metadata.column('SEGMENT_UNIQUE_ID'))} IN (SELECT assigned_uid FROM assigned)`;
  const rows = await session.all(sql`WITH assigned AS (
      SELECT ${md5} AS md5, ${uniqueIdSql(dialect, mapping.column('SEGMENT_UNIQUE_ID'))} AS assigned_uid, ${dialect.anyTrue(library)} AS library
      FROM ${mapping.ref} WHERE ${md5} IN (SELECT wanted FROM ${wantedSql(md5s)}) GROUP BY md5, assigned_uid
    ), facts AS (${metadataSql(ctx, isWanted)})
    SELECT md5, seen_places.*, in_library OR library AS is_library
    FROM assigned LEFT JOIN (${seenSql(ctx)}) AS seen_places ON uid = assigned_uid
    ORDER BY md5, is_library DESC, uid`);
  const places = new Map<string, Place>();
  for (const row of rows) {
    const found = String(row.md5);
    if (row.uid !== null && !places.has(found)) places.set(found, readPlace(row));
  }
  return { md5s: new Set(rows.map((row) => String(row.md5))), places };
}

function readPlace(row: Row): Place {
  const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
  return {
    uniqueId: String(row.uid),
    md5: textOrNull(row.md5),
    name: textOrNull(row.name),
    brand: textOrNull(row.brand),
    category: textOrNull(row.category),
    dma: textOrNull(row.dma),
    zip: textOrNull(row.zip),
    isLibrary: row.is_library === true,
    isDenied: row.denied === true,
    isGeofence: row.geofence === true,
    isActive: row.active === true,
  };
}
