import type { Exposures } from '../reach/reach.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { classify } from './classify.ts';
import { countSegments, type SegmentCounts } from './count.ts';
import { countMany } from './count-many.ts';
import { type Shareable, shareable, shareKey } from './shared-reads.ts';
import type { AudienceSpec } from './spec.ts';
import type { Suppression } from './suppression.ts';

export interface Audience {
  readonly spec: AudienceSpec;
  readonly exposures: Exposures;
}

/** Counts audiences, those of an agency together where that can be. Each has its segments; none has rows where it has no segment. */
export async function countAudiences(
  session: Session,
  audiences: readonly Audience[],
  suppressionOf: (agencyId: string) => Promise<Suppression>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<Audience, readonly SegmentCounts[]>> {
  const counts = new Map<Audience, readonly SegmentCounts[]>();
  const together = new Map<string, (Shareable & { readonly audience: Audience })[]>();
  for (const audience of audiences) {
    const { spec, exposures } = audience;
    const shared = shareable(spec, exposures);
    if (shared === null) {
      const suppression = await suppressionOf(spec.exposures.agencyId);
      counts.set(audience, await countSegments(session, classify(session.dialect, spec, exposures, suppression), signal));
    } else {
      const key = shareKey(spec);
      together.set(key, [...(together.get(key) ?? []), { ...shared, audience }]);
    }
  }
  for (const group of together.values()) {
    const suppression = await suppressionOf(group[0]?.spec.exposures.agencyId ?? '');
    const counted = await countMany(session, group, suppression, signal);
    for (const [index, { audience }] of group.entries()) {
      const segment = counted[index];
      counts.set(audience, segment === undefined || segment.selected === 0 ? [] : [segment]);
    }
  }
  return counts;
}
