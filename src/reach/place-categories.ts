import { sql } from '../lib/sql.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { idSql, presentIdSql } from './text-sql.ts';

/** How many places of each category an advertiser has; `null` counts those whose category nobody wrote down. */
export type PlaceCategories = ReadonlyMap<string | null, number>;

/** The categories of the places assigned to each advertiser of an agency. Without the table of assignments nobody has any. */
export async function placeCategories(
  session: Session,
  catalogue: Catalogue,
  agencyId: string,
): Promise<ReadonlyMap<string, PlaceCategories>> {
  const { dialect } = session;
  const places = catalogue.table('SEGMENT_MD5_MAPPING');
  const details = catalogue.table('SEGMENT_METADATA');
  if (!places.exists) return new Map();
  const isNamed = places.has('SEGMENT_UNIQUE_ID') && details.exists && details.has('CATEGORY');
  const category = isNamed ? sql`d.category` : sql`CAST(NULL AS VARCHAR)`;
  const joined = isNamed
    ? sql` LEFT JOIN (
          SELECT ${idSql(dialect, details.column('SEGMENT_UNIQUE_ID'))} AS place, MAX(${dialect.text(details.column('CATEGORY'))}) AS category
          FROM ${details.ref} GROUP BY 1
        ) d ON d.place = ${presentIdSql(dialect, places.column('SEGMENT_UNIQUE_ID', 'p'))}`
    : sql``;
  const own = places.has('AGENCY_ID') ? sql`${idSql(dialect, places.column('AGENCY_ID', 'p'))} = ${agencyId}` : sql`TRUE`;
  const rows = await session.all(
    sql`SELECT advertiser, category, COUNT(*) AS places FROM (
        SELECT ${idSql(dialect, places.column('ADVERTISER_ID', 'p'))} AS advertiser, ${category} AS category
        FROM ${places.ref} p${joined} WHERE ${own}
      ) GROUP BY advertiser, category ORDER BY advertiser, category`,
  );
  const found = new Map<string, Map<string | null, number>>();
  for (const row of rows) {
    const advertiser = String(row.advertiser);
    const categories = found.get(advertiser) ?? new Map<string | null, number>();
    const name = row.category === null ? '' : String(row.category).trim();
    categories.set(name === '' ? null : name, (categories.get(name === '' ? null : name) ?? 0) + Number(row.places));
    found.set(advertiser, categories);
  }
  return found;
}
