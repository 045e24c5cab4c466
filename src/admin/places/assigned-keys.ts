import { ident, join, type Sql, sql } from '../../lib/sql.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import type { AdminContext } from '../context.ts';
import type { RowKey } from '../row-journal.ts';
import { isTheirsSql, md5Sql, presentTextSql, uniqueIdSql, wantedSql } from './place-sql.ts';

export const MAPPING = 'SEGMENT_MD5_MAPPING';

export interface Owner {
  readonly agencyId: string;
  readonly advertiserId: string;
}

/** Columns of SEGMENT_MD5_MAPPING that tell assignments apart: the agency too, wherever the table has it. */
export function mappingKey(mapping: BoundTable): readonly string[] {
  return [...(mapping.has('AGENCY_ID') ? ['AGENCY_ID'] : []), 'ADVERTISER_ID', 'SEGMENT_MD5'];
}

export interface AssignedKey {
  /** In lower case, as it is compared. */
  readonly md5: string;
  /** As the row has it. */
  readonly key: RowKey;
  /** All its rows have an id that SEGMENT_METADATA knows. */
  readonly isKnown: boolean;
}

/** The assignments of an advertiser, or those of them whose MD5 is one of `md5s` and whose id is one of those that `uids` selects. */
export async function assignedKeys(
  { session, catalogue }: AdminContext,
  { agencyId, advertiserId }: Owner,
  { md5s, uids }: { readonly md5s?: readonly string[] | undefined; readonly uids?: Sql | undefined } = {},
): Promise<readonly AssignedKey[]> {
  if (md5s?.length === 0) return [];
  const { dialect } = session;
  const mapping = catalogue.table(MAPPING);
  const metadata = catalogue.table('SEGMENT_METADATA');
  const md5 = md5Sql(dialect, mapping.column('SEGMENT_MD5'));
  const uid = uniqueIdSql(dialect, mapping.column('SEGMENT_UNIQUE_ID'));
  const conditions = [isTheirsSql(dialect, mapping, agencyId, advertiserId)];
  if (md5s !== undefined) conditions.push(sql`coalesce(${md5}, '') IN (SELECT wanted FROM ${wantedSql(md5s)})`);
  if (uids !== undefined) conditions.push(sql`${uid} IN (${uids})`);
  const known = metadata.exists ? sql`known_uid IS NOT NULL` : sql`FALSE`;
  const joined = metadata.exists
    ? sql` LEFT JOIN (SELECT DISTINCT ${presentTextSql(dialect, metadata.column('SEGMENT_UNIQUE_ID'))} AS known_uid FROM ${metadata.ref}) AS known_places ON known_uid = ${uid}`
    : sql``;
  const key = mappingKey(mapping);
  const cells = key.map((column, index) => sql`${dialect.text(mapping.column(column))} AS ${ident(`cell_${index}`)}`);
  const names = join(key.map((_, index) => ident(`cell_${index}`)));
  const rows = await session.all(sql`SELECT md5, ${names}, min(CASE WHEN known THEN 1 ELSE 0 END) AS known
    FROM (SELECT coalesce(${md5}, '') AS md5, ${join(cells)}, ${known} AS known FROM ${mapping.ref}${joined} WHERE ${join(conditions, ' AND ')}) AS assigned
    GROUP BY md5, ${names} ORDER BY md5, ${names}`);
  return rows.map((row) => ({
    md5: String(row.md5),
    key: key.map((_, index) => {
      const cell = row[`cell_${index}`];
      return cell === null || cell === undefined ? null : String(cell);
    }),
    isKnown: Number(row.known) === 1,
  }));
}

/** How many places an advertiser has. */
export async function countAssigned({ session, catalogue }: AdminContext, { agencyId, advertiserId }: Owner): Promise<number> {
  const { dialect } = session;
  const mapping = catalogue.table(MAPPING);
  const [row] = await session.all(sql`SELECT count(DISTINCT ${md5Sql(dialect, mapping.column('SEGMENT_MD5'))}) AS found
    FROM ${mapping.ref} WHERE ${isTheirsSql(dialect, mapping, agencyId, advertiserId)}`);
  return Number(row?.found ?? 0);
}
