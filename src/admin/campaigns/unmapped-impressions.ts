import type { UnmappedImpressionRow } from '../../shapes/config/campaigns.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { AdminContext } from '../context.ts';
import { platformOf } from './campaign-key.ts';
import { type DspAdvertiser, dspAdvertisers } from './dsp-advertisers.ts';
import { advertiserLabel, byKeys, dspColumns, holdsText, namedAdvertisers } from './dsp-rows.ts';
import { prefixAdvertisers } from './mapping-state.ts';
import { type MappingWorld, mappingWorld } from './mapping-world.ts';
import { readPlatforms } from './platforms.ts';

export interface UnmappedFilter {
  readonly agency_id?: string | undefined;
  readonly days: number;
  /** Fewest impressions that belong to nobody. */
  readonly min_impressions: number;
  readonly state?: UnmappedImpressionRow['MAPPING_STATE'] | undefined;
  readonly platform_type?: string | undefined;
  readonly search?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** DSP advertisers with impressions that belong to nobody, by all the impressions that they had in 30 days. */
export async function unmappedImpressions(ctx: AdminContext, filter: UnmappedFilter): Promise<Listed<UnmappedImpressionRow>> {
  const { agency_id: agencyId, days, search, platform_type: platformType } = filter;
  const world = await mappingWorld(ctx, { agencyId });
  const platforms = await readPlatforms(ctx);
  const { found, warnings } = await dspAdvertisers(ctx, world, {
    days,
    ...(agencyId === undefined ? {} : { agencyIds: [agencyId] }),
  });
  const listed = found
    .filter(({ unassigned }) => unassigned > 0 && unassigned >= filter.min_impressions)
    .filter(({ state }) => filter.state === undefined || state === filter.state)
    .filter(({ platform }) => platformType === undefined || platform === platformOf(platformType))
    .filter(({ dsp, name, agencyId: agency }) => holdsText(search, [dsp, name, agency, world.names.agency(agency)]))
    .toSorted((left, right) => right.impressions30 - left.impressions30 || byKeys(left, right));
  const rows = listed.slice(filter.offset, filter.offset + filter.limit).map((one) => ({
    ...dspColumns(one, world.names, platforms),
    IMPRESSIONS_30D: one.impressions30,
    IMPRESSIONS: one.impressions,
    UNASSIGNED_IMPRESSIONS: one.unassigned,
    COVERED_SHARE: one.assigned / one.impressions,
    MAPPING_STATE: one.state,
    ADVERTISERS: namedAdvertisers(world.names, one.agencyId, one.advertiserIds),
    ACTION_REQUIRED: actionFor(one, world),
  }));
  return { rows, total: listed.length, warnings };
}

function actionFor(one: DspAdvertiser, { names, index }: MappingWorld): string {
  const { agencyId, dsp, advertiserIds, state, platform } = one;
  if (dsp === null)
    return 'The log has no DSP advertiser for these impressions: ask the platform to send it. No mapping can match them.';
  if (platform === null)
    return 'The log has no readable platform type for these impressions: have it corrected. Only an ADM_PREFIX advertiser can own them.';
  switch (state) {
    case 'UNMAPPED':
      return 'Map this DSP advertiser to an advertiser.';
    case 'PARTIAL':
      return 'Map the insertion orders that nobody has, or the DSP advertiser as a whole: what is mapped more exactly stays as it is.';
    case 'CONFLICT': {
      const who = advertiserIds.map((id) => advertiserLabel(names, agencyId, id)).join(' and ');
      const isShared = prefixAdvertisers(index.ofDsp(agencyId, dsp), index.strategies).length > 0;
      return isShared
        ? `${who} share it, which ADM_PREFIX cannot tell apart: set the strategy to PCM_4KEY, or leave the mappings to one of them.`
        : `${who} claim the same impressions: take one of the mappings out.`;
    }
    case 'MAPPED':
      return 'Somebody mapped it meanwhile: nothing to do.';
  }
}
