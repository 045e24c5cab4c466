import type { HubRow } from '../../shapes/config/advertisers.ts';
import type { OwnImpressions } from '../campaigns/impression-facts.ts';
import type { KnownAdvertiser } from './advertiser-book.ts';
import type { Assigned } from './assigned.ts';
import { instantOf } from './config-row.ts';
import type { AdvertiserDeliveryState } from './delivery-states.ts';
import { type SetUp, setUpOf } from './set-up.ts';

/** An advertiser with all that the hub knows of it. */
export interface HubEntry {
  readonly advertiser: KnownAdvertiser;
  readonly assigned: Assigned;
  readonly setUp: SetUp;
  readonly deliveryState: AdvertiserDeliveryState;
  /** Null when they were not counted. */
  readonly impressions: (Pick<OwnImpressions, 'impressions'> & { readonly lastDay: string | null }) | null;
}

export function hubEntry(facts: Omit<HubEntry, 'setUp'>): HubEntry {
  const { advertiser, assigned, deliveryState } = facts;
  return { ...facts, setUp: setUpOf({ config: advertiser.config, assigned, deliveryState }) };
}

/** The newest impression that is known of: a day of those that were counted, or else what the row says. */
export function lastImpression({ impressions, advertiser }: Pick<HubEntry, 'impressions' | 'advertiser'>): string | null {
  return impressions?.lastDay ?? instantOf(advertiser.config?.row.LAST_IMPRESSION_AT);
}

/** `places` is the number of its places, each once. */
export function hubRow(entry: HubEntry, places: number): HubRow {
  const { advertiser, assigned, setUp, deliveryState, impressions } = entry;
  const { config } = advertiser;
  return {
    AGENCY_ID: advertiser.agencyId,
    AGENCY_NAME: advertiser.agencyName,
    ADVERTISER_ID: advertiser.advertiserId,
    ADVERTISER_NAME: advertiser.name,
    CONFIG_STATUS: config?.status ?? 'NOT_CONFIGURED',
    EXPOSURE_SOURCE: config?.exposureSource ?? null,
    IMPRESSION_JOIN_STRATEGY: config?.joinStrategy ?? null,
    DOMAINS: assigned.hosts.slice(0, 2),
    DOMAIN_COUNT: assigned.hosts.length,
    POI_COUNT: places,
    CAMPAIGN_COUNT: assigned.campaigns,
    TOTAL_IMPRESSIONS_14D: impressions?.impressions ?? null,
    LAST_IMPRESSION: lastImpression(entry),
    SETUP_SCORE: setUp.score,
    STEPS_NEEDED: [...setUp.steps],
    DELIVERY_STATE: deliveryState,
    CONFIG_VERSION: config?.configVersion ?? 0,
    UPDATED_AT: instantOf(config?.row.UPDATED_AT),
  };
}
