import { integerOf } from '../../config/values.ts';
import type { AdvertiserSince } from '../../shapes/config/campaigns.ts';
import type { AdminContext } from '../context.ts';
import { type ImpressionDays, impressionDays } from './impression-days.ts';
import { type ImpressionsByAdvertiser, sumByAdvertiser } from './impression-facts.ts';
import { type MappingWorld, mappingWorld } from './mapping-world.ts';

/** What a change of mappings does to impressions: counted before it is made, so that a failure to count changes nothing. */

const DAYS = 30;

export interface BeforeChange {
  readonly agencyId: string;
  readonly world: MappingWorld;
  readonly days: ImpressionDays;
  readonly impressions: ImpressionsByAdvertiser;
}

export interface AfterChange {
  readonly world: MappingWorld;
  readonly warnings: readonly string[];
  /** What an advertiser has since. */
  since(advertiserId: string): AdvertiserSince;
}

/** `advertiserIds` are those whose impressions will be told, `dsps` the DSP advertisers whose mappings will change. */
export async function lookBefore(
  ctx: AdminContext,
  agencyId: string,
  { advertiserIds, dsps }: { readonly advertiserIds: readonly string[]; readonly dsps: readonly string[] },
): Promise<BeforeChange> {
  const world = await mappingWorld(ctx, { agencyId });
  const concerned = new Set(advertiserIds);
  const theirs = world.mappings.flatMap(({ advertiserId, dsp }) =>
    advertiserId !== null && dsp !== null && concerned.has(advertiserId) ? [dsp] : [],
  );
  const isDirect = advertiserIds.some((id) => world.index.strategies.of(agencyId, id) === 'DIRECT_AG');
  const days = await impressionDays(ctx, {
    days: DAYS,
    agencyIds: [agencyId],
    // Without mappings any impression may be theirs.
    ...(isDirect ? {} : { dsps: [...new Set([...theirs, ...dsps])] }),
  });
  return { agencyId, world, days, impressions: await sumByAdvertiser(ctx, days, world.index) };
}

export async function lookAfter(ctx: AdminContext, before: BeforeChange): Promise<AfterChange> {
  const { agencyId, days } = before;
  const world = await mappingWorld(ctx, { agencyId });
  const impressions = await sumByAdvertiser(ctx, days, world.index);
  const countOf = (sums: ImpressionsByAdvertiser, id: string): number => sums.of(agencyId, id)?.impressions ?? 0;
  return {
    world,
    warnings: days.warnings,
    since(advertiserId) {
      const config = world.names.find(agencyId, advertiserId)?.config ?? null;
      const now = countOf(impressions, advertiserId);
      return {
        advertiser_id: advertiserId,
        advertiser_name: world.names.advertiser(agencyId, advertiserId),
        strategy: config?.joinStrategy ?? null,
        config_version: config?.configVersion ?? 0,
        campaign_mapping_count: integerOf(config?.row.CAMPAIGN_MAPPING_COUNT) ?? 0,
        impressions_30d: impressions.isCounted ? now : null,
        impressions_gained: impressions.isCounted ? now - countOf(before.impressions, advertiserId) : null,
      };
    },
  };
}
