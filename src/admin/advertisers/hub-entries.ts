import { keyText } from '../../config/read-configs.ts';
import { AquariusError } from '../../errors.ts';
import { impressionsByAdvertiser } from '../campaigns/impression-facts.ts';
import type { AdminContext } from '../context.ts';
import { byName, type KnownAdvertiser } from './advertiser-book.ts';
import { type AdvertiserNames, advertiserNames } from './advertiser-names.ts';
import { type AssignedToAll, readAssigned } from './assigned.ts';
import { type AdvertiserDeliveryState, deliveryStates, type ListDeliveries } from './delivery-states.ts';
import { type HubEntry, hubEntry } from './hub-row.ts';

/** Days over which the hub counts impressions, today included. */
const IMPRESSION_DAYS = 14;

export interface HubEntries {
  /** In the order of names. */
  readonly entries: readonly HubEntry[];
  readonly assigned: AssignedToAll;
  readonly warnings: readonly string[];
}

/**
 * Everybody in scope that any table knows: with a name, a configuration, or something assigned. What could not be looked at is told as
 * not checked, never as nothing.
 */
export async function hubEntries(ctx: AdminContext, listDeliveries: ListDeliveries): Promise<HubEntries> {
  const names = await advertiserNames(ctx);
  const assigned = await readAssigned(ctx);
  const impressions = await impressionsByAdvertiser(ctx, { days: IMPRESSION_DAYS });
  const deliveries = await readStates(ctx, listDeliveries);
  const entries = everybody(names, assigned).map((advertiser) => {
    const key = keyText(advertiser);
    return hubEntry({
      advertiser,
      assigned: assigned.of(advertiser.agencyId, advertiser.advertiserId),
      deliveryState: deliveries.states === null ? 'NOT_CHECKED' : (deliveries.states.get(key) ?? 'NONE'),
      impressions: impressions.isCounted
        ? (impressions.of(advertiser.agencyId, advertiser.advertiserId) ?? { impressions: 0, lastDay: null })
        : null,
    });
  });
  return { entries, assigned, warnings: [...assigned.warnings, ...impressions.warnings, ...deliveries.warnings] };
}

function everybody(names: AdvertiserNames, assigned: AssignedToAll): readonly KnownAdvertiser[] {
  const others = new Map<string, KnownAdvertiser>();
  for (const { agencyId, advertiserId } of assigned.advertisers) {
    if (names.find(agencyId, advertiserId) !== null) continue;
    const nameless = { agencyId, advertiserId, agencyName: names.agency(agencyId), name: null, rawName: null, config: null };
    others.set(keyText(nameless), nameless);
  }
  // They have no names, and come last in the order of names.
  return [...names.advertisers, ...[...others.values()].sort(byName)];
}

async function readStates(
  ctx: AdminContext,
  listDeliveries: ListDeliveries,
): Promise<{ readonly states: ReadonlyMap<string, AdvertiserDeliveryState> | null; readonly warnings: readonly string[] }> {
  try {
    const deliveries = await listDeliveries(ctx.scope === 'all' ? {} : { agencyIds: ctx.scope });
    return { states: deliveryStates(deliveries), warnings: [] };
  } catch (error) {
    if (!(error instanceof AquariusError)) throw error;
    return { states: null, warnings: [`Deliveries were not looked at: ${error.message}`] };
  }
}
