import { keyText } from '../../config/read-configs.ts';
import { ADVERTISER_DELIVERY_STATES } from '../../shapes/config/advertisers.ts';
import type { DeliveryOverview } from '../../shapes/delivery-shape.ts';

export type AdvertiserDeliveryState = (typeof ADVERTISER_DELIVERY_STATES)[number];

/** Looks deliveries up: what the API's list of deliveries answers. */
export type ListDeliveries = (filter: {
  readonly agencyIds?: readonly string[];
  readonly advertiserId?: string;
}) => Promise<readonly DeliveryOverview[]>;

/** How each advertiser's deliveries are doing, by `keyText`. Who is not in it has none. */
export function deliveryStates(deliveries: readonly DeliveryOverview[]): ReadonlyMap<string, AdvertiserDeliveryState> {
  const states = new Map<string, AdvertiserDeliveryState>();
  for (const delivery of deliveries) {
    const key = keyText(delivery);
    const state = worst(states.get(key), stateOf(delivery));
    if (state !== undefined) states.set(key, state);
  }
  return states;
}

/** Null for what was delivered once and is configured no more. */
function stateOf({ state, reason, lastRun }: DeliveryOverview): AdvertiserDeliveryState | undefined {
  if (reason === 'not_configured') return undefined;
  switch (state) {
    case 'blocked':
      return 'BLOCKED';
    case 'paused':
      return 'PAUSED';
    case 'on':
      return lastRun?.state === 'failed' || lastRun?.state === 'partial' ? 'FAILED' : 'ON';
    case 'off':
      return 'OFF';
  }
}

function worst(
  one: AdvertiserDeliveryState | undefined,
  other: AdvertiserDeliveryState | undefined,
): AdvertiserDeliveryState | undefined {
  return ADVERTISER_DELIVERY_STATES.find((state) => state === one || state === other);
}
