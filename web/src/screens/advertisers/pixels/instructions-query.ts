import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PixelInstructions } from '../../../../../src/shapes/config/domains.ts';
import { oneOf } from '../../../api/config.ts';
import { SELDOM_MS } from '../../../api/config-queries.ts';
import { type AdvertiserKey, keyOf } from '../queries.ts';

/** How the tag is put into a site; without a platform, into what is stored of the advertiser's. */
export function instructionsQuery(advertiser: AdvertiserKey, platform: string | undefined) {
  return queryOptions({
    queryKey: ['config', 'pixel-instructions', advertiser, platform],
    queryFn: ({ signal }) =>
      oneOf<PixelInstructions>('pixel-instructions', { query: { ...keyOf(advertiser), platform }, signal }),
    staleTime: SELDOM_MS,
    placeholderData: keepPreviousData,
  });
}
