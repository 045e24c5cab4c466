import { currentSlot, parseCadence } from '../config/cadence.ts';
import { type DeliverHooks, type DeliverOutcome, type DeliverRequest, deliver } from '../delivery/deliver.ts';
import type { Engine } from '../delivery/engine.ts';
import { backfillSlots } from './backfill-slots.ts';
import { readStandingOrders } from './standing-orders.ts';

export interface BackfillRange {
  readonly from: Date;
  readonly to: Date;
}

/** Delivers every slot that was due in a time, the oldest first, each with the look-back that it would have had. */
export async function deliverBackfill(
  engine: Engine,
  request: Omit<DeliverRequest, 'slot' | 'asOf'>,
  range: BackfillRange,
  hooks: DeliverHooks,
): Promise<DeliverOutcome> {
  const outcomes: DeliverOutcome[] = [];
  for (const narrowed of await backfillRequests(engine, request, range)) {
    if (engine.signal.aborted) break;
    outcomes.push(await deliver(engine, narrowed, hooks));
  }
  return {
    plan: {
      at: request.at,
      deliveries: outcomes.flatMap(({ plan }) => plan.deliveries),
      notDelivered: outcomes.flatMap(({ plan }) => plan.notDelivered),
    },
    runs: outcomes.flatMap(({ runs }) => runs),
    upToDate: outcomes.flatMap(({ upToDate }) => upToDate),
    elsewhere: outcomes.flatMap(({ elsewhere }) => elsewhere),
  };
}

/** One request for each advertiser, destination and slot: cadences differ, and with them the names of slots. */
async function backfillRequests(
  engine: Engine,
  request: Omit<DeliverRequest, 'slot' | 'asOf'>,
  { from, to }: BackfillRange,
): Promise<readonly DeliverRequest[]> {
  const { cadence: defaults } = engine.settings.defaults;
  const { orders } = await readStandingOrders(engine, request.at);
  const requests = new Map<string, DeliverRequest & { readonly dueAt: Date }>();
  for (const { key, config, candidate, blocker } of orders) {
    if (candidate === null || blocker !== null) continue;
    if (request.agencyId !== undefined && key.agencyId !== request.agencyId) continue;
    if (request.advertiserId !== undefined && key.advertiserId !== request.advertiserId) continue;
    if (request.destination !== undefined && key.destination !== request.destination) continue;
    const cadence = parseCadence(config.cadence);
    const current = currentSlot(cadence, request.at, defaults);
    const { agencyId, advertiserId, destination } = key;
    for (const { id, dueAt } of backfillSlots(cadence, from, to, request.at, defaults)) {
      const asOf = id === current.id ? undefined : dueAt;
      const name = JSON.stringify([agencyId, advertiserId, destination, id]);
      requests.set(name, { ...request, agencyId, advertiserId, destination, slot: id, asOf, dueAt });
    }
  }
  return [...requests.values()].sort((left, right) => left.dueAt.getTime() - right.dueAt.getTime());
}
