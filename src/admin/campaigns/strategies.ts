import type { JoinStrategy } from '../../config/advertiser-config.ts';
import type { AdvertiserNames } from '../advertisers/advertiser-names.ts';

/** By which strategy each advertiser is computed. */
export interface Strategies {
  /** Null when it is not configured. */
  of(agencyId: string, advertiserId: string): JoinStrategy | null;
  /** The one advertiser of the agency that is not INACTIVE, when it is DIRECT_AG: all of the agency's impressions are its own. */
  sole(agencyId: string): string | null;
}

export function strategiesOf(names: AdvertiserNames): Strategies {
  const living = new Map<string, string[]>();
  for (const { agencyId, advertiserId, config } of names.advertisers) {
    if (config === null || config.status === 'INACTIVE') continue;
    const known = living.get(agencyId);
    if (known === undefined) living.set(agencyId, [advertiserId]);
    else known.push(advertiserId);
  }
  const of: Strategies['of'] = (agencyId, advertiserId) => names.find(agencyId, advertiserId)?.config?.joinStrategy ?? null;
  return {
    of,
    sole(agencyId) {
      const [only, ...others] = living.get(agencyId) ?? [];
      return only !== undefined && others.length === 0 && of(agencyId, only) === 'DIRECT_AG' ? only : null;
    },
  };
}
