import type { DeliveryOverview } from '../schedule/deliveries-overview.ts';
import type { DeliveryOverview as DeliveryShape } from './delivery-shape.ts';

/** A delivery in its documented shape. */
export function deliveryToShape({ lastRun, lastWritten: _, ...row }: DeliveryOverview): DeliveryShape {
  return {
    ...row,
    lastRun:
      lastRun === null ? null : { runId: lastRun.id, slot: lastRun.slot, state: lastRun.state, plannedAt: lastRun.plannedAt },
  };
}
