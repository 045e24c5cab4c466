import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import { fieldOf } from '../../config/config-fields.ts';
import { readDestinations } from '../../config/destination-entry.ts';
import { booleanOf, integerOf, textOf } from '../../config/values.ts';
import { DAY_MS } from '../../lib/clock.ts';
import type { AdvertiserConfigRow } from '../../shapes/config/advertiser-config.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import type { KnownAdvertiser } from './advertiser-book.ts';

/** The row as the API shows it. Of an advertiser that is not configured it has what would hold for it. */
export function configRow(advertiser: KnownAdvertiser, now: Date): AdvertiserConfigRow {
  const { agencyId, advertiserId, agencyName, name, config } = advertiser;
  const row: Row = config?.row ?? {};
  const read = (column: string) => readOr(column, row, advertiser);
  return {
    AGENCY_ID: agencyId,
    ADVERTISER_ID: advertiserId,
    AGENCY_NAME: agencyName,
    ADVERTISER_NAME: name,
    CONFIG_STATUS: config?.status ?? 'NOT_CONFIGURED',
    EXPOSURE_SOURCE: config?.exposureSource ?? 'IMPRESSION',
    IMPRESSION_JOIN_STRATEGY: config?.joinStrategy ?? 'PCM_4KEY',
    MATCH_STRATEGY: String(read('MATCH_STRATEGY')),
    ATTRIBUTION_WINDOW_DAYS: Number(read('ATTRIBUTION_WINDOW_DAYS')),
    HAS_IMPRESSION_TRACKING: booleanOf(row.HAS_IMPRESSION_TRACKING) ?? null,
    HAS_STORE_VISIT_ATTRIBUTION: booleanOf(row.HAS_STORE_VISIT_ATTRIBUTION) ?? null,
    HAS_WEB_VISIT_ATTRIBUTION: booleanOf(row.HAS_WEB_VISIT_ATTRIBUTION) ?? null,
    SEGMENT_COUNT: countOf(row.SEGMENT_COUNT),
    POI_URL_COUNT: countOf(row.POI_URL_COUNT),
    WEB_PIXEL_URL_COUNT: countOf(row.WEB_PIXEL_URL_COUNT),
    CAMPAIGN_MAPPING_COUNT: countOf(row.CAMPAIGN_MAPPING_COUNT),
    PLATFORM_TYPE_IDS: listOf(read('PLATFORM_TYPE_IDS')),
    REPORT_TYPE_IDS: listOf(read('REPORT_TYPE_IDS')),
    WEB_PIXEL_INTEGRATION_TYPE: textOf(row.WEB_PIXEL_INTEGRATION_TYPE) || null,
    WEB_VISIT_SOURCE: String(read('WEB_VISIT_SOURCE')),
    STORE_VISIT_SOURCE: String(read('STORE_VISIT_SOURCE')),
    CLIENT_IDENTIFIER: textOf(row.CLIENT_IDENTIFIER) || null,
    ADVERTISER_DISPLAY_NAME: config?.displayName ?? null,
    DELIVERY_ENABLED: config?.deliveryEnabled ?? false,
    DELIVERY_DESTINATIONS: config === null ? [] : destinationsOf(config),
    DELIVERY_CADENCE: String(config?.cadence ?? read('DELIVERY_CADENCE')),
    DELIVERY_LOOKBACK_DAYS: config === null ? Number(read('DELIVERY_LOOKBACK_DAYS')) : config.lookbackDays,
    CONFIG_VERSION: config?.configVersion ?? 0,
    LAST_IMPRESSION_AT: instantOf(row.LAST_IMPRESSION_AT),
    LAST_STORE_VISIT_AT: instantOf(row.LAST_STORE_VISIT_AT),
    LAST_WEB_VISIT_AT: instantOf(row.LAST_WEB_VISIT_AT),
    CREATED_AT: instantOf(row.CREATED_AT),
    UPDATED_AT: instantOf(row.UPDATED_AT),
    PROCESSING_STATE: processingState(config, now),
    PROBLEMS: (config?.problems ?? []).map(({ path, message, hint }) => ({ path, message, hint: hint ?? null })),
  };
}

/** What the column holds, or its default where it cannot be read. */
function readOr(column: string, row: Row, key: KnownAdvertiser): unknown {
  const field = fieldOf(column);
  const reading = field.read(row[column], key);
  if ('value' in reading) return reading.value;
  const blank = field.read(undefined, key);
  return 'value' in blank ? blank.value : null;
}

/** The entries as they are stored, without defaults; as they were understood where some cannot be. */
function destinationsOf({ agencyId, advertiserId, destinations, row }: AdvertiserConfig): Record<string, unknown>[] {
  const { canonical } = readDestinations(row.DELIVERY_DESTINATIONS, `${agencyId}_${advertiserId}`);
  return (canonical ?? destinations).map((entry) => ({ ...entry }));
}

/** Upstream stops counting for an advertiser that was not seen for a whole window, and goes on when it is seen again. */
function processingState(config: AdvertiserConfig | null, now: Date): AdvertiserConfigRow['PROCESSING_STATE'] {
  const seen = instantOf(config?.row.LAST_IMPRESSION_AT);
  if (config === null || seen === null || Date.parse(seen) > now.getTime()) return 'UNKNOWN';
  return now.getTime() - Date.parse(seen) <= config.attributionWindowDays * DAY_MS ? 'ACTIVE' : 'PAUSED';
}

/** A time of the row as ISO 8601 in UTC: sites may keep it as text. */
export function instantOf(value: unknown): string | null {
  if (value instanceof Date) return value.toISOString();
  const text = textOf(value);
  const hasZone = /(?:Z|[+-]\d\d(?::?\d\d)?)$/i.test(text);
  const time = Date.parse(hasZone || !text.includes(':') ? text : `${text.replace(' ', 'T')}Z`);
  return text === '' || Number.isNaN(time) ? null : new Date(time).toISOString();
}

export const countOf = (value: unknown): number => Math.max(0, integerOf(value) ?? 0);

/** Ids of a comma list. */
export function listOf(value: unknown): string[] {
  const text = textOf(value);
  return text === '' ? [] : text.split(',').map((id) => id.trim());
}
