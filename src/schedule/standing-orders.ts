import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import { currentConfigs, type MarkedConfigs } from '../config/advertiser-config-store.ts';
import type { DestinationEntry } from '../config/destination-entry.ts';
import { audienceIdOf, type Candidate, lookbackWindow } from '../delivery/candidate.ts';
import type { Engine } from '../delivery/engine.ts';
import { countLiving, judgeEntry } from '../delivery/judge-entry.ts';
import { firstBlocker } from '../delivery/readiness.ts';
import type { Secrets } from '../destinations/destination.ts';
import { type DeliveryKey, deliveryId } from '../ledger/delivery-key.ts';
import { withResource } from '../lib/with-resource.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** One destination entry of an advertiser that has one: what is to be delivered, slot after slot. */
export interface StandingOrder {
  readonly config: AdvertiserConfig;
  readonly entry: DestinationEntry;
  /** Null when the configuration does not say enough. */
  readonly candidate: Candidate | null;
  /** Of the whole audience; the segments of a split one are deliveries of their own. */
  readonly key: DeliveryKey;
  readonly deliveryId: string;
  readonly split: boolean;
  /** Why it cannot be planned, or null. */
  readonly blocker: { readonly reason: string; readonly detail: string } | null;
}

/** Reasons that a person has chosen; every other one keeps something from going out that is meant to. */
const SWITCHED_OFF: ReadonlySet<string> = new Set(['inactive', 'not_enabled', 'destination_disabled']);

/** Whether an order is meant to be delivered, and cannot be. */
export function isHeldUp({ blocker }: StandingOrder): boolean {
  return blocker !== null && !SWITCHED_OFF.has(blocker.reason);
}

/** Whether an order is among those that a filter leaves; what it does not name does not narrow. */
export function isMeant(
  { key }: StandingOrder,
  filter: {
    readonly agencyId?: string | undefined;
    readonly advertiserId?: string | undefined;
    readonly destination?: string | undefined;
  },
): boolean {
  const { agencyId, advertiserId, destination } = filter;
  return (
    (agencyId === undefined || key.agencyId === agencyId) &&
    (advertiserId === undefined || key.advertiserId === advertiserId) &&
    (destination === undefined || key.destination === destination)
  );
}

export interface StandingOrders {
  readonly orders: readonly StandingOrder[];
  /** Advertisers of each agency that are not INACTIVE, for judging an order again. */
  readonly living: ReadonlyMap<string, number>;
}

type OrderDeps = Pick<Engine, 'warehouse' | 'catalogue' | 'settings' | 'secrets'>;

/** Orders as they were judged, and what they were judged by. They hold as long as that is the same and no slot of theirs begins or ends. */
interface JudgedOrders extends StandingOrders {
  readonly catalogue: Engine['catalogue'];
  readonly settings: Engine['settings'];
  /** Milliseconds since 1970: when the newest of the current slots came due, and when the first of the next ones does. */
  readonly from: number;
  readonly before: number;
}

/** What was read and judged last. A look that finds nothing changed, as nearly all do, costs a checksum of the table. */
const known = new WeakMap<Warehouse, MarkedConfigs>();
const judged = new WeakMap<MarkedConfigs, JudgedOrders>();

/** The standing orders of everybody, judged by everything that needs no rows of the logs. A change of the configuration is seen at once. */
export async function readStandingOrders(engine: OrderDeps, at: Date): Promise<StandingOrders> {
  const { warehouse, catalogue, settings } = engine;
  const marked = await withResource(warehouse.session(), (session) => currentConfigs(session, catalogue, known.get(warehouse)));
  known.set(warehouse, marked);
  const last = judged.get(marked);
  const time = at.getTime();
  const holds =
    last !== undefined && last.catalogue === catalogue && last.settings === settings && last.from <= time && time < last.before;
  if (holds) return { orders: last.orders.map((order) => orderAt(order, at)), living: last.living };
  const made = await judgeAll(engine, marked.configs, at);
  judged.set(marked, made);
  return made;
}

/** An order within the same slot: only the end of its look-back moves. */
function orderAt(order: StandingOrder, at: Date): StandingOrder {
  const { candidate } = order;
  if (candidate === null) return order;
  const exposures = { ...candidate.spec.exposures, window: lookbackWindow(candidate.lookbackDays, at) };
  return { ...order, candidate: { ...candidate, spec: { ...candidate.spec, exposures } } };
}

async function judgeAll(engine: OrderDeps, configs: readonly AdvertiserConfig[], at: Date): Promise<JudgedOrders> {
  const { catalogue, settings } = engine;
  const living = countLiving(configs);
  const deps = { catalogue, settings, secrets: remembered(engine.secrets), at, slot: undefined, living };
  const orders: StandingOrder[] = [];
  let from = Number.NEGATIVE_INFINITY;
  let before = Number.POSITIVE_INFINITY;
  for (const config of configs) {
    for (const entry of config.destinations) {
      const { rules, candidate } = await judgeEntry(deps, config, entry);
      const key = {
        agencyId: config.agencyId,
        advertiserId: config.advertiserId,
        destination: entry.destination,
        segmentId: audienceIdOf({ config, entry }),
      };
      orders.push({
        config,
        entry,
        candidate,
        key,
        deliveryId: deliveryId(key),
        split: entry.mode === 'split',
        blocker: firstBlocker(rules),
      });
      if (candidate === null) continue;
      from = Math.max(from, candidate.slot.dueAt.getTime());
      before = Math.min(before, candidate.next.dueAt.getTime());
    }
  }
  return { orders, living, catalogue, settings, from, before };
}

/** Each secret is looked up once, not for each of thousands of orders. */
function remembered(secrets: Secrets): Secrets {
  const known = new Map<string, Promise<string>>();
  return (reference) => {
    const found = known.get(reference) ?? secrets(reference);
    known.set(reference, found);
    return found;
  };
}
