import type { MAPPING_STATES } from '../../shapes/config/campaigns.ts';
import { type CampaignKey, campaignText, dspText } from './campaign-key.ts';
import { advertisersOf, type Claim, directOwner, type MappingIndex, usesFourKeys } from './mapping-index.ts';
import type { Strategies } from './strategies.ts';

/** The one definition of how far a DSP advertiser on a platform is mapped. */

export type MappingState = (typeof MAPPING_STATES)[number];

/**
 * `MAPPED`: every impression that it could have is somebody's. `PARTIAL`: only those of some insertion orders or line items.
 * `CONFLICT`: for some, two advertisers claim the same. Each advertiser counts by its own strategy: for ADM_PREFIX every mapping of the DSP
 * advertiser is one of all its impressions, and for DIRECT_AG none is needed.
 */
export function mappingState(index: MappingIndex<Claim>, key: Pick<CampaignKey, 'agencyId' | 'platform' | 'dsp'>): MappingState {
  const states = known.get(index) ?? new Map<string, MappingState>();
  known.set(index, states);
  const text = dspText(key);
  const state = states.get(text) ?? decide(index, key);
  states.set(text, state);
  return state;
}

const known = new WeakMap<MappingIndex<Claim>, Map<string, MappingState>>();

function decide(index: MappingIndex<Claim>, key: Pick<CampaignKey, 'agencyId' | 'platform' | 'dsp'>): MappingState {
  const { agencyId, dsp } = key;
  const { strategies } = index;
  if (directOwner(strategies, agencyId, dsp) !== null) return 'MAPPED';
  const claims = index.ofPlatform(key);
  if (contendedGroups(claims).length > 0) return 'CONFLICT';
  const onAny = index.ofDsp(agencyId, dsp);
  if (prefixAdvertisers(onAny, strategies).length > 0) {
    if (advertisersOf(onAny).length === 1) return 'MAPPED';
    if (claims.length === 0 || prefixAdvertisers(claims, strategies).length > 0) return 'CONFLICT';
  }
  const counted = claims.filter(({ advertiserId }) => advertiserId !== null && usesFourKeys(strategies, agencyId, advertiserId));
  if (counted.length === 0) return 'UNMAPPED';
  const hasWildcard = counted.some(({ io, li }) => io === null && li === null);
  return hasWildcard && counted.length === claims.length ? 'MAPPED' : 'PARTIAL';
}

/** Mappings of exactly the same keys that belong to several advertisers. */
export function contendedGroups<M extends Claim>(claims: readonly M[]): readonly (readonly M[])[] {
  const groups = new Map<string, M[]>();
  for (const claim of claims) {
    const key = campaignText(claim);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [claim]);
    else group.push(claim);
  }
  return [...groups.values()].filter((group) => advertisersOf(group).length > 1);
}

/** Those of the claims' advertisers that are computed by ADM_PREFIX. */
export function prefixAdvertisers(claims: readonly Claim[], strategies: Strategies): readonly string[] {
  const [first] = claims;
  return first === undefined
    ? []
    : advertisersOf(claims).filter((advertiserId) => strategies.of(first.agencyId, advertiserId) === 'ADM_PREFIX');
}
