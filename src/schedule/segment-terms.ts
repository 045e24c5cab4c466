import type { AdvertiserConfig } from '../config/advertiser-config.ts';
import { listConfigs } from '../config/advertiser-config-store.ts';
import type { DestinationEntry } from '../config/destination-entry.ts';
import { withNames } from '../delivery/advertiser-names.ts';
import { audienceIdOf } from '../delivery/candidate.ts';
import type { Engine } from '../delivery/engine.ts';
import type { SegmentTerms } from '../destinations/destination.ts';
import type { DeliveryState } from '../ledger/delivery-state.ts';
import { withResource } from '../lib/with-resource.ts';

/** The segments that the configuration wants at a destination. */
export interface WantedSegments {
  readonly segments: readonly SegmentTerms[];
  /** How many of them are of split audiences: those that have been sent or tried, since only the rows say which there are. */
  readonly ofSplit: number;
  /** Split audiences of which nothing has been sent or tried yet, so that none of their segments is known. */
  readonly unknownSplit: number;
  /** Advertisers that would be delivered there but for mistakes in their configuration; their segments are left out. */
  readonly mistaken: number;
}

/** Gathers them from every advertiser that is switched on, and, for split audiences, from the ledger. Reads only. */
export async function segmentTerms(
  { warehouse, catalogue, ledger }: Pick<Engine, 'warehouse' | 'catalogue' | 'ledger'>,
  destination: string,
): Promise<WantedSegments> {
  const configs = await withResource(warehouse.session(), async (session) => {
    const all = await listConfigs(session, catalogue);
    const wanted = all.filter((config) => config.status === 'ACTIVE' && config.deliveryEnabled);
    return withNames(session, catalogue, wanted);
  });
  const known = Map.groupBy(await ledger.deliveries({ destination }), advertiserKey);
  const segments: SegmentTerms[] = [];
  const split: { readonly terms: SegmentTerms; readonly state: DeliveryState }[] = [];
  let unknownSplit = 0;
  let mistaken = 0;
  for (const config of configs) {
    const entries = config.destinations.filter((entry) => entry.enabled && entry.destination === destination);
    if (config.problems.length > 0) {
      if (entries.length > 0 || config.problems.some(({ path }) => path.startsWith('DELIVERY_DESTINATIONS'))) mistaken += 1;
      continue;
    }
    for (const entry of entries) {
      if (entry.mode === 'merged') {
        segments.push(termsOf(config, entry));
        continue;
      }
      const own = segmentsOfSplit(known.get(advertiserKey(config)) ?? [], config, entry);
      if (own.length === 0) unknownSplit += 1;
      split.push(...own.map((state) => ({ terms: termsOf(config, entry, state.segmentId), state })));
    }
  }
  const runs = await ledger.runsOf(split.flatMap(({ state }) => state.lastRun?.id ?? []));
  // The name of an insertion order is in the rows; its last run has it.
  const names = new Map(runs.map(({ deliveryId, segmentName }) => [deliveryId, segmentName]));
  const ofSplit = split.map(({ terms, state }) => ({ ...terms, segmentName: names.get(state.id) ?? terms.segmentName }));
  return { segments: [...segments, ...ofSplit], ofSplit: ofSplit.length, unknownSplit, mistaken };
}

/** An advertiser's deliveries that are segments of a split audience. One that was always too small, say, is none at the partner. */
function segmentsOfSplit(states: readonly DeliveryState[], config: AdvertiserConfig, entry: DestinationEntry): DeliveryState[] {
  const begin = `${audienceIdOf({ config, entry })}_`;
  const whole = config.destinations
    .filter(({ mode }) => mode === 'merged')
    .map((other) => audienceIdOf({ config, entry: other }));
  return states.filter(
    ({ segmentId, lastDeliveredAt, lastRun }) =>
      segmentId.startsWith(begin) &&
      !whole.includes(segmentId) &&
      (lastDeliveredAt !== null || (lastRun !== null && lastRun.state !== 'skipped')),
  );
}

function advertiserKey({ agencyId, advertiserId }: { readonly agencyId: string; readonly advertiserId: string }): string {
  return JSON.stringify([agencyId, advertiserId]);
}

function termsOf(config: AdvertiserConfig, entry: DestinationEntry, ofSplit?: string): SegmentTerms {
  const segmentId = ofSplit ?? audienceIdOf({ config, entry });
  return {
    segmentId,
    segmentName: entry.segmentName ?? config.displayName ?? segmentId,
    priceCpm: entry.priceCpm ?? null,
    partnerReference: entry.partnerReference ?? null,
  };
}
