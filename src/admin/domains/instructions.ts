import { instructionsFor } from '../../pixel/instructions/instructions.ts';
import { PLATFORM_NAMES, PLATFORMS, type Platform, platformNamed } from '../../pixel/platforms.ts';
import type { PixelInstructions } from '../../shapes/config/domains.ts';
import type { Told } from '../../shapes/config/envelope.ts';
import { requireAdvertiser } from '../advertisers/require-advertiser.ts';
import type { AdminContext } from '../context.ts';
import { storedPlatform } from './site-platform.ts';

/** How a tag is put into an advertiser's site. `config` errors: `agency_forbidden`, `advertiser_unknown`. */
export async function pixelInstructions(
  ctx: AdminContext,
  {
    agencyId,
    advertiserId,
    platform: wanted,
  }: { readonly agencyId: string; readonly advertiserId: string; readonly platform?: Platform | undefined },
): Promise<Told<PixelInstructions>> {
  const { config } = await requireAdvertiser(ctx, agencyId, advertiserId);
  const stored = platformNamed(storedPlatform(config?.row) ?? '');
  const platform = wanted ?? stored ?? 'STANDARD';
  const collectorUrl = ctx.settings.pixel.collectorUrl ?? null;
  const { macro, place, steps, reads, notes } = instructionsFor(platform, { agencyId, advertiserId, collectorUrl });
  return {
    data: {
      agency_id: agencyId,
      advertiser_id: advertiserId,
      platform,
      platform_name: PLATFORM_NAMES[platform],
      stored_platform: stored,
      macro,
      collector_url: collectorUrl,
      place,
      steps: steps.map(({ text, code }) => ({ text, code })),
      reads: [...reads],
      notes: [...notes],
      platforms: PLATFORMS.map((each) => ({ platform: each, name: PLATFORM_NAMES[each] })),
    },
    warnings: collectorUrl === null ? ['There is no collector yet: pixel.collectorUrl is not set.'] : [],
  };
}
