import { keyText } from '../../config/read-configs.ts';
import { type AdminContext, isInScope } from '../context.ts';
import type { KnownAdvertiser } from './advertiser-book.ts';

/** Names of agencies and advertisers that the caller may see. */
export interface AdvertiserNames {
  /** The one name of an agency; null when it has none, or is not to be seen. */
  agency(agencyId: string): string | null;
  /** The name to show; null when it has none, or is not to be seen. */
  advertiser(agencyId: string, advertiserId: string): string | null;
  /** The advertiser, where it has a name or a configuration. */
  find(agencyId: string, advertiserId: string): KnownAdvertiser | null;
  /** Everybody with a name or a configuration. */
  readonly advertisers: readonly KnownAdvertiser[];
}

/** Names as they are now, of these agencies or of all in scope. Costs a checksum of two tables when nothing has changed. */
export async function advertiserNames(ctx: AdminContext, agencyIds?: readonly string[]): Promise<AdvertiserNames> {
  const book = await ctx.names.current(ctx.session, ctx.catalogue);
  const isSeen = (agencyId: string): boolean =>
    isInScope(ctx.scope, agencyId) && (agencyIds === undefined || agencyIds.includes(agencyId));
  const find = (agencyId: string, advertiserId: string): KnownAdvertiser | null =>
    isSeen(agencyId) ? (book.advertisers.get(keyText({ agencyId, advertiserId })) ?? null) : null;
  return {
    agency: (agencyId) => (isSeen(agencyId) ? (book.agencies.get(agencyId) ?? null) : null),
    advertiser: (agencyId, advertiserId) => find(agencyId, advertiserId)?.name ?? null,
    find,
    advertisers: [...book.advertisers.values()].filter(({ agencyId }) => isSeen(agencyId)),
  };
}
