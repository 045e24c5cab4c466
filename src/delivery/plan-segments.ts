import type { DestinationEntry } from '../config/destination-entry.ts';
import type { PlannedRun, PlanRequest as RunRequest } from '../ledger/plan-run.ts';
import { withResource } from '../lib/with-resource.ts';
import { recordSkip } from './deliver.ts';
import type { Engine } from './engine.ts';
import { freshenReach } from './fresh-reach.ts';
import { deliveryKeyOf, type Planning, runFactsOf } from './order.ts';
import { makePlan } from './plan.ts';

/** A split audience whose segments are to be found. */
export interface SplitRequest {
  readonly at: Date;
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly entry: DestinationEntry;
  readonly slot?: string | undefined;
  readonly asOf?: Date | undefined;
}

/** Whether somebody wants a run on top of what the slot has, and the name of that asking. */
export interface Asking {
  readonly force: boolean;
  readonly requestKey?: string | undefined;
}

export function generationOf({ force, requestKey }: Asking): Pick<RunRequest, 'generation' | 'requestKey'> {
  return force ? { generation: 'again', requestKey } : { generation: 'regular' };
}

/**
 * Makes a run for each segment of a split audience, and a skipped one for each that cannot go out, so that the ledger tells why. Gives
 * the segments' runs, made by this call or not. `lastPlannedAt` is by a delivery's id, `paused` are such ids; `asking` can want one more run of each.
 */
export async function planSegments(
  engine: Engine,
  request: SplitRequest,
  lastPlannedAt: ReadonlyMap<string, string>,
  paused: ReadonlySet<string>,
  asking: Asking = { force: false },
): Promise<readonly PlannedRun[]> {
  const { catalogue, ledger, settings, secrets, signal } = engine;
  const { entry, at, asOf } = request;
  const plan = await withResource(engine.warehouse.session(), async (session) => {
    await freshenReach(engine, session, catalogue);
    return makePlan({ session, catalogue, ledger, settings, secrets, signal }, { ...request, destination: entry.destination });
  });
  const planning = (id: string): Planning => ({ at, lastPlannedAt: lastPlannedAt.get(id) ?? null, asOf: asOf ?? null });
  const segments = plan.deliveries.filter(
    ({ candidate, deliveryId }) => sameEntry(candidate.entry, entry) && !paused.has(deliveryId),
  );
  for (const refusal of plan.notDelivered) {
    if (refusal.skipped !== null && sameEntry(refusal.skipped.candidate.entry, entry))
      await recordSkip(engine, refusal, planning);
  }
  return ledger.planRuns(
    segments.map(({ candidate, segmentId, segmentName, deliveryId }) => ({
      delivery: deliveryKeyOf(candidate, segmentId),
      slot: candidate.slot.id,
      ...generationOf(asking),
      facts: runFactsOf(candidate, segmentName, planning(deliveryId), settings.defaults),
    })),
  );
}

/** Two readings of the same entry: a destination may be named more than once by one advertiser. */
function sameEntry(left: DestinationEntry, right: DestinationEntry): boolean {
  return left.destination === right.destination && left.segmentId === right.segmentId && left.mode === right.mode;
}
