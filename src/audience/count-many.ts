import { join } from '../lib/sql.ts';
import { workTable } from '../reach/work-table.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { noCounts, type SegmentCounts } from './count.ts';
import { countProfiles, factsOfMany, profilesOf } from './judge-many.ts';
import { type Shareable, shareReads } from './shared-reads.ts';
import type { Suppression } from './suppression.ts';

/**
 * Counts many audiences of one agency in one pass over its prepared exposures, however many there are; the same counts as one by one.
 * Audiences that differ only in what their destinations take share the pass wholly.
 */
export async function countMany(
  session: Session,
  audiences: readonly Shareable[],
  suppression: Suppression,
  signal?: AbortSignal,
): Promise<readonly SegmentCounts[]> {
  const [first, ...others] = audiences;
  if (first === undefined) return [];
  const reads = await shareReads(session, [first, ...others], signal);
  const profiles = reads.identifiers.map((each) => profilesOf(factsOfMany(session.dialect, each, suppression)));
  if (profiles.length === 0) return audiences.map(() => noCounts(''));
  const counted = await workTable(session, 'audience_profiles', join(profiles, ' UNION ALL '), signal);
  return countProfiles(session, counted, audiences, reads, signal);
}
