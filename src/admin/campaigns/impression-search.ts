import type { ImpressionSearchRow } from '../../shapes/config/campaigns.ts';
import type { Listed } from '../../shapes/config/envelope.ts';
import type { AdminContext } from '../context.ts';
import { platformOf } from './campaign-key.ts';
import { dspAdvertisers } from './dsp-advertisers.ts';
import { byKeys, dspColumns, holdsText, namedAdvertisers } from './dsp-rows.ts';
import { mappingWorld } from './mapping-world.ts';
import { readPlatforms } from './platforms.ts';

export interface ImpressionSearch {
  readonly agency_id: string;
  readonly days: number;
  readonly min_impressions: number;
  readonly state?: ImpressionSearchRow['STATE'] | undefined;
  readonly platform_type?: string | undefined;
  readonly search?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const ORDER: readonly ImpressionSearchRow['STATE'][] = ['UNMAPPED', 'PARTIAL', 'CONFLICT', 'MAPPED'];

/** What an agency's log has of DSP advertisers: those that nobody has first, then by impressions. */
export async function searchImpressions(ctx: AdminContext, query: ImpressionSearch): Promise<Listed<ImpressionSearchRow>> {
  const { agency_id: agencyId, days, platform_type: platformType } = query;
  const world = await mappingWorld(ctx, { agencyId });
  const platforms = await readPlatforms(ctx);
  const { found, warnings } = await dspAdvertisers(ctx, world, { days, agencyIds: [agencyId] });
  const listed = found
    .filter(({ impressions }) => impressions >= query.min_impressions)
    .filter(({ state }) => query.state === undefined || state === query.state)
    .filter(({ platform }) => platformType === undefined || platform === platformOf(platformType))
    .filter(({ dsp, name }) => holdsText(query.search, [dsp, name]))
    .toSorted(
      (left, right) =>
        ORDER.indexOf(left.state) - ORDER.indexOf(right.state) || right.impressions - left.impressions || byKeys(left, right),
    );
  const rows = listed.slice(query.offset, query.offset + query.limit).map((one) => ({
    ...dspColumns(one, world.names, platforms),
    IMPRESSIONS: one.impressions,
    STATE: one.state,
    MAPPED_COUNT: one.assignedCampaigns,
    UNMAPPED_COUNT: one.unassignedCampaigns,
    MAPPED_IMPRESSIONS: one.assigned,
    UNMAPPED_IMPRESSIONS: one.unassigned,
    ADVERTISERS: namedAdvertisers(world.names, one.agencyId, one.advertiserIds),
  }));
  return { rows, total: listed.length, warnings };
}
