import { parseCadence } from '../config/cadence.ts';
import { type DeliverHooks, type DeliverOutcome, type DeliverRequest, deliver } from '../delivery/deliver.ts';
import type { Engine } from '../delivery/engine.ts';
import { type BackfillRange, slotsToMakeUp } from './backfill-slots.ts';
import { isMeant, readStandingOrders } from './standing-orders.ts';

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
    notDelivered: outcomes.flatMap(({ notDelivered }) => notDelivered),
    runs: outcomes.flatMap(({ runs }) => runs),
    upToDate: outcomes.flatMap(({ upToDate }) => upToDate),
    elsewhere: outcomes.flatMap(({ elsewhere }) => elsewhere),
  };
}

/** One request for each advertiser, destination and slot: cadences differ, and with them the names of slots. */
async function backfillRequests(
  engine: Engine,
  request: Omit<DeliverRequest, 'slot' | 'asOf'>,
  range: BackfillRange,
): Promise<readonly DeliverRequest[]> {
  const { cadence: defaults } = engine.settings.defaults;
  const { orders } = await readStandingOrders(engine, request.at);
  const requests = new Map<string, DeliverRequest & { readonly dueAt: Date }>();
  for (const { key, config, candidate, blocker } of orders.filter((order) => isMeant(order, request))) {
    if (candidate === null || blocker !== null) continue;
    const { agencyId, advertiserId, destination } = key;
    for (const { slot, asOf } of slotsToMakeUp(parseCadence(config.cadence), range, request.at, defaults)) {
      const { id, dueAt } = slot;
      const name = JSON.stringify([agencyId, advertiserId, destination, id]);
      requests.set(name, { ...request, agencyId, advertiserId, destination, slot: id, asOf: asOf ?? undefined, dueAt });
    }
  }
  return [...requests.values()].sort((left, right) => left.dueAt.getTime() - right.dueAt.getTime());
}
