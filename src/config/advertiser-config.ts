import type { Problem } from '../errors.ts';
import type { Row } from '../warehouse/warehouse.ts';
import { type ConfigKey, type FieldValue, fieldOf } from './config-fields.ts';
import { DEFAULTS } from './defaults.ts';
import { type DestinationEntry, readDestinations } from './destination-entry.ts';
import { idText, integerOf, isNoId, noId, textOf } from './values.ts';

/** One advertiser's configuration: a row of REF_ADVERTISER_CONFIG, understood. */

export type ConfigStatus = 'ACTIVE' | 'INACTIVE' | 'PENDING';
export type ExposureSource = 'IMPRESSION' | 'WEB' | 'OOH';
export type JoinStrategy = 'PCM_4KEY' | 'ADM_PREFIX' | 'DIRECT_AG';

export interface AdvertiserConfig extends ConfigKey {
  /** Null when the row has none; the name tables then have one. */
  readonly displayName: string | null;
  readonly status: ConfigStatus;
  readonly exposureSource: ExposureSource;
  readonly joinStrategy: JoinStrategy;
  /** Informational: only HOUSEHOLD is computed. */
  readonly matchStrategy: string;
  readonly attributionWindowDays: number;
  readonly deliveryEnabled: boolean;
  /** Canonical text; `parseCadence` reads it unless a problem names DELIVERY_CADENCE. */
  readonly cadence: string;
  /** Null never expires. */
  readonly lookbackDays: number | null;
  readonly destinations: readonly DestinationEntry[];
  /** 0 before the program has written the row. */
  readonly configVersion: number;
  /** Everything that is wrong with the row. While there is something, nothing may be delivered from it. */
  readonly problems: readonly Problem[];
  /** The row as it was read, under the logical column names. */
  readonly row: Row;
}

/** Reads a row by its logical column names; an absent column has no key. Never throws: what is wrong is listed, and defaults stand for it. */
export function readAdvertiserConfig(row: Row): AdvertiserConfig {
  const key: ConfigKey = { agencyId: idText(row.AGENCY_ID), advertiserId: idText(row.ADVERTISER_ID) };
  const problems: Problem[] = [];
  if (isNoId(key.agencyId)) problems.push(noId('AGENCY_ID'));
  if (isNoId(key.advertiserId)) problems.push(noId('ADVERTISER_ID'));

  const field = (column: string, fallback: FieldValue): FieldValue => {
    const reading = fieldOf(column).read(row[column], key);
    if ('value' in reading) return reading.value;
    problems.push(...reading.problems);
    return fallback;
  };
  const status = field('CONFIG_STATUS', DEFAULTS.blankStatus);
  const exposureSource = field('EXPOSURE_SOURCE', DEFAULTS.exposureSource);
  const joinStrategy = field('IMPRESSION_JOIN_STRATEGY', DEFAULTS.joinStrategy);
  const matchStrategy = field('MATCH_STRATEGY', DEFAULTS.matchStrategy);
  const attributionWindowDays = field('ATTRIBUTION_WINDOW_DAYS', DEFAULTS.attributionWindowDays);
  const deliveryEnabled = field('DELIVERY_ENABLED', DEFAULTS.deliveryEnabled);
  const cadence = field('DELIVERY_CADENCE', DEFAULTS.cadence);
  const lookbackDays = field('DELIVERY_LOOKBACK_DAYS', DEFAULTS.lookbackDays);
  const { entries, problems: inDestinations } = readDestinations(
    row.DELIVERY_DESTINATIONS,
    `${key.agencyId}_${key.advertiserId}`,
  );
  problems.push(...inDestinations);

  return {
    ...key,
    displayName: textOf(row.ADVERTISER_DISPLAY_NAME) || null,
    // Each field's reading admits these words only.
    status: status as ConfigStatus,
    exposureSource: exposureSource as ExposureSource,
    joinStrategy: joinStrategy as JoinStrategy,
    matchStrategy: String(matchStrategy),
    attributionWindowDays: Number(attributionWindowDays),
    deliveryEnabled: deliveryEnabled === true,
    cadence: String(cadence),
    lookbackDays: lookbackDays === null ? null : Number(lookbackDays),
    destinations: entries,
    configVersion: integerOf(row.CONFIG_VERSION) ?? 0,
    problems,
    row,
  };
}
