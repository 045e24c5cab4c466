import type { ConfigKey } from '../config/config-fields.ts';
import { booleanOf } from '../config/values.ts';
import { sql } from '../lib/sql.ts';
import { hostOf } from '../pixel/domains.ts';
import { idSql, isIdSql, presentIdSql } from '../reach/text-sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';

/** Counts and flags of an advertiser's row that follow from what is assigned to it: counted, never kept by adding and taking away. */
export async function derivedCounts(session: Session, catalogue: Catalogue, key: ConfigKey): Promise<Row> {
  const campaigns = await countCampaigns(session, catalogue.table('PIXEL_CAMPAIGN_MAPPING_V2'), key);
  const places = await countPlaces(session, catalogue.table('SEGMENT_MD5_MAPPING'), key);
  const { hosts, locators } = await countHosts(session, catalogue.table('ADVERTISER_DOMAIN_MAPPING'), key);
  return {
    CAMPAIGN_MAPPING_COUNT: campaigns,
    SEGMENT_COUNT: places,
    WEB_PIXEL_URL_COUNT: hosts,
    POI_URL_COUNT: locators,
    HAS_IMPRESSION_TRACKING: campaigns > 0,
    HAS_STORE_VISIT_ATTRIBUTION: places > 0,
    HAS_WEB_VISIT_ATTRIBUTION: hosts > 0,
  };
}

/** Campaign keys, each once. */
async function countCampaigns(session: Session, table: BoundTable, key: ConfigKey): Promise<number> {
  if (!table.exists) return 0;
  const { dialect } = session;
  const of = (column: string) => presentIdSql(dialect, table.column(column));
  const [row] = await session.all(sql`SELECT count(*) AS found FROM (
      SELECT DISTINCT ${idSql(dialect, table.column('DSP_PLATFORM_TYPE'))} AS k_platform, ${of('DSP_ADVERTISER_ID')} AS k_dsp,
        ${of('INSERTION_ORDER_ID')} AS k_io, ${of('LINE_ITEM_ID')} AS k_li
      FROM ${table.ref} WHERE ${idSql(dialect, table.column('AGENCY_ID'))} = ${key.agencyId} AND ${of('QUORUM_ADVERTISER_ID')} = ${key.advertiserId})`);
  return Number(row?.found ?? 0);
}

/** Places, each once. Where the table has no agency, an advertiser's rows cannot be told from another agency's of the same id. */
async function countPlaces(session: Session, table: BoundTable, key: ConfigKey): Promise<number> {
  if (!table.exists) return 0;
  const { dialect } = session;
  const isTheirs = table.has('AGENCY_ID') ? isIdSql(dialect, table.column('AGENCY_ID'), key.agencyId) : sql`TRUE`;
  const [row] = await session.all(sql`SELECT count(DISTINCT lower(trim(${dialect.text(table.column('SEGMENT_MD5'))}))) AS found
    FROM ${table.ref} WHERE ${isIdSql(dialect, table.column('ADVERTISER_ID'), key.advertiserId)} AND ${isTheirs}`);
  return Number(row?.found ?? 0);
}

/** Hosts, each once however it is written, and those that are store locators. */
async function countHosts(
  session: Session,
  table: BoundTable,
  key: ConfigKey,
): Promise<{ readonly hosts: number; readonly locators: number }> {
  if (!table.exists) return { hosts: 0, locators: 0 };
  const { dialect } = session;
  const rows = await session.all(sql`SELECT ${dialect.text(table.column('URL'))} AS url, ${table.column('IS_POI')} AS is_poi
    FROM ${table.ref} WHERE ${idSql(dialect, table.column('Agency_Id'))} = ${key.agencyId}
      AND ${idSql(dialect, table.column('Advertiser_id'))} = ${key.advertiserId}`);
  const hosts = new Map<string, boolean>();
  for (const { url, is_poi: isPoi } of rows) {
    const host = hostOf(String(url ?? ''));
    if (host !== null) hosts.set(host, hosts.get(host) === true || booleanOf(isPoi) === true);
  }
  return { hosts: hosts.size, locators: [...hosts.values()].filter(Boolean).length };
}
