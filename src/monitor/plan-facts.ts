import type { DeliveryKey } from '../ledger/delivery-key.ts';
import type { DeliveryState } from '../ledger/delivery-state.ts';

/** A slot whose time has come and that has no run. */
export interface DueSlot {
  readonly delivery: DeliveryKey;
  readonly slot: string;
  /** ISO 8601 UTC. */
  readonly dueAt: string;
}

/** A delivery that is switched on and that nobody can plan. */
export interface BlockedDelivery {
  readonly agencyId: string;
  readonly advertiserId: string;
  /** Null when the whole advertiser is blocked. */
  readonly destination: string | null;
  /** Null when the segment is not known. */
  readonly segmentId: string | null;
  /** A code of readiness or of an error: `invalid_config`. */
  readonly code: string;
  /** One line that says why. */
  readonly message: string;
}

/** What planning says and the ledger does not know. */
export interface PlanFacts {
  /** Ids of the deliveries that are switched on. A trouble of any other has lost its meaning, and ends. */
  readonly active: ReadonlySet<string>;
  readonly due: readonly DueSlot[];
  readonly blocked: readonly BlockedDelivery[];
}

/** Deliveries that are still wanted, as far as is known: without a plan, all. */
export function wanted(deliveries: readonly DeliveryState[], plan: PlanFacts | null): readonly DeliveryState[] {
  if (plan === null) return deliveries;
  return deliveries.filter((delivery) => plan.active.has(delivery.id) || plan.blocked.some((one) => covers(one, delivery)));
}

/** Whether what is blocked includes the delivery with these names. */
export function covers(
  blocked: BlockedDelivery,
  names: { readonly [name in keyof DeliveryKey]?: string | number | null },
): boolean {
  return (
    blocked.agencyId === names.agencyId &&
    blocked.advertiserId === names.advertiserId &&
    (blocked.destination === null || blocked.destination === names.destination) &&
    (blocked.segmentId === null || blocked.segmentId === names.segmentId)
  );
}
