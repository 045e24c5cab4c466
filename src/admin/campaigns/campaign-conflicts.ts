import type { Conflict } from '../conflict.ts';
import type { AdminContext } from '../context.ts';
import { type CampaignKey, campaignText, describeCampaign } from './campaign-key.ts';
import { impressionDays } from './impression-days.ts';
import { campaignFacts } from './impression-facts.ts';
import { advertisersOf } from './mapping-index.ts';
import { contendedGroups, prefixAdvertisers } from './mapping-state.ts';
import { mappingWorld } from './mapping-world.ts';

const DAYS = 30;

/**
 * Campaigns that several advertisers claim, with the impressions of 30 days that go to nobody for it: the same keys twice, and DSP
 * advertisers that an ADM_PREFIX advertiser shares with somebody.
 */
export async function campaignConflicts(ctx: AdminContext): Promise<readonly Conflict[]> {
  const { index } = await mappingWorld(ctx);
  const found = new Map<string, Conflict>();
  const note = (campaign: CampaignKey, advertisers: readonly string[], hint: string): void => {
    const key = describeCampaign(campaign);
    found.set(campaignText(campaign), {
      kind: 'campaign',
      agencyId: campaign.agencyId,
      key,
      advertisers,
      affected: 0,
      campaign,
      hint,
    });
  };
  for (const claims of index.platforms) {
    for (const group of contendedGroups(claims)) {
      const [first] = group;
      if (first !== undefined) note(keysOf(first), advertisersOf(group), 'Take the mapping out of all but one of them.');
    }
  }
  for (const claims of index.dsps) {
    const [first] = claims;
    const advertisers = advertisersOf(claims);
    if (first === undefined || advertisers.length < 2 || prefixAdvertisers(claims, index.strategies).length === 0) continue;
    note(
      sharedKey(first),
      advertisers,
      'ADM_PREFIX cannot tell them apart: use PCM_4KEY, or leave the DSP advertiser to one of them.',
    );
  }
  if (found.size === 0) return [];

  const dsps = [...new Set([...found.values()].flatMap(({ campaign }) => campaign?.dsp ?? []))];
  const days = await impressionDays(ctx, { days: DAYS, dsps });
  const affected = new Map<string, number>();
  for await (const batch of campaignFacts(ctx, days, DAYS)) {
    for (const facts of batch) {
      if (index.ownersOf(facts).length > 0) continue;
      const { winning, advertisers } = index.judge(facts);
      const [first] = winning;
      const contended =
        first !== undefined && advertisers.length > 1 ? campaignText(keysOf(first)) : campaignText(sharedKey(facts));
      affected.set(contended, (affected.get(contended) ?? 0) + facts.impressions);
    }
  }
  return [...found].map(([key, conflict]) => ({ ...conflict, affected: days.table === null ? null : (affected.get(key) ?? 0) }));
}

const keysOf = ({ agencyId, platform, dsp, io, li }: CampaignKey): CampaignKey => ({ agencyId, platform, dsp, io, li });

/** A DSP advertiser on whatever platform. */
const sharedKey = ({ agencyId, dsp }: CampaignKey): CampaignKey => ({ agencyId, platform: null, dsp, io: null, li: null });
