import type { Engine } from './engine.ts';
import { deliveryKeyOf, type Planning, runFactsOf } from './order.ts';
import type { PlannedDelivery } from './plan.ts';

/** Tells of a delivery, by its id, how its run is planned. */
export type PlanningOf = (deliveryId: string) => Planning;

/** What is to be delivered now. */
export interface DueRun {
  readonly delivery: PlannedDelivery;
  readonly runId: string;
}

/**
 * The runs of deliveries that are due, in their order: the one that was planned before, or a new one. `force` makes one more of what its slot has
 * delivered. All are planned before the first begins, many in one transaction; what somebody stops stays planned, for the next call.
 */
export async function planDue(
  { ledger, settings }: Engine,
  due: readonly PlannedDelivery[],
  planning: PlanningOf,
  force: boolean,
): Promise<readonly DueRun[]> {
  const isAgain = (delivery: PlannedDelivery): boolean => force && !delivery.due;
  const fresh = due.filter((delivery) => delivery.run === null || isAgain(delivery));
  const planned = await ledger.planRuns(
    fresh.map((delivery) => ({
      delivery: deliveryKeyOf(delivery.candidate, delivery.segmentId),
      slot: delivery.candidate.slot.id,
      generation: isAgain(delivery) ? 'again' : 'regular',
      facts: runFactsOf(delivery.candidate, delivery.segmentName, planning(delivery.deliveryId), settings.defaults),
    })),
  );
  const made = new Map(fresh.map((delivery, index) => [delivery, planned[index]?.runId]));
  return due.map((delivery) => {
    const runId = made.get(delivery) ?? delivery.run?.id;
    if (runId === undefined) throw new Error(`The delivery ${delivery.deliveryId} has no run.`);
    return { delivery, runId };
  });
}
