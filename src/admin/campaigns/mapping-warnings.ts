import type { MAPPING_PROBLEMS } from '../../shapes/config/campaigns.ts';
import type { CampaignKey } from './campaign-key.ts';
import { advertiserLabel } from './dsp-rows.ts';
import { mappingProblems } from './mapping-problems.ts';
import type { MappingWorld } from './mapping-world.ts';

const TOLD: ReadonlySet<(typeof MAPPING_PROBLEMS)[number]> = new Set([
  'CONFLICT',
  'SHARED_PREFIX',
  'NOT_USED',
  'INACTIVE_ADVERTISER',
]);

/** What whoever made a mapping should know of what it does, or does not do. */
export function mappingWarnings(world: MappingWorld, mapping: CampaignKey & { readonly advertiserId: string }): string[] {
  const { agencyId, advertiserId, io, li } = mapping;
  const problems = mappingProblems({ ...mapping, mappingId: null }, world);
  const found = problems
    .filter(({ code }) => TOLD.has(code))
    .map(({ message, hint }) => (hint === null ? message : `${message} ${hint}`));
  if ((io !== null || li !== null) && world.index.strategies.of(agencyId, advertiserId) === 'ADM_PREFIX') {
    const who = advertiserLabel(world.names, agencyId, advertiserId);
    found.push(
      `${who} is computed by ADM_PREFIX: it gets all of the DSP advertiser, whatever insertion order or line item is named.`,
    );
  }
  return found;
}
