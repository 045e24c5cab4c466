import { keyText } from '../../config/read-configs.ts';
import type { HubQuery, HubRow } from '../../shapes/config/advertisers.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { AdminContext } from '../context.ts';
import { byName } from './advertiser-book.ts';
import { instantOf } from './config-row.ts';
import type { ListDeliveries } from './delivery-states.ts';
import { hubEntries } from './hub-entries.ts';
import { type HubEntry, hubRow, lastImpression } from './hub-row.ts';
import { hasPart, needsSetUp } from './set-up.ts';

/** Everybody, with what is assigned and what is still needed; filtered and sorted before the page is cut. */
export async function advertiserHub(ctx: AdminContext, query: HubQuery, listDeliveries: ListDeliveries): Promise<Listed<HubRow>> {
  const { entries, assigned, warnings } = await hubEntries(ctx, listDeliveries);
  const ranks = await searchRanks(ctx, query.search ?? '', entries);
  const found = entries
    .filter((entry) => ranks === null || ranks.has(keyText(entry.advertiser)))
    .filter((entry) => isMeant(entry, query))
    .toSorted(order(query, ranks));
  const page = found.slice(query.offset, query.offset + query.limit);
  const places = await assigned.places.distinct(page.map(({ advertiser }) => advertiser));
  return {
    total: found.length,
    rows: page.map((entry) => hubRow(entry, places.get(keyText(entry.advertiser)) ?? entry.assigned.places)),
    warnings,
  };
}

/** Who fits a search, and how well: smaller is better. Null when nothing is sought. */
async function searchRanks(
  ctx: AdminContext,
  search: string,
  entries: readonly HubEntry[],
): Promise<ReadonlyMap<string, number> | null> {
  if (search === '') return null;
  const { hits } = await ctx.names.find(ctx.session, ctx.catalogue, search);
  const ranks = new Map(hits.map(({ key, rank }) => [key, rank]));
  const part = search.toLowerCase();
  for (const { advertiser, assigned } of entries) {
    const isFound = advertiser.advertiserId === search || assigned.hosts.some((host) => host.includes(part));
    const key = keyText(advertiser);
    if (isFound && !ranks.has(key)) ranks.set(key, 3);
  }
  return ranks;
}

function isMeant(entry: HubEntry, query: HubQuery): boolean {
  const { advertiser, setUp, deliveryState } = entry;
  const status = advertiser.config?.status ?? 'NOT_CONFIGURED';
  if (query.status !== undefined && status !== query.status) return false;
  if (query.delivery_state !== undefined && deliveryState !== query.delivery_state) return false;
  if (query.needs_setup && !needsSetUp(setUp, advertiser.config)) return false;
  if (query.has !== undefined && !(status === 'ACTIVE' && has(entry, query.has))) return false;
  if (query.needs === undefined) return true;
  if (status !== 'ACTIVE') return false;
  return query.needs === 'any' ? setUp.steps.length > 0 : !has(entry, query.needs);
}

function has({ advertiser, assigned }: HubEntry, part: Parameters<typeof hasPart>[0]): boolean {
  return hasPart(part, { config: advertiser.config, assigned });
}

type Order = (left: HubEntry, right: HubEntry) => number;

const FIGURES = {
  impressions: ({ impressions }: HubEntry) => impressions?.impressions ?? -1,
  score: ({ setUp }: HubEntry) => setUp.score,
  last_impression: (entry: HubEntry) => Date.parse(lastImpression(entry) ?? '') || 0,
  updated: ({ advertiser }: HubEntry) => Date.parse(instantOf(advertiser.config?.row.UPDATED_AT) ?? '') || 0,
} as const;

/** An order of entries that are in the order of names already, and stay so where they are equal. */
function order({ sort, descending }: Pick<HubQuery, 'sort' | 'descending'>, ranks: ReadonlyMap<string, number> | null): Order {
  if (sort === undefined && ranks !== null) {
    const rank = ({ advertiser }: HubEntry): number => ranks.get(keyText(advertiser)) ?? Number.MAX_SAFE_INTEGER;
    const byFigure = order({ sort: 'impressions', descending }, null);
    return (left, right) => rank(left) - rank(right) || byFigure(left, right);
  }
  if (sort === 'name') return descending === true ? (left, right) => byName(right.advertiser, left.advertiser) : () => 0;
  const figure = FIGURES[sort ?? 'impressions'];
  const sign = descending === false ? 1 : -1;
  return (left, right) => sign * (figure(left) - figure(right));
}
