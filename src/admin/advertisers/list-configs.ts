import type { z } from 'zod';
import type { AdvertiserConfigRow } from '../../shapes/config/advertiser-config.ts';
import type { advertiserConfigQuery } from '../../shapes/config/advertisers.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { AdminContext } from '../context.ts';
import type { KnownAdvertiser } from './advertiser-book.ts';
import { advertiserNames } from './advertiser-names.ts';
import { configRow } from './config-row.ts';

const byText = new Intl.Collator('en', { numeric: true });

/** Configurations by agency and advertiser. An advertiser that is asked for by name and has none is given as not configured. */
export async function listAdvertiserConfigs(
  ctx: AdminContext,
  query: z.output<typeof advertiserConfigQuery>,
): Promise<Listed<AdvertiserConfigRow>> {
  const { agency_id: agencyId, advertiser_id: advertiserId, active_only: activeOnly, limit, offset } = query;
  const { advertisers } = await advertiserNames(ctx, agencyId === undefined ? undefined : [agencyId]);
  const isMeant = ({ config, ...known }: KnownAdvertiser): boolean => {
    if (advertiserId !== undefined && known.advertiserId !== advertiserId) return false;
    if (config === null) return advertiserId !== undefined && !activeOnly;
    return !activeOnly || config.status === 'ACTIVE';
  };
  const found = advertisers.filter(isMeant).toSorted(byKey);
  return { total: found.length, rows: found.slice(offset, offset + limit).map((one) => configRow(one, ctx.clock.now())) };
}

function byKey(left: KnownAdvertiser, right: KnownAdvertiser): number {
  return byText.compare(left.agencyId, right.agencyId) || byText.compare(left.advertiserId, right.advertiserId);
}
