import { ident, join, sql } from '../../src/lib/sql.ts';
import { findTable } from '../../src/warehouse/tables.ts';
import type { Row, Session } from '../../src/warehouse/warehouse.ts';
import type { OracleTables } from './input.ts';

/** What the oracle looks at, table by table; other columns stay where they are. */
const COLUMNS: Readonly<Record<keyof OracleTables, readonly string[]>> = {
  REF_ADVERTISER_CONFIG: ['AGENCY_ID', 'ADVERTISER_ID', 'CONFIG_STATUS'],
  PIXEL_CAMPAIGN_MAPPING_V2: [
    'AGENCY_ID',
    'DSP_PLATFORM_TYPE',
    'DSP_ADVERTISER_ID',
    'INSERTION_ORDER_ID',
    'LINE_ITEM_ID',
    'QUORUM_ADVERTISER_ID',
  ],
  ADVERTISER_DOMAIN_MAPPING: ['Agency_Id', 'Advertiser_id', 'URL'],
  SEGMENT_MD5_MAPPING: ['AGENCY_ID', 'ADVERTISER_ID', 'SEGMENT_MD5'],
  AD_IMPRESSION_LOG_V2: [
    'AGENCY_ID',
    'DSP_PLATFORM_TYPE',
    'DSP_ADVERTISER_ID',
    'INSERTION_ORDER_ID',
    'LINE_ITEM_ID',
    'USER_IP_FROM_HTTP_REQUEST',
    'DEVICE_ID_RAW',
    'AUCTION_TIMESTAMP',
    'DEVICE_TYPE',
    'UID2',
    'UUID2',
  ],
  LIVERAMP_IMPRESSION_LOG: [
    'AGENCY_ID',
    'ADVERTISER_ID',
    'DSP_PLATFORM_TYPE',
    'DSP_ADVERTISER_ID',
    'INSERTION_ORDER_ID',
    'LINE_ITEM_ID',
    'IMPRESSION_TIMESTAMP',
    'MAID',
    'DEVICE_TYPE',
    'GROUPING_INDICATOR',
    'IP_ADDRESS',
  ],
  WEBPIXEL_EVENTS: ['AGENCY_ID', 'EVENT_TIMESTAMP', 'PAGE_URL', 'EVENT_TYPE', 'CLIENT_IP', 'IP'],
  STORE_VISITS: ['AGENCY_ID', 'QUORUM_ADVERTISER_ID', 'MAID', 'STORE_VISIT_DATE', 'INSERTION_ORDER_ID'],
  SEGMENT_DEVICES_CAPTURED: ['DEVICE_ID', 'DRIVE_BY_DATE', 'SEGMENT_MD5'],
  SUPPRESSION: ['IDENTIFIER_TYPE', 'IDENTIFIER_VALUE', 'AGENCY_ID'],
  IP_HOUSEHOLD_LOOKUP: ['IP_ADDRESS', 'HOUSEHOLD_ID'],
  MAID_HOUSEHOLD_LOOKUP: ['MAID', 'HOUSEHOLD_ID'],
};

/** Reads a small warehouse, with the default names of tables and columns, into what the oracle takes. */
export async function readOracleTables(session: Session): Promise<Required<OracleTables>> {
  const read = async (name: keyof OracleTables): Promise<readonly Row[]> => {
    const schema = findTable(name)?.schema;
    if (schema === undefined) throw new Error(`${name} is not in the catalogue`);
    return session.all(sql`SELECT ${join(COLUMNS[name].map((column) => ident(column)))} FROM ${ident(schema, name)}`);
  };
  return {
    REF_ADVERTISER_CONFIG: await read('REF_ADVERTISER_CONFIG'),
    PIXEL_CAMPAIGN_MAPPING_V2: await read('PIXEL_CAMPAIGN_MAPPING_V2'),
    ADVERTISER_DOMAIN_MAPPING: await read('ADVERTISER_DOMAIN_MAPPING'),
    SEGMENT_MD5_MAPPING: await read('SEGMENT_MD5_MAPPING'),
    AD_IMPRESSION_LOG_V2: await read('AD_IMPRESSION_LOG_V2'),
    LIVERAMP_IMPRESSION_LOG: await read('LIVERAMP_IMPRESSION_LOG'),
    WEBPIXEL_EVENTS: await read('WEBPIXEL_EVENTS'),
    STORE_VISITS: await read('STORE_VISITS'),
    SEGMENT_DEVICES_CAPTURED: await read('SEGMENT_DEVICES_CAPTURED'),
    SUPPRESSION: await read('SUPPRESSION'),
    IP_HOUSEHOLD_LOOKUP: await read('IP_HOUSEHOLD_LOOKUP'),
    MAID_HOUSEHOLD_LOOKUP: await read('MAID_HOUSEHOLD_LOOKUP'),
  };
}
