import type { DropReason, IdentifierType } from '../../src/identity/identifier-type.ts';
import type { Row } from '../../src/warehouse/warehouse.ts';
import type { JoinStrategy } from './ownership.ts';

/** Rows of the source tables, as objects by column name. A table that is left out is empty. */
export interface OracleTables {
  readonly REF_ADVERTISER_CONFIG?: readonly Row[];
  readonly PIXEL_CAMPAIGN_MAPPING_V2?: readonly Row[];
  readonly ADVERTISER_DOMAIN_MAPPING?: readonly Row[];
  readonly SEGMENT_MD5_MAPPING?: readonly Row[];
  readonly AD_IMPRESSION_LOG_V2?: readonly Row[];
  readonly LIVERAMP_IMPRESSION_LOG?: readonly Row[];
  readonly WEBPIXEL_EVENTS?: readonly Row[];
  readonly STORE_VISITS?: readonly Row[];
  /** When given, out-of-home exposure is read from here and not from STORE_VISITS. */
  readonly SEGMENT_DEVICES_CAPTURED?: readonly Row[];
  readonly SUPPRESSION?: readonly Row[];
  readonly IP_HOUSEHOLD_LOOKUP?: readonly Row[];
  readonly MAID_HOUSEHOLD_LOOKUP?: readonly Row[];
}

export interface AdvertiserConfig {
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly exposureSource: 'IMPRESSION' | 'WEB' | 'OOH' | null;
  readonly joinStrategy: JoinStrategy;
  readonly attributionWindowDays: number;
  /** Null never expires. */
  readonly lookbackDays: number | null;
}

/** One object of DELIVERY_DESTINATIONS; what does not choose identifiers is left out. */
export interface DestinationEntry {
  readonly audience?: 'EXPOSED' | 'SITE_VISITORS' | 'CONVERTERS' | 'STORE_VISITORS' | 'EXPOSED_NOT_VISITED';
  readonly identifiers?: readonly IdentifierType[];
  readonly acceptUnknownDeviceType?: boolean;
  readonly mode?: 'merged' | 'split';
  readonly sources?: readonly string[];
  readonly insertionOrderIds?: readonly string[];
  readonly lookbackDays?: number | null;
}

export interface DestinationCapabilities {
  readonly identifiers: readonly IdentifierType[];
  readonly allowIp: boolean;
  readonly allowIpv6: boolean;
}

interface DeviceTypeRule {
  readonly source: string;
  /** For all agencies when left out; a rule for one agency comes first. */
  readonly agencyId?: string;
  readonly rule: 'FIXED_IDFA' | 'FIXED_GAID' | 'UNKNOWN';
}

export interface Policy {
  readonly deviceTypes: readonly DeviceTypeRule[];
  /** What a consent signal that cannot be read does; `refuse` when left out. */
  readonly unknownConsent?: 'refuse' | 'allow';
}

export interface OracleInput {
  readonly tables: OracleTables;
  readonly config: AdvertiserConfig;
  readonly entry: DestinationEntry;
  readonly capabilities: DestinationCapabilities;
  readonly policy: Policy;
  readonly now: Date;
}

export interface ExpectedSegment {
  /** `type|canonical value` → newest time, ISO 8601 with milliseconds. */
  readonly members: ReadonlyMap<string, string>;
  /** Distinct identifiers: members + suppressed + dropped. */
  readonly selected: number;
  readonly dropped: Partial<Record<DropReason, number>>;
  readonly suppressed: number;
  /** Members by type. */
  readonly identifiers: Partial<Record<IdentifierType, number>>;
}

/** Merged: one segment under `MERGED`. Split: one for each insertion order, `_none` for rows without one. */
export type Expected = ReadonlyMap<string, ExpectedSegment>;
