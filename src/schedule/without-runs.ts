import type { Slot } from '../config/cadence.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { StandingOrder } from './standing-orders.ts';

/** An order in one of its slots. */
export interface OrderSlot {
  readonly order: StandingOrder;
  readonly slot: Slot;
}

/** Those that have no run yet; a split audience has its runs once its segments were planned. */
export async function withoutRuns<T extends OrderSlot>(ledger: Ledger, slots: readonly T[]): Promise<readonly T[]> {
  const pairs = (split: boolean) =>
    slots
      .filter(({ order }) => order.split === split)
      .map(({ order, slot }) => ({ deliveryId: order.deliveryId, slot: slot.id }));
  const planned = await ledger.plannedSlots(pairs(false));
  const splitPlanned = await ledger.splitPlanned(pairs(true));
  return slots.filter(({ order, slot }) => !(order.split ? splitPlanned : planned).has(`${order.deliveryId} ${slot.id}`));
}
