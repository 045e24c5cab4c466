import { configError } from '../../../errors.ts';
import type { SegmentTerms } from '../../destination.ts';

/** What the configuration wants of an element. */
export interface Wanted {
  /** ProviderElementId: the partner's own id of the segment where the configuration names one, else the segment's. */
  readonly id: string;
  readonly segmentId: string;
  readonly name: string;
  /** Decimal text as it is configured; null leaves the price alone. */
  readonly price: string | null;
}

/** Longest display name, in characters. */
const MOST_NAME = 256;

/** A segment as an element. */
export function wantedOf({ segmentId, segmentName, priceCpm, partnerReference }: SegmentTerms): Wanted {
  return { id: partnerReference ?? segmentId, segmentId, name: displayName(segmentName) || segmentId, price: priceCpm };
}

/** The Trade Desk takes no tabs and none of `' " ^` in a display name. */
function displayName(name: string): string {
  const taken = name.replaceAll(/\t/g, ' ').replaceAll(/['"^]/g, '').trim();
  return [...taken].slice(0, MOST_NAME).join('');
}

/**
 * Elements by segment. Two advertisers may fill the same segment; that they want it differently, or that two segments want the same
 * element, is a `config` error `taxonomy_conflict`, and all such are reported together.
 */
export function wantedElements(segments: readonly SegmentTerms[]): ReadonlyMap<string, Wanted> {
  const bySegment = new Map<string, Wanted>();
  const byElement = new Map<string, Wanted>();
  const problems: { path: string; message: string }[] = [];
  for (const segment of segments) {
    const wanted = wantedOf(segment);
    const other = bySegment.get(wanted.segmentId) ?? byElement.get(wanted.id);
    if (other === undefined) {
      bySegment.set(wanted.segmentId, wanted);
      byElement.set(wanted.id, wanted);
    } else if (!isSame(wanted, other)) {
      const both = `${shown(other)} and ${shown(wanted)}`;
      problems.push({ path: wanted.segmentId, message: `is wanted twice, and not alike: ${both}` });
    }
  }
  if (problems.length === 0) return bySegment;
  throw configError('taxonomy_conflict', 'Segments are configured in ways that cannot both be.', {
    problems,
    hint: 'Give each segment a segmentId of its own, or the same segmentName and priceCpm everywhere.',
  });
}

function isSame(one: Wanted, other: Wanted): boolean {
  return one.id === other.id && one.segmentId === other.segmentId && one.name === other.name && one.price === other.price;
}

function shown({ id, name, price }: Wanted): string {
  return `element ${id}, “${name}”, ${price === null ? 'no price' : `at ${price}`}`;
}
