import type { DeliveryTypeId } from './delivery-type.ts';

/** Options of the earlier system, as far as they can be told apart: rows of DELIVERY_OPTION that would become the same. */

/** What the options of a group ask for. */
export interface OptionSettings {
  /** Days; null never expires. */
  readonly windowDays: number | null;
  readonly mode: 'merged' | 'split';
}

interface GroupBase {
  readonly agencyId: string;
  readonly advertiserId: string;
  /** Rows of DELIVERY_OPTION. */
  readonly options: number;
  /** Segments of the earlier system among them. */
  readonly segments: number;
}

/** Options that can be read: an advertiser's, of one type and with the same settings. */
export interface ReadableGroup extends GroupBase {
  readonly kind: 'readable';
  readonly type: DeliveryTypeId;
  readonly settings: OptionSettings;
  /** Where all are of one segment, and no other advertiser has that segment at the partner. */
  readonly segmentId: string | null;
  /** Where all have the same. */
  readonly aliasName: string | null;
  /** Where all have the same. */
  readonly partnerReference: string | null;
}

/** Options of segments that the earlier system has more than once at the partner, each time with other settings. */
export interface ContradictoryGroup extends GroupBase {
  readonly kind: 'contradictory';
  readonly type: DeliveryTypeId;
  /** The settings that were met, in words. */
  readonly detail: string;
}

/** Why a row of DELIVERY_OPTION has no place in an advertiser's configuration, whatever that is. */
export type UnreadableReason = 'no_advertiser' | 'type_unknown' | 'inactive' | 'window_unknown' | 'mode_unknown';

export interface UnreadableGroup extends GroupBase {
  readonly kind: 'unreadable';
  /** As it stands in the table. */
  readonly typeText: string | null;
  readonly reason: UnreadableReason;
  /** What stands there instead. */
  readonly detail: string | null;
}

export type OptionGroup = ReadableGroup | ContradictoryGroup | UnreadableGroup;

/** `30 days`, `never expires`. */
export function windowText(windowDays: number | null): string {
  return windowDays === null ? 'never expires' : `${windowDays} days`;
}
