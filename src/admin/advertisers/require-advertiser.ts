import { configError } from '../../errors.ts';
import { type AdminContext, requireAgency } from '../context.ts';
import type { KnownAdvertiser } from './advertiser-book.ts';
import { advertiserNames } from './advertiser-names.ts';

/**
 * The advertiser, which must have a name or a configuration in that agency: else a `config` error `advertiser_unknown`. An agency that
 * is not the caller's is `agency_forbidden`.
 */
export async function requireAdvertiser(ctx: AdminContext, agencyId: string, advertiserId: string): Promise<KnownAdvertiser> {
  requireAgency(ctx.scope, agencyId);
  const found = (await advertiserNames(ctx, [agencyId])).find(agencyId, advertiserId);
  if (found !== null) return found;
  throw configError('advertiser_unknown', `Agency ${agencyId} has no advertiser ${advertiserId}.`, {
    hint: 'GET /api/config/search-advertisers finds it, and POST /api/config/create-advertiser makes a new one.',
  });
}
