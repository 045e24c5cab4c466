import { withNames } from '../delivery/advertiser-names.ts';
import { type Candidate, segmentNameOf } from '../delivery/candidate.ts';
import type { Engine } from '../delivery/engine.ts';
import { lastPlanned, runFactsOf } from '../delivery/order.ts';
import { planSegments } from '../delivery/plan-segments.ts';
import type { PlannedRun, PlanRequest } from '../ledger/plan-run.ts';
import { withResource } from '../lib/with-resource.ts';
import { readStandingOrders, type StandingOrder } from './standing-orders.ts';
import { withoutRuns } from './without-runs.ts';

/** What a look at the configuration and the ledger found due. */
export interface PlannedDue {
  readonly orders: readonly StandingOrder[];
  /** Runs that were made, by this call alone. */
  readonly created: readonly PlannedRun[];
  /** The next instant at which anything comes due; null when nothing ever does. */
  readonly nextDueAt: Date | null;
}

/**
 * Makes the runs of every current slot that has none. What is due follows from the configuration and the ledger alone, so it does not
 * matter who asks, how often, or how long nobody did: a slot that was missed gets its one run, late; those before it get none.
 */
export async function planDue(engine: Engine, at: Date): Promise<PlannedDue> {
  const { ledger } = engine;
  const { orders } = await readStandingOrders(engine, at);
  const ready = orders.filter(isReady);
  const nextDueAt = ready.reduce<Date | null>(
    (next, { candidate }) => (next === null || candidate.next.dueAt < next ? candidate.next.dueAt : next),
    null,
  );
  const current = ready.map((order) => ({ order, slot: order.candidate.slot }));
  const missing = (await withoutRuns(ledger, current)).map(({ order }) => order);
  if (missing.length === 0) return { orders, created: [], nextDueAt };

  const states = await ledger.deliveries();
  const paused = new Set(states.flatMap(({ id, paused: state }) => (state === null ? [] : [id])));
  const last = lastPlanned(states);
  const now = at.toISOString();
  const wanted = missing
    .filter(({ deliveryId }) => !paused.has(deliveryId))
    // A run planned later than now: the clock has gone back, and an old slot would come after a newer one.
    .filter(({ deliveryId }) => (last.get(deliveryId) ?? now) <= now);
  const whole = await named(
    engine,
    wanted.filter(({ split }) => !split),
  );
  const requests = whole.map(
    ({ key, deliveryId, candidate }): PlanRequest => ({
      delivery: key,
      slot: candidate.slot.id,
      generation: 'regular',
      facts: runFactsOf(
        candidate,
        segmentNameOf(candidate, '', null),
        { at, lastPlannedAt: last.get(deliveryId) ?? null, asOf: null },
        engine.settings.defaults,
      ),
    }),
  );
  const created = (await ledger.planRuns(requests)).filter((run) => run.created);
  for (const { key, deliveryId, candidate, entry } of wanted.filter(({ split }) => split)) {
    if (engine.signal.aborted) break;
    const { agencyId, advertiserId } = key;
    const segments = await planSegments(engine, { at, agencyId, advertiserId, entry }, last, paused);
    created.push(...segments.filter((run) => run.created));
    // Which segments there are takes a look at the rows, so it is remembered that it was done.
    await ledger.markSplitPlanned({ deliveryId, slot: candidate.slot.id });
  }
  return { orders, created, nextDueAt };
}

type ReadyOrder = StandingOrder & { readonly candidate: Candidate };

const isReady = (order: StandingOrder): order is ReadyOrder => order.candidate !== null && order.blocker === null;

/** The orders with the names that people know their advertisers by. */
function named(engine: Engine, orders: readonly ReadyOrder[]): Promise<readonly ReadyOrder[]> {
  return withResource(engine.warehouse.session(), async (session) => {
    const configs = await withNames(
      session,
      engine.catalogue,
      orders.map(({ config }) => config),
    );
    return orders.map((order, index) => {
      const config = configs[index] ?? order.config;
      return { ...order, config, candidate: { ...order.candidate, config } };
    });
  });
}
