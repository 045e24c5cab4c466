import type { IdentifierType } from '../identity/identifier-type.ts';
import type { CountedDelivery } from './plan.ts';

/** Characters of a typical identifier of each type. */
const TYPICAL_LENGTH: Readonly<Record<IdentifierType, number>> = {
  IDFA: 36,
  GAID: 36,
  MAID: 36,
  IP: 13,
  RAMPID: 49,
  UID2: 44,
  UUID2: 19,
};
/** A type's word, a time in ISO 8601, delimiters and the line end. */
const REST_OF_LINE = 4 + 20 + 4;

/** What a delivery's files will weigh before compression, near enough to judge a transfer by. */
export function estimateBytes({ counts, segmentId }: Pick<CountedDelivery, 'counts' | 'segmentId'>): number {
  return Object.entries(counts.identifiers).reduce(
    (sum, [type, rows]) => sum + rows * (TYPICAL_LENGTH[type as IdentifierType] + segmentId.length + REST_OF_LINE),
    0,
  );
}
