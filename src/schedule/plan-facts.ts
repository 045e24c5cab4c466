import { currentSlot, parseCadence } from '../config/cadence.ts';
import type { Engine } from '../delivery/engine.ts';
import type { DueSlot, PlanFacts } from '../monitor/plan-facts.ts';
import { isSegmentOf } from './deliveries-overview.ts';
import { isHeldUp, type StandingOrder } from './standing-orders.ts';

/**
 * What the standing orders, as they were last read, say of what should be going on now. Slots that came due since are found from them,
 * so that people are told also when the configuration cannot be read any more.
 */
export async function planFactsOf(engine: Engine, orders: readonly StandingOrder[]): Promise<PlanFacts> {
  const { ledger, settings } = engine;
  const now = await ledger.now();
  const ready = orders.filter(({ candidate, blocker }) => candidate !== null && blocker === null);
  const slots = ready.map((order) => ({
    order,
    slot: currentSlot(parseCadence(order.config.cadence), now, settings.defaults.cadence),
  }));
  const pairs = slots.map(({ order, slot }) => ({ deliveryId: order.deliveryId, slot: slot.id }));
  const planned = await ledger.plannedSlots(pairs);
  const splitPlanned = await ledger.splitPlanned(pairs);
  const states = await ledger.deliveries({ limit: Number.MAX_SAFE_INTEGER });
  const paused = new Set(states.flatMap(({ id, paused: pause }) => (pause === null ? [] : [id])));
  const due = slots
    .filter(({ order, slot }) => !(order.split ? splitPlanned : planned).has(`${order.deliveryId} ${slot.id}`))
    .filter(({ order }) => !paused.has(order.deliveryId))
    .map(({ order, slot }): DueSlot => ({ delivery: order.key, slot: slot.id, dueAt: slot.dueAt.toISOString() }));
  const split = ready.filter((order) => order.split);
  const segments = states.filter((state) => split.some((order) => isSegmentOf(state, order)));
  return {
    active: new Set([...ready, ...segments.map(({ id }) => ({ deliveryId: id }))].map(({ deliveryId }) => deliveryId)),
    due,
    blocked: orders.filter(isHeldUp).map(({ key, blocker }) => ({
      agencyId: key.agencyId,
      advertiserId: key.advertiserId,
      destination: key.destination,
      segmentId: key.segmentId,
      code: blocker?.reason ?? 'not_checked',
      message: blocker?.detail ?? '',
    })),
  };
}
