import type { IdentifierType } from '../identity/identifier-type.ts';
import type { ExposureRequest } from '../reach/exposure.ts';

/** An audience to be cut: where its people come from, and which of their identifiers may be delivered. */
export interface AudienceSpec {
  readonly exposures: ExposureRequest;
  /** `merged`: one segment; `split`: one for each insertion order. */
  readonly mode: 'merged' | 'split';
  /** Types that are wanted; IP is sent only where `allowIp` says so. */
  readonly identifiers: readonly IdentifierType[];
  readonly acceptUnknownDeviceType: boolean;
  readonly allowIp: boolean;
  readonly allowIpv6: boolean;
}

/** The part of a split audience whose rows name no insertion order. */
export const NO_INSERTION_ORDER = '_none';

/**
 * Types that are kept. A device of unknown platform is wanted when `MAID` is listed, or when both platforms are wanted and unknown
 * ones are accepted: it is one of the two.
 */
export function wantedTypes(spec: AudienceSpec): readonly IdentifierType[] {
  const listed = spec.identifiers;
  const either = spec.acceptUnknownDeviceType && listed.includes('IDFA') && listed.includes('GAID');
  return either && !listed.includes('MAID') ? [...listed, 'MAID'] : listed;
}
