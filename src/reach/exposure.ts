import type { UnknownConsent } from '../identity/consent.ts';
import type { IdentifierKind } from '../identity/identifier-kind.ts';
import type { Sql } from '../lib/sql.ts';

/** The audience's vocabulary for where its people come from. */
export type JoinStrategy = 'PCM_4KEY' | 'ADM_PREFIX' | 'DIRECT_AG';
export type ExposureSource = 'IMPRESSION' | 'WEB' | 'OOH';
export type AudienceKind = 'EXPOSED' | 'SITE_VISITORS' | 'CONVERTERS' | 'STORE_VISITORS' | 'EXPOSED_NOT_VISITED';

/** How a device's platform is decided for rows whose DEVICE_TYPE does not say: a setting per source, optionally per agency. */
export interface DeviceTypeRule {
  readonly source: string;
  readonly agency?: string | undefined;
  readonly rule: 'FIXED_IDFA' | 'FIXED_GAID' | 'UNKNOWN';
}

/** Both ends belong to the window; `from` is null for an audience that never expires. */
export interface Window {
  readonly from: Date | null;
  readonly to: Date;
}

/** Which exposures are asked for. */
export interface ExposureRequest {
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly strategy: JoinStrategy;
  readonly exposureSource: ExposureSource;
  readonly audience: AudienceKind;
  /** Tables that an impression audience reads; ignored for pixel events and store visits. */
  readonly sources: readonly string[];
  /** Only these insertion orders; all when absent. */
  readonly insertionOrderIds?: readonly string[] | undefined;
  readonly window: Window;
  readonly attributionWindowDays: number;
  /** Whether this advertiser is the only one of its agency that is not INACTIVE (decides DIRECT_AG). */
  readonly soleAdvertiser: boolean;
  readonly deviceTypes: readonly DeviceTypeRule[];
  /** What a consent signal that cannot be read does to the row's identifiers; `refuse` when absent. */
  readonly unknownConsent?: UnknownConsent | undefined;
}

/**
 * Rows of one source and one identifier column. `rows` is a select with the columns `device_type` (IDFA, GAID or null), `seen_at` (UTC,
 * null when unreadable), `io`, `io_name`, `visited` (true when the row's person was seen on the advertiser's site or in its stores) and
 * `opted_out` (true when the row carries an opt-out; never null), and those of the identifier. Rows before the window are left out; rows
 * after it are in, so that they can be counted.
 */
export type ExposurePart = FoundPart | PreparedPart;

interface PartOfSource {
  readonly source: string;
  readonly kind: IdentifierKind;
  /** Whether `opted_out` can be true. */
  readonly hasConsent: boolean;
  readonly rows: Sql;
}

/** Straight from a source table: `raw` is the text as found, `raw_alt` a second column to try, or null. */
export interface FoundPart extends PartOfSource {
  readonly form: 'found';
  /** Whether `raw_alt` can hold anything. */
  readonly hasAlternative: boolean;
}

/** From prepared exposures: `value`, `misfit` and `reason` as in `PreparedColumns`; `device_type` is a number. */
export interface PreparedPart extends PartOfSource {
  readonly form: 'prepared';
  /** Whether `visited` can be true. */
  readonly canBeVisitors: boolean;
}
