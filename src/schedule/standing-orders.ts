import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import { listConfigs } from '../config/advertiser-config-store.ts';
import type { DestinationEntry } from '../config/destination-entry.ts';
import { audienceIdOf, type Candidate } from '../delivery/candidate.ts';
import type { Engine } from '../delivery/engine.ts';
import { countLiving, judgeEntry } from '../delivery/judge-entry.ts';
import { firstBlocker } from '../delivery/readiness.ts';
import type { Secrets } from '../destinations/destination.ts';
import { type DeliveryKey, deliveryId } from '../ledger/delivery-key.ts';
import { withResource } from '../lib/with-resource.ts';

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

export interface StandingOrders {
  readonly orders: readonly StandingOrder[];
  /** Advertisers of each agency that are not INACTIVE, for judging an order again. */
  readonly living: ReadonlyMap<string, number>;
}

/** The standing orders of everybody, judged by everything that needs no rows of the logs. Reads the configuration once. */
export async function readStandingOrders(
  engine: Pick<Engine, 'warehouse' | 'catalogue' | 'settings' | 'secrets'>,
  at: Date,
): Promise<StandingOrders> {
  const configs = await withResource(engine.warehouse.session(), (session) => listConfigs(session, engine.catalogue));
  const living = countLiving(configs);
  const deps = {
    catalogue: engine.catalogue,
    settings: engine.settings,
    secrets: remembered(engine.secrets),
    at,
    slot: undefined,
    living,
  };
  const orders: StandingOrder[] = [];
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
    }
  }
  return { orders, living };
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
