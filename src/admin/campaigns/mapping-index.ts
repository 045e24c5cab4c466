import { type CampaignKey, dspText } from './campaign-key.ts';
import type { Strategies } from './strategies.ts';

/**
 * Whose impressions are, as people are told it: the rules of `reach/ownership.ts`, over mappings in memory. A property test holds the two
 * together.
 */

/** A mapping as far as ownership goes. Null as insertion order or line item matches any. */
export interface Claim extends CampaignKey {
  /** Null belongs to nobody, and matches nothing. */
  readonly advertiserId: string | null;
}

/** What the four keys say of an impression. */
export interface Judgement<M extends Claim> {
  /** Those that fit and than which none that fits is more specific; empty when none fits. */
  readonly winning: readonly M[];
  /** Their advertisers, each once, in order: several are a conflict. */
  readonly advertisers: readonly string[];
}

export interface MappingIndex<M extends Claim> {
  readonly strategies: Strategies;
  /** Mappings of a DSP advertiser on a platform that can own something. */
  ofPlatform(key: Pick<CampaignKey, 'agencyId' | 'platform' | 'dsp'>): readonly M[];
  /** The same on any platform, also on one that is not readable. */
  ofDsp(agencyId: string, dsp: string | null): readonly M[];
  /** Mappings of exactly these keys. */
  exactly(key: CampaignKey): readonly M[];
  /** Every DSP advertiser on a platform that mappings speak of. */
  readonly platforms: Iterable<readonly M[]>;
  /** Every DSP advertiser that mappings speak of, whatever the platform. */
  readonly dsps: Iterable<readonly M[]>;
  /** By the four keys alone. */
  judge(key: CampaignKey): Judgement<M>;
  /** For whom an impression counts, each advertiser by its own strategy. */
  ownersOf(key: CampaignKey): readonly string[];
}

/** 2 for a line item, 1 for an insertion order. */
export function specificityOf({ io, li }: Pick<CampaignKey, 'io' | 'li'>): number {
  return (li === null ? 0 : 2) + (io === null ? 0 : 1);
}

const advertisersByClaims = new WeakMap<readonly Claim[], readonly string[]>();

/** The advertisers of mappings that are all there, each once, in order. */
export function advertisersOf(claims: readonly Claim[]): readonly string[] {
  const known = advertisersByClaims.get(claims);
  if (known !== undefined) return known;
  const found = [...new Set(claims.flatMap(({ advertiserId }) => (advertiserId === null ? [] : [advertiserId])))].toSorted(byId);
  advertisersByClaims.set(claims, found);
  return found;
}

const collator = new Intl.Collator('en', { numeric: true });
export const byId = (left: string, right: string): number => collator.compare(left, right);

interface OnPlatform<M> {
  readonly all: M[];
  /** By insertion order and line item. */
  readonly exact: Map<string, M[]>;
}

const NONE: readonly never[] = [];

export function indexMappings<M extends Claim>(mappings: readonly M[], strategies: Strategies): MappingIndex<M> {
  const platforms = new Map<string, OnPlatform<M>>();
  const dsps = new Map<string, M[]>();
  for (const mapping of mappings) {
    const { agencyId, platform, dsp, advertiserId } = mapping;
    if (dsp === null || advertiserId === null) continue;
    addTo(dsps, dspText({ agencyId, platform: null, dsp }), mapping);
    if (platform === null) continue;
    const key = dspText(mapping);
    const found = platforms.get(key) ?? { all: [], exact: new Map<string, M[]>() };
    platforms.set(key, found);
    found.all.push(mapping);
    addTo(found.exact, levelText(mapping.io, mapping.li), mapping);
  }
  const ofDsp: MappingIndex<M>['ofDsp'] = (agencyId, dsp) => dsps.get(dspText({ agencyId, platform: null, dsp })) ?? NONE;
  const judge: MappingIndex<M>['judge'] = (key) => {
    const { exact } = platforms.get(dspText(key)) ?? {};
    if (exact !== undefined) {
      const { io, li } = key;
      for (const level of [levelText(io, li), levelText(null, li), levelText(io, null), levelText(null, null)]) {
        const winning = exact.get(level);
        if (winning !== undefined) return { winning, advertisers: advertisersOf(winning) };
      }
    }
    return { winning: NONE, advertisers: NONE };
  };
  return {
    strategies,
    ofPlatform: (key) => platforms.get(dspText(key))?.all ?? NONE,
    ofDsp,
    exactly: (key) => platforms.get(dspText(key))?.exact.get(levelText(key.io, key.li)) ?? NONE,
    platforms: [...platforms.values()].map(({ all }) => all),
    dsps: dsps.values(),
    judge,
    ownersOf(key) {
      const { agencyId, dsp } = key;
      const owners = new Set<string>();
      const [only, ...others] = judge(key).advertisers;
      if (only !== undefined && others.length === 0 && usesFourKeys(strategies, agencyId, only)) owners.add(only);
      const [prefixed, ...sharing] = advertisersOf(ofDsp(agencyId, dsp));
      if (prefixed !== undefined && sharing.length === 0 && strategies.of(agencyId, prefixed) === 'ADM_PREFIX')
        owners.add(prefixed);
      const direct = directOwner(strategies, agencyId, dsp);
      if (direct !== null) owners.add(direct);
      return [...owners];
    },
  };
}

/** An advertiser without a configuration would be made one with this strategy, or with one that its agency has. */
export function usesFourKeys(strategies: Strategies, agencyId: string, advertiserId: string): boolean {
  const strategy = strategies.of(agencyId, advertiserId);
  return strategy === 'PCM_4KEY' || strategy === null;
}

/** Whose an impression is without any mapping. */
export function directOwner(strategies: Strategies, agencyId: string, dsp: string | null): string | null {
  const sole = strategies.sole(agencyId);
  if (sole !== null) return sole;
  return dsp !== null && strategies.of(agencyId, dsp) === 'DIRECT_AG' ? dsp : null;
}

const levelText = (io: string | null, li: string | null): string => JSON.stringify([io, li]);

function addTo<M>(groups: Map<string, M[]>, key: string, mapping: M): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [mapping]);
  else group.push(mapping);
}
