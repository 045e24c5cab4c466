import { insertRows } from '../../src/cli/demo/insert.ts';
import { ident, raw, type SqlValue, sql } from '../../src/lib/sql.ts';
import { findTable } from '../../src/warehouse/tables.ts';
import type { Session } from '../../src/warehouse/warehouse.ts';
import {
  accountOf,
  advertiserId,
  hasSecondAccount,
  insertionOrderId,
  lineItemId,
  platformOf,
  SECOND_PLATFORM,
  secondAccountOf,
} from './line-items.ts';
import { deviceIdSql } from './rows.ts';
import { ADVERTISERS, AGENCY, devicesOf, INSERTION_ORDERS, LINE_ITEMS_EACH } from './shape.ts';

/** Mappings, configuration and opt-outs that belong to the log. */

/** Advertisers to whom all of an account belongs, whatever its campaigns. */
function isByAccount(rank: number): boolean {
  return rank < ADVERTISERS && rank % 4 === 2 && !isMappedByOrder(rank);
}

function isMappedByOrder(rank: number): boolean {
  return rank % 10 === 4;
}

function isMappedByLineItem(rank: number): boolean {
  return rank % 50 === 31;
}

type Mapping = readonly [platform: string, account: string, io: string | null, li: string | null, advertiser: string];

/** Most accounts have one mapping for all they run; a tenth are mapped by insertion order, a few by line item, five are contested. */
function mappingsOf(rank: number): readonly Mapping[] {
  const [platform, account, advertiser] = [platformOf(rank), accountOf(rank), advertiserId(rank)];
  const orders = Array.from({ length: INSERTION_ORDERS }, (_, order) => insertionOrderId(rank, order));
  const mappings: Mapping[] = [];
  if (isMappedByLineItem(rank)) {
    for (let item = 0; item < LINE_ITEMS_EACH; item += 1)
      mappings.push([platform, account, orders[Math.floor(item / 5)] ?? null, lineItemId(rank, item), advertiser]);
  } else if (isMappedByOrder(rank)) {
    mappings.push(...orders.map((io): Mapping => [platform, account, io, '', advertiser]));
  } else {
    mappings.push([platform, account, rank % 3 === 0 ? null : '', null, advertiser]);
  }
  if (hasSecondAccount(rank)) mappings.push([SECOND_PLATFORM, secondAccountOf(rank), null, null, advertiser]);
  if (rank % 140 === 24) mappings.push([platform, account, orders[0] ?? null, '', advertiserId(rank + 1)]);
  return mappings;
}

/** Most look back 30 days; some much further, so that all of the log is needed. */
function lookbackOf(rank: number): number | null {
  if (rank % 50 === 49) return null;
  if (rank % 20 === 7) return 365;
  return rank % 20 === 13 ? 90 : 30;
}

/** What every advertiser delivers: to each destination the mobile ids of its lookback. */
function configOf(rank: number, destinations: readonly string[]): Readonly<Record<string, SqlValue>> {
  const entries = destinations.map((destination) => ({
    destination,
    segmentId: `${AGENCY}_${advertiserId(rank)}`,
    identifiers: ['IDFA', 'GAID'],
  }));
  return {
    AGENCY_ID: AGENCY,
    ADVERTISER_ID: advertiserId(rank),
    CONFIG_STATUS: 'ACTIVE',
    EXPOSURE_SOURCE: 'IMPRESSION',
    IMPRESSION_JOIN_STRATEGY: isByAccount(rank) ? 'ADM_PREFIX' : 'PCM_4KEY',
    DELIVERY_ENABLED: true,
    DELIVERY_DESTINATIONS: JSON.stringify(entries),
    DELIVERY_LOOKBACK_DAYS: lookbackOf(rank),
  };
}

async function insert(session: Session, name: string, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<void> {
  const table = findTable(name);
  if (table === undefined) throw new Error(`The catalogue has no table ${name}.`);
  for (let from = 0; from < rows.length; from += 500)
    await insertRows(session, ident(table.schema, table.name), rows.slice(from, from + 500));
}

/** Configures the advertisers to be delivered to these destinations, and nobody else. */
export async function configure(session: Session, destinations: readonly string[], advertisers = ADVERTISERS): Promise<void> {
  const rows = Array.from({ length: advertisers }, (_, rank) => configOf(rank, destinations));
  await session.execute(sql`DELETE FROM BASE_TABLES.REF_ADVERTISER_CONFIG`);
  await insert(session, 'REF_ADVERTISER_CONFIG', rows);
}

const MORE_ADVERTISERS = 300;

/** Configures 1,000 advertisers, or the first so many of them: to each of 300 more belongs an insertion order of one of the others' accounts. */
export async function configureThousand(session: Session, destinations: readonly string[], advertisers = 1_000): Promise<void> {
  const shared = Array.from({ length: ADVERTISERS }, (_, rank) => rank)
    .filter((rank) => !isByAccount(rank) && !isMappedByOrder(rank) && !isMappedByLineItem(rank))
    .slice(0, MORE_ADVERTISERS);
  const mappings = shared.map((rank, index) => ({
    MAPPING_ID: 100_000 + index,
    AGENCY_ID: AGENCY,
    DSP_PLATFORM_TYPE: hasSecondAccount(rank) ? SECOND_PLATFORM : platformOf(rank),
    DSP_ADVERTISER_ID: hasSecondAccount(rank) ? secondAccountOf(rank) : accountOf(rank),
    INSERTION_ORDER_ID: insertionOrderId(rank, INSERTION_ORDERS - 1),
    LINE_ITEM_ID: null,
    QUORUM_ADVERTISER_ID: advertiserId(ADVERTISERS + index),
  }));
  await insert(session, 'PIXEL_CAMPAIGN_MAPPING_V2', mappings);
  await configure(session, destinations, advertisers);
}

/** Fills the tables beside the log. */
export async function makeBusinessTables(session: Session, rows: number): Promise<void> {
  const advertisers = Array.from({ length: ADVERTISERS }, (_, rank) => rank);
  const mappings = advertisers.flatMap(mappingsOf);
  await insert(
    session,
    'PIXEL_CAMPAIGN_MAPPING_V2',
    mappings.map(([platform, account, io, li, advertiser], index) => ({
      MAPPING_ID: index + 1,
      AGENCY_ID: AGENCY,
      DSP_PLATFORM_TYPE: platform,
      DSP_ADVERTISER_ID: account,
      INSERTION_ORDER_ID: io,
      LINE_ITEM_ID: li,
      QUORUM_ADVERTISER_ID: advertiser,
    })),
  );
  await insert(
    session,
    'REF_AGENCY_ADVERTISER',
    advertisers.map((rank) => ({
      AGENCY_ID: AGENCY,
      AGENCY_NAME: `Agency ${AGENCY}`,
      ADVERTISER_ID: advertiserId(rank),
      ADVERTISER_NAME: `Advertiser ${rank}`,
    })),
  );
  await configure(session, ['bench']);
  await makeSuppression(session, rows);
}

/** Opt-outs of up to 10,000 devices, a hundredth of all at most, raw and hashed. */
async function makeSuppression(session: Session, rows: number): Promise<void> {
  const devices = devicesOf(rows);
  const entries = Math.min(10_000, Math.floor(devices / 100));
  await session.execute(sql`INSERT INTO BASE_TABLES.SUPPRESSION (IDENTIFIER_TYPE, IDENTIFIER_VALUE, AGENCY_ID, REASON, SINCE, SOURCE)
    SELECT 'MAID', CASE n % 4 WHEN 0 THEN upper(id) WHEN 1 THEN sha256(id) WHEN 2 THEN replace(id, '-', '') ELSE id END,
      CASE WHEN n % 10 = 0 THEN ${AGENCY} END, 'opt-out', TIMESTAMP '2025-09-01' + to_hours(CAST(n % 3000 AS INTEGER)), 'bench'
    FROM (SELECT n, ${raw(deviceIdSql('device'))} AS id FROM (SELECT n, hash(n, 99) % ${devices} AS device FROM range(CAST(${entries} AS BIGINT)) AS r (n)))`);
}
