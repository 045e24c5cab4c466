import type { Row } from '../../src/warehouse/warehouse.ts';
import { isOptedOut } from './consent.ts';
import { hostOf, hostOwner } from './hosts.ts';
import { type Identifier, type Kind, readEventIp, readIdentifier } from './identifiers.ts';
import type { AdvertiserConfig, DestinationEntry, OracleTables, Policy } from './input.ts';
import { impressionOwnership } from './ownership.ts';
import { isBlank, textOf, timeOf } from './values.ts';

/** One row of a source that is the advertiser's. */
export interface Exposure {
  readonly source: string;
  /** Null when unreadable. */
  readonly time: number | null;
  /** `_none` when blank. */
  readonly insertionOrderId: string;
  readonly identifiers: readonly Identifier[];
  /** Of the row's MAID. */
  readonly deviceType: 'IDFA' | 'GAID' | null;
  /** The row carries an opt-out. */
  readonly optedOut: boolean;
}

const NO_INSERTION_ORDER = '_none';

const DEVICE_TYPES: Readonly<Record<string, 'IDFA' | 'GAID'>> = {
  idfa: 'IDFA',
  ios: 'IDFA',
  apple: 'IDFA',
  gaid: 'GAID',
  aaid: 'GAID',
  adid: 'GAID',
  android: 'GAID',
};

function deviceTypeOf(row: Row, source: string, agencyId: string, policy: Policy): 'IDFA' | 'GAID' | null {
  const written = DEVICE_TYPES[textOf(row.DEVICE_TYPE).toLowerCase()];
  if (written !== undefined) return written;
  const rules = policy.deviceTypes.filter((rule) => rule.source === source);
  const rule = rules.find((each) => each.agencyId === agencyId) ?? rules.find((each) => each.agencyId === undefined);
  if (rule?.rule === 'FIXED_IDFA') return 'IDFA';
  if (rule?.rule === 'FIXED_GAID') return 'GAID';
  return null;
}

/** Ids that most rows do not have: an empty cell of theirs is no blank identifier. */
const OPTIONAL_KINDS: ReadonlySet<Kind> = new Set(['UID2', 'UUID2']);

/** The identifier columns that the row has, each with what is in it. A column that the table lacks offers nothing. */
function readColumns(row: Row, columns: readonly (readonly [Kind, string])[]): Identifier[] {
  return columns
    .filter(([kind, column]) => column in row && (!OPTIONAL_KINDS.has(kind) || row[column] !== null))
    .map(([kind, column]) => readIdentifier(kind, row[column]));
}

interface SourceColumns {
  readonly time: string;
  readonly identifiers: readonly (readonly [Kind, string])[];
}

const COLUMNS = {
  AD_IMPRESSION_LOG_V2: {
    time: 'AUCTION_TIMESTAMP',
    identifiers: [
      ['MAID', 'DEVICE_ID_RAW'],
      ['IP', 'USER_IP_FROM_HTTP_REQUEST'],
      ['UID2', 'UID2'],
      ['UUID2', 'UUID2'],
    ],
  },
  LIVERAMP_IMPRESSION_LOG: {
    time: 'IMPRESSION_TIMESTAMP',
    identifiers: [
      ['MAID', 'MAID'],
      ['IP', 'IP_ADDRESS'],
      ['RAMPID', 'GROUPING_INDICATOR'],
    ],
  },
  STORE_VISITS: { time: 'STORE_VISIT_DATE', identifiers: [['MAID', 'MAID']] },
  SEGMENT_DEVICES_CAPTURED: { time: 'DRIVE_BY_DATE', identifiers: [['MAID', 'DEVICE_ID']] },
} satisfies Record<string, SourceColumns>;

function exposureOf(row: Row, source: keyof typeof COLUMNS, config: AdvertiserConfig, policy: Policy): Exposure {
  const columns: SourceColumns = COLUMNS[source];
  return {
    source,
    time: timeOf(row[columns.time]),
    insertionOrderId: isBlank(row.INSERTION_ORDER_ID) ? NO_INSERTION_ORDER : textOf(row.INSERTION_ORDER_ID),
    identifiers: readColumns(row, columns.identifiers),
    deviceType: deviceTypeOf(row, source, config.agencyId, policy),
    optedOut: isOptedOut(row, policy.unknownConsent ?? 'refuse'),
  };
}

function impressions(tables: OracleTables, config: AdvertiserConfig, entry: DestinationEntry, policy: Policy): Exposure[] {
  const owns = impressionOwnership(tables, config.agencyId, config.advertiserId, config.joinStrategy);
  const sources = new Set(entry.sources ?? ['AD_IMPRESSION_LOG_V2']);
  return [...sources].flatMap((source) => {
    if (source !== 'AD_IMPRESSION_LOG_V2' && source !== 'LIVERAMP_IMPRESSION_LOG')
      throw new Error(`${source} holds no identifiers`);
    return (tables[source] ?? [])
      .filter((row) => textOf(row.AGENCY_ID) === config.agencyId)
      .filter((row) => {
        const named = source === 'LIVERAMP_IMPRESSION_LOG' && !isBlank(row.ADVERTISER_ID);
        return named ? textOf(row.ADVERTISER_ID) === config.advertiserId : owns(row);
      })
      .map((row) => exposureOf(row, source, config, policy));
  });
}

const CONVERSIONS = ['lead', 'submit_lead', 'purchase', 'sale', 'conversion'];

/** Pixel events on the hosts that are the advertiser's. */
export function siteVisits(
  tables: OracleTables,
  config: AdvertiserConfig,
  which: 'all' | 'conversions',
  policy: Policy,
): Exposure[] {
  const owners = new Map<string, string | null>();
  return (tables.WEBPIXEL_EVENTS ?? [])
    .filter((row) => textOf(row.AGENCY_ID) === config.agencyId)
    .filter((row) => which === 'all' || CONVERSIONS.includes(textOf(row.EVENT_TYPE).toLowerCase()))
    .filter((row) => {
      const host = hostOf(row.PAGE_URL);
      if (host === null) return false;
      if (!owners.has(host)) owners.set(host, hostOwner(tables.ADVERTISER_DOMAIN_MAPPING ?? [], config.agencyId, host));
      return owners.get(host) === config.advertiserId;
    })
    .map((row) => ({
      source: 'WEBPIXEL_EVENTS',
      time: timeOf(row.EVENT_TIMESTAMP),
      insertionOrderId: NO_INSERTION_ORDER,
      identifiers: [readEventIp(row.CLIENT_IP, row.IP)],
      deviceType: null,
      optedOut: isOptedOut(row, policy.unknownConsent ?? 'refuse'),
    }));
}

export function storeVisits(tables: OracleTables, config: AdvertiserConfig, policy: Policy): Exposure[] {
  return (tables.STORE_VISITS ?? [])
    .filter((row) => textOf(row.AGENCY_ID) === config.agencyId && textOf(row.QUORUM_ADVERTISER_ID) === config.advertiserId)
    .map((row) => exposureOf(row, 'STORE_VISITS', config, policy));
}

/** Devices seen at places: at the advertiser's assigned segments where captured devices are given, else its store visits. */
function outOfHome(tables: OracleTables, config: AdvertiserConfig, policy: Policy): Exposure[] {
  if (tables.SEGMENT_DEVICES_CAPTURED === undefined) return storeVisits(tables, config, policy);
  const segments = (tables.SEGMENT_MD5_MAPPING ?? [])
    .filter((row) => textOf(row.AGENCY_ID) === config.agencyId && textOf(row.ADVERTISER_ID) === config.advertiserId)
    .map((row) => textOf(row.SEGMENT_MD5).toLowerCase());
  return tables.SEGMENT_DEVICES_CAPTURED.filter((row) => segments.includes(textOf(row.SEGMENT_MD5).toLowerCase())).map((row) =>
    exposureOf(row, 'SEGMENT_DEVICES_CAPTURED', config, policy),
  );
}

function exposed(tables: OracleTables, config: AdvertiserConfig, entry: DestinationEntry, policy: Policy): Exposure[] {
  switch (config.exposureSource) {
    case 'WEB':
      return siteVisits(tables, config, 'all', policy);
    case 'OOH':
      return outOfHome(tables, config, policy);
    case 'IMPRESSION':
    case null:
      return impressions(tables, config, entry, policy);
  }
}

/** Every row of every time that the audience is made from. */
export function exposuresOf(
  tables: OracleTables,
  config: AdvertiserConfig,
  entry: DestinationEntry,
  policy: Policy,
): readonly Exposure[] {
  switch (entry.audience ?? 'EXPOSED') {
    case 'EXPOSED':
    case 'EXPOSED_NOT_VISITED':
      return exposed(tables, config, entry, policy);
    case 'SITE_VISITORS':
      return siteVisits(tables, config, 'all', policy);
    case 'CONVERTERS':
      return siteVisits(tables, config, 'conversions', policy);
    case 'STORE_VISITORS':
      return storeVisits(tables, config, policy);
  }
}
