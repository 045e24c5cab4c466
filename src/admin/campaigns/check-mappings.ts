import { configError, type Problem } from '../../errors.ts';
import type { AdminContext } from '../context.ts';
import { type CampaignKey, campaignText, describeCampaign, platformOf, presentId } from './campaign-key.ts';
import { advertiserLabel } from './dsp-rows.ts';
import { advertisersOf } from './mapping-index.ts';
import type { MappingNames } from './mapping-rows.ts';
import type { MappingWorld } from './mapping-world.ts';
import { type Platforms, readPlatforms } from './platforms.ts';
import { isKnownPlatform } from './require-platform.ts';

/** A mapping as a request has it. */
export interface RequestedMapping {
  readonly platform_type: string;
  readonly dsp_advertiser_id: string;
  readonly insertion_order_id?: string | null | undefined;
  readonly line_item_id?: string | null | undefined;
  readonly quorum_advertiser_id: string;
  readonly campaign_name?: string | undefined;
  readonly dsp_advertiser_name?: string | undefined;
}

/** The same, understood. */
export interface WantedMapping extends CampaignKey, MappingNames {
  readonly dsp: string;
  readonly platform: string;
  readonly advertiserId: string;
}

export function campaignKeyOf(
  agencyId: string,
  asked: Pick<RequestedMapping, 'platform_type' | 'dsp_advertiser_id' | 'insertion_order_id' | 'line_item_id'>,
): CampaignKey {
  return {
    agencyId,
    platform: platformOf(asked.platform_type),
    dsp: presentId(asked.dsp_advertiser_id),
    io: presentId(asked.insertion_order_id),
    li: presentId(asked.line_item_id),
  };
}

export interface CheckedMappings {
  readonly wanted: readonly WantedMapping[];
  readonly warnings: readonly string[];
}

/**
 * Understands mappings that are to be made. `config` error `mapping_invalid` with every mistake; `pathOf` gives the place of a field of
 * the n-th mapping in the request.
 */
export async function checkMappings(
  ctx: AdminContext,
  {
    agencyId,
    mappings,
    world,
  }: { readonly agencyId: string; readonly mappings: readonly RequestedMapping[]; readonly world: MappingWorld },
  pathOf: (index: number, field: string) => string,
): Promise<CheckedMappings> {
  const platforms = await readPlatforms(ctx);
  const isKnown = await platformCheck(ctx, { platforms, world });
  const problems: Problem[] = [];
  const warnings = new Set<string>();
  const wanted: WantedMapping[] = [];
  const first = new Map<string, { readonly advertiserId: string; readonly index: number }>();
  for (const [index, asked] of mappings.entries()) {
    const refuse = (field: string, message: string, hint?: string): void =>
      void problems.push({ path: pathOf(index, field), message, ...(hint === undefined ? {} : { hint }) });
    const key = campaignKeyOf(agencyId, asked);
    const { platform, dsp } = key;
    const advertiserId = presentId(asked.quorum_advertiser_id);
    if (platform === null)
      refuse('platform_type', `${asked.platform_type} is not a platform type`, 'It is a number, such as 21.');
    else if (!(await isKnown(platform))) {
      if (platforms.rows.length > 0)
        refuse('platform_type', `there is no platform ${platform}`, 'GET /api/config/dsp-platforms lists those that there are.');
      else
        warnings.add(
          `Whether there is a platform ${platform} could not be checked: no table names platforms, and no impression has it.`,
        );
    }
    if (dsp === null) refuse('dsp_advertiser_id', 'stands for none', 'Blank, 0, null and UNKNOWN match no impression.');
    if (advertiserId === null || world.names.find(agencyId, advertiserId) === null)
      refuse(
        'quorum_advertiser_id',
        `agency ${agencyId} has no advertiser ${asked.quorum_advertiser_id}`,
        'GET /api/config/search-advertisers finds it, and POST /api/config/create-advertiser makes a new one.',
      );
    if (platform === null || dsp === null || advertiserId === null) continue;
    const before = first.get(campaignText(key));
    if (before !== undefined && before.advertiserId !== advertiserId)
      refuse(
        'quorum_advertiser_id',
        `mapping ${before.index + 1} of the request gives the same to advertiser ${before.advertiserId}`,
      );
    else first.set(campaignText(key), { advertiserId, index });
    wanted.push({ ...key, platform, dsp, advertiserId, campaignName: asked.campaign_name, dspName: asked.dsp_advertiser_name });
  }
  if (problems.length === 0) return { wanted, warnings: [...warnings] };
  throw configError('mapping_invalid', 'Nothing was mapped: the request has mistakes.', {
    problems,
    hint: 'Correct them all, then try again.',
  });
}

/** Looks for each platform once. */
async function platformCheck(
  ctx: AdminContext,
  known: { readonly platforms: Platforms; readonly world: MappingWorld },
): Promise<(platform: string) => Promise<boolean>> {
  const answers = new Map<string, boolean>();
  return async (platform) => {
    const answer = answers.get(platform) ?? (await isKnownPlatform(ctx, platform, known));
    answers.set(platform, answer);
    return answer;
  };
}

/** Refuses what others have, naming them: a `config` error `mapping_conflict` with all of it. */
export function refuseConflicts(
  wanted: readonly WantedMapping[],
  { index, names }: MappingWorld,
  pathOf: (index: number, field: string) => string,
): void {
  const problems: Problem[] = [];
  for (const [place, mapping] of wanted.entries()) {
    const holders = advertisersOf(index.exactly(mapping)).filter((id) => id !== mapping.advertiserId);
    if (holders.length === 0) continue;
    const who = holders.map((id) => advertiserLabel(names, mapping.agencyId, id)).join(' and ');
    const verb = holders.length === 1 ? 'has' : 'have';
    problems.push({
      path: pathOf(place, 'quorum_advertiser_id'),
      message: `${who} ${verb} it already: ${describeCampaign(mapping)}`,
    });
  }
  const [only, ...more] = problems;
  if (only === undefined) return;
  const what = more.length === 0 ? only.message : `${problems.length} of the mappings are others' already.`;
  throw configError('mapping_conflict', `Nothing was mapped: ${what}`, {
    problems,
    hint: 'Send the same with `replace: true` to take it from them.',
  });
}
