import type { Engine } from '../delivery/engine.ts';
import { planSegments } from '../delivery/plan-segments.ts';
import type { PlannedRun } from '../ledger/plan-run.ts';
import type { StandingOrder } from './standing-orders.ts';

/**
 * Plans the runs of a split audience for its current slot, one for each segment that its rows have. Which those are takes a look at the
 * rows, so it is remembered that it was done. Asked twice, it makes nothing twice.
 */
export async function planSplit(
  engine: Engine,
  { key, deliveryId, candidate, entry }: StandingOrder,
  at: Date,
  lastPlannedAt: ReadonlyMap<string, string>,
  paused: ReadonlySet<string>,
): Promise<readonly PlannedRun[]> {
  if (candidate === null) return [];
  const runs = await planSegments(
    engine,
    { at, agencyId: key.agencyId, advertiserId: key.advertiserId, entry },
    lastPlannedAt,
    paused,
  );
  await engine.ledger.markSplitPlanned({ deliveryId, slot: candidate.slot.id });
  return runs;
}
