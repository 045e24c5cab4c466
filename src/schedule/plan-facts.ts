import { type CadenceDefaults, currentSlot, parseCadence, type Slot } from '../config/cadence.ts';
import { keyText } from '../config/read-configs.ts';
import type { Engine } from '../delivery/engine.ts';
import type { DueSlot, PlanFacts } from '../monitor/plan-facts.ts';
import { isSegmentOf } from './deliveries-overview.ts';
import { isHeldUp, type StandingOrder } from './standing-orders.ts';
import { withoutRuns } from './without-runs.ts';

/**
 * What the standing orders, as they were last read, say of what should be going on now. Slots that came due since are found from them,
 * so that people are told also when the configuration cannot be read any more.
 */
export async function planFactsOf(engine: Engine, orders: readonly StandingOrder[]): Promise<PlanFacts> {
  const { ledger, settings } = engine;
  const now = await ledger.now();
  const ready = orders.filter(({ candidate, blocker }) => candidate !== null && blocker === null);
  const slotOf = currentSlots(now, settings.defaults.cadence);
  const missing = await withoutRuns(
    ledger,
    ready.map((order) => ({ order, slot: slotOf(order.config.cadence) })),
  );
  const states = await ledger.deliveries();
  const paused = new Set(states.flatMap(({ id, paused: pause }) => (pause === null ? [] : [id])));
  const due = missing
    .filter(({ order }) => !paused.has(order.deliveryId))
    .map(({ order, slot }): DueSlot => ({ delivery: order.key, slot: slot.id, dueAt: slot.dueAt.toISOString() }));
  const split = Map.groupBy(
    ready.filter((order) => order.split),
    ({ key }) => keyText(key),
  );
  const segments = states.filter((state) => split.get(keyText(state))?.some((order) => isSegmentOf(state, order)));
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

/** The current slot of a cadence by its text: thousands of deliveries have a few cadences between them. */
function currentSlots(now: Date, defaults: CadenceDefaults): (cadence: string) => Slot {
  const known = new Map<string, Slot>();
  return (text) => {
    const slot = known.get(text) ?? currentSlot(parseCadence(text), now, defaults);
    known.set(text, slot);
    return slot;
  };
}
