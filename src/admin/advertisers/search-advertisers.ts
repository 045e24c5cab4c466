import type { z } from 'zod';
import { firstOf } from '../../lib/first-of.ts';
import type { SearchRow, searchQuery } from '../../shapes/config/advertisers.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import { type AdminContext, isInScope } from '../context.ts';
import { isReportingReady } from './reporting-ready.ts';

const byName = new Intl.Collator('en', { numeric: true });

/** Advertisers by parts of their names and ids, the best fit first. Whoever is not to be seen is left out before anything is cut. */
export async function searchAdvertisers(
  ctx: AdminContext,
  { q, reporting_ready: readyOnly, limit, offset }: z.output<typeof searchQuery>,
): Promise<Listed<SearchRow>> {
  const { book, hits } = await ctx.names.find(ctx.session, ctx.catalogue, q);
  const found = hits.flatMap((hit) => {
    const advertiser = book.advertisers.get(hit.key);
    if (advertiser === undefined || !isInScope(ctx.scope, advertiser.agencyId)) return [];
    const isReady = isReportingReady(advertiser.config);
    return readyOnly && !isReady ? [] : [{ hit, advertiser, isReady }];
  });
  const first = firstOf(
    found,
    offset + limit,
    (left, right) =>
      left.hit.rank - right.hit.rank ||
      Number(right.isReady) - Number(left.isReady) ||
      right.hit.score - left.hit.score ||
      byName.compare(left.advertiser.name ?? '', right.advertiser.name ?? '') ||
      byName.compare(left.hit.key, right.hit.key),
  );
  return {
    total: found.length,
    rows: first.slice(offset).map(({ advertiser, isReady }) => ({
      AGENCY_ID: advertiser.agencyId,
      AGENCY_NAME: advertiser.agencyName,
      ADVERTISER_ID: advertiser.advertiserId,
      ADVERTISER_NAME: advertiser.name,
      RAW_NAME: advertiser.rawName,
      CONFIG_STATUS: advertiser.config?.status ?? 'NOT_CONFIGURED',
      REPORTING_READY: isReady,
    })),
  };
}
