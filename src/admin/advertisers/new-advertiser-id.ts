import { join, raw, type Sql, sql } from '../../lib/sql.ts';
import { idSql } from '../../reach/text-sql.ts';
import { ADVERTISER_IDS } from '../../warehouse/sequence-spec.ts';
import { nextNumbers } from '../../warehouse/sequences.ts';
import type { AdminContext } from '../context.ts';

/** Where advertisers have ids. */
const PLACES = [
  ['REF_AGENCY_ADVERTISER', 'ADVERTISER_ID'],
  ['REF_ADVERTISER_CONFIG', 'ADVERTISER_ID'],
  ['PIXEL_CAMPAIGN_MAPPING_V2', 'QUORUM_ADVERTISER_ID'],
  ['ADVERTISER_DOMAIN_MAPPING', 'Advertiser_id'],
  ['SEGMENT_MD5_MAPPING', 'ADVERTISER_ID'],
] as const;

/** An id that no advertiser of any agency has, or ever gets again. */
export async function newAdvertiserId({ session, catalogue }: AdminContext): Promise<string> {
  const used = PLACES.flatMap(([name, column]): Sql[] => {
    const table = catalogue.table(name);
    if (!table.exists || !table.has(column)) return [];
    // One table has millions of rows and few ids, which are read only then.
    const spellings = sql`SELECT DISTINCT ${session.dialect.text(table.column(column))} AS spelled FROM ${table.ref}`;
    return [sql`SELECT ${idSql(session.dialect, raw('spelled'))} AS used_id FROM (${spellings}) AS spellings`];
  });
  const [id] = await nextNumbers(session, ADVERTISER_IDS, join(used, ' UNION '), 1);
  if (id === undefined) throw new Error('the warehouse gave no number');
  return id;
}
