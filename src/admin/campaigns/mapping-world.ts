import { type AdvertiserNames, advertiserNames } from '../advertisers/advertiser-names.ts';
import type { AdminContext } from '../context.ts';
import { indexMappings, type MappingIndex } from './mapping-index.ts';
import { type CampaignMapping, type MappingFilter, readMappings } from './read-mappings.ts';
import { strategiesOf } from './strategies.ts';

/** Everything that decides whose impressions are, at one moment. */
export interface MappingWorld {
  readonly names: AdvertiserNames;
  readonly mappings: readonly CampaignMapping[];
  readonly index: MappingIndex<CampaignMapping>;
}

export async function mappingWorld(ctx: AdminContext, filter: MappingFilter = {}): Promise<MappingWorld> {
  const names = await advertiserNames(ctx);
  const mappings = await readMappings(ctx, filter);
  return { names, mappings, index: indexMappings(mappings, strategiesOf(names)) };
}
