import { keyText } from '../config/read-configs.ts';
import { withNames } from '../delivery/advertiser-names.ts';
import type { Engine } from '../delivery/engine.ts';
import type { DeliveryState } from '../ledger/delivery-state.ts';
import { withResource } from '../lib/with-resource.ts';
import { isHeldUp, readStandingOrders, type StandingOrder } from './standing-orders.ts';

/** A delivery as people look at it: what is configured, and how it has been going. Times are ISO 8601 UTC. */
export interface DeliveryOverview {
  readonly deliveryId: string;
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly advertiserName: string | null;
  readonly destination: string;
  readonly segmentId: string;
  readonly cadence: string | null;
  readonly nextSlot: string | null;
  readonly nextDueAt: string | null;
  /** `on`; `paused` by a person or a rule; `blocked`: meant to run, and something is wrong; `off`: not meant to run. */
  readonly state: 'on' | 'paused' | 'blocked' | 'off';
  readonly reason: string | null;
  readonly detail: string | null;
  readonly paused: DeliveryState['paused'];
  readonly failures: number;
  readonly lastRun: DeliveryState['lastRun'];
  readonly lastDeliveredAt: string | null;
  readonly lastWritten: number | null;
}

export interface OverviewFilter {
  /** Only these agencies. */
  readonly agencyIds?: readonly string[] | undefined;
  readonly advertiserId?: string | undefined;
  readonly destination?: string | undefined;
  readonly state?: DeliveryOverview['state'] | undefined;
}

type OverviewDeps = Pick<Engine, 'warehouse' | 'catalogue' | 'settings' | 'secrets' | 'ledger'>;

/** Every delivery that is configured, and every one that the ledger remembers. */
export async function deliveriesOverview(
  engine: OverviewDeps,
  filter: OverviewFilter = {},
): Promise<readonly DeliveryOverview[]> {
  const { ledger } = engine;
  const { orders: all } = await readStandingOrders(engine, await ledger.now());
  const { agencyIds, advertiserId, destination } = filter;
  const orders = all.filter(
    ({ key }) =>
      (agencyIds === undefined || agencyIds.includes(key.agencyId)) &&
      (advertiserId === undefined || key.advertiserId === advertiserId) &&
      (destination === undefined || key.destination === destination),
  );
  const states = await ledger.deliveries({
    ...(agencyIds === undefined ? {} : { agencyIds }),
    ...(advertiserId === undefined ? {} : { advertiserId }),
    ...(destination === undefined ? {} : { destination }),
  });
  const names = await namesOf(engine, orders);
  const byOrder = new Map<StandingOrder, DeliveryState[]>();
  const forgotten: DeliveryState[] = [];
  const whole = new Map(orders.filter(({ split }) => !split).map((order) => [order.deliveryId, order]));
  const split = Map.groupBy(
    orders.filter((order) => order.split),
    ({ key }) => keyText(key),
  );
  for (const state of states) {
    const order = whole.get(state.id) ?? split.get(keyText(state))?.find((one) => isSegmentOf(state, one));
    if (order === undefined) {
      forgotten.push(state);
      continue;
    }
    const own = byOrder.get(order);
    if (own === undefined) byOrder.set(order, [state]);
    else own.push(state);
  }
  const rows = [
    ...orders.flatMap((order) => (byOrder.get(order) ?? [null]).map((state) => overview(order, state, names))),
    ...forgotten.map(forgottenOverview),
  ];
  return filter.state === undefined ? rows : rows.filter(({ state }) => state === filter.state);
}

/** Whether a delivery is a segment of a split audience. */
export function isSegmentOf(state: DeliveryState, { key }: StandingOrder): boolean {
  return (
    state.agencyId === key.agencyId &&
    state.advertiserId === key.advertiserId &&
    state.destination === key.destination &&
    state.segmentId.startsWith(`${key.segmentId}_`)
  );
}

async function namesOf(engine: OverviewDeps, orders: readonly StandingOrder[]): Promise<ReadonlyMap<string, string | null>> {
  const configs = await withResource(engine.warehouse.session(), (session) =>
    withNames(
      session,
      engine.catalogue,
      orders.map(({ config }) => config),
    ),
  );
  return new Map(configs.map((config) => [`${config.agencyId} ${config.advertiserId}`, config.displayName]));
}

function overview(
  order: StandingOrder,
  state: DeliveryState | null,
  names: ReadonlyMap<string, string | null>,
): DeliveryOverview {
  const { config, candidate, blocker, key } = order;
  const paused = state?.paused ?? null;
  const standing = paused !== null ? 'paused' : blocker === null ? 'on' : isHeldUp(order) ? 'blocked' : 'off';
  return {
    deliveryId: state?.id ?? order.deliveryId,
    agencyId: key.agencyId,
    advertiserId: key.advertiserId,
    advertiserName: names.get(`${key.agencyId} ${key.advertiserId}`) ?? null,
    destination: key.destination,
    segmentId: state?.segmentId ?? key.segmentId,
    cadence: config.cadence,
    nextSlot: standing === 'on' ? (candidate?.next.id ?? null) : null,
    nextDueAt: standing === 'on' ? (candidate?.next.dueAt.toISOString() ?? null) : null,
    state: standing,
    reason: paused !== null ? 'paused' : (blocker?.reason ?? null),
    detail: paused !== null ? paused.reason : (blocker?.detail ?? null),
    paused,
    failures: state?.failures ?? 0,
    lastRun: state?.lastRun ?? null,
    lastDeliveredAt: state?.lastDeliveredAt ?? null,
    lastWritten: state?.lastWritten ?? null,
  };
}

/** A delivery that no configuration names any more. */
function forgottenOverview(state: DeliveryState): DeliveryOverview {
  const { id, agencyId, advertiserId, destination, segmentId, paused, failures, lastRun, lastDeliveredAt, lastWritten } = state;
  return {
    deliveryId: id,
    agencyId,
    advertiserId,
    advertiserName: null,
    destination,
    segmentId,
    cadence: null,
    nextSlot: null,
    nextDueAt: null,
    state: 'off',
    reason: 'not_configured',
    detail: 'DELIVERY_DESTINATIONS has it no more',
    paused,
    failures,
    lastRun,
    lastDeliveredAt,
    lastWritten,
  };
}
