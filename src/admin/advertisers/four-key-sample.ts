import type { AdvertiserDetail } from '../../shapes/config/advertiser-detail.ts';
import type { CampaignKey } from '../campaigns/campaign-key.ts';
import { impressionDays } from '../campaigns/impression-days.ts';
import { campaignFacts } from '../campaigns/impression-facts.ts';
import { mappingWorld } from '../campaigns/mapping-world.ts';
import type { AdminContext } from '../context.ts';

const DAYS = 30;
const MOST = 5;

/**
 * What the four keys of an advertiser's impressions look like: the campaigns that have most of them, or, where none was seen, the
 * mappings that would match some.
 */
export async function fourKeySample(
  ctx: AdminContext,
  { agencyId, advertiserId }: { readonly agencyId: string; readonly advertiserId: string },
): Promise<AdvertiserDetail['four_key_sample']> {
  const { index, mappings } = await mappingWorld(ctx, { agencyId });
  const days = await impressionDays(ctx, { days: DAYS, agencyIds: [agencyId] });
  const found: { readonly key: CampaignKey; readonly impressions: number; readonly lastDay: string }[] = [];
  for await (const batch of campaignFacts(ctx, days, DAYS)) {
    for (const facts of batch) {
      if (!index.ownersOf(facts).includes(advertiserId)) continue;
      found.push({ key: facts, impressions: facts.impressions, lastDay: facts.lastDay });
      found.sort((left, right) => right.impressions - left.impressions);
      found.splice(MOST);
    }
  }
  if (found.length > 0) return found.map(({ key, impressions, lastDay }) => sampleOf(key, impressions, lastDay));
  const own = mappings.filter((mapping) => mapping.agencyId === agencyId && mapping.advertiserId === advertiserId);
  return own.slice(0, MOST).map((mapping) => sampleOf(mapping, days.table === null ? null : 0, null));
}

function sampleOf({ platform, dsp, io, li }: CampaignKey, impressions: number | null, lastSeen: string | null) {
  return {
    PLATFORM_TYPE_ID: platform,
    DSP_ADVERTISER_ID: dsp ?? '',
    INSERTION_ORDER_ID: io,
    LINE_ITEM_ID: li,
    IMPRESSIONS: impressions,
    LAST_SEEN: lastSeen,
  };
}
