import type { MappingProblem } from '../../shapes/config/campaigns.ts';
import { advertiserLabel } from './dsp-rows.ts';
import { advertisersOf } from './mapping-index.ts';
import { prefixAdvertisers } from './mapping-state.ts';
import type { MappingWorld } from './mapping-world.ts';
import type { CampaignMapping } from './read-mappings.ts';

/** Others who claim exactly what a mapping claims. */
export function rivalsOf(mapping: CampaignMapping, { index }: MappingWorld): readonly string[] {
  if (mapping.advertiserId === null) return [];
  return advertisersOf(index.exactly(mapping)).filter((advertiserId) => advertiserId !== mapping.advertiserId);
}

/** What is wrong with a mapping, or worth knowing about it, the worst first. */
export function mappingProblems(mapping: CampaignMapping, world: MappingWorld): MappingProblem[] {
  const { agencyId, platform, dsp, advertiserId } = mapping;
  const { names, index } = world;
  const { strategies } = index;
  const problems: MappingProblem[] = [];
  const note = (code: MappingProblem['code'], message: string, hint: string | null): void =>
    void problems.push({ code, message, hint });
  const label = (id: string): string => advertiserLabel(names, agencyId, id);

  if (advertiserId === null)
    note('BLANK_ADVERTISER', 'It belongs to nobody, and matches nothing.', 'Give it to an advertiser, or take it out.');
  if (dsp === null) note('BLANK_DSP_ADVERTISER', 'It has no DSP advertiser, and matches nothing.', 'Take it out.');
  if (advertiserId === null || dsp === null) return problems;

  const strategy = strategies.of(agencyId, advertiserId);
  if (platform === null && strategy !== 'ADM_PREFIX')
    note(
      'UNREADABLE_PLATFORM',
      'Its platform type is not a number, and so it matches nothing.',
      'Map the same with the right platform type, and take this one out.',
    );
  const rivals = rivalsOf(mapping, world);
  if (rivals.length > 0)
    note(
      'CONFLICT',
      `${rivals.map(label).join(' and ')} ${rivals.length === 1 ? 'claims' : 'claim'} exactly the same, so that the impressions go to nobody.`,
      'Take the mapping out of all but one of them.',
    );
  const onAny = index.ofDsp(agencyId, dsp);
  const sharing = advertisersOf(onAny).filter((id) => id !== advertiserId);
  const prefixed = prefixAdvertisers(onAny, strategies);
  if (sharing.length > 0 && prefixed.length > 0) {
    const message =
      strategy === 'ADM_PREFIX'
        ? `${sharing.map(label).join(' and ')} ${sharing.length === 1 ? 'has' : 'have'} mappings of this DSP advertiser as well; by ADM_PREFIX it is then left out of what ${label(advertiserId)} gets.`
        : `${prefixed.map(label).join(' and ')}, by ADM_PREFIX, ${prefixed.length === 1 ? 'gets' : 'get'} nothing of this DSP advertiser as long as it is shared.`;
    note('SHARED_PREFIX', message, 'Use PCM_4KEY, or leave the DSP advertiser to one of them.');
  }
  if (strategy === 'DIRECT_AG')
    note(
      'NOT_USED',
      `${label(advertiserId)} is computed by DIRECT_AG, which needs no mappings and uses none.`,
      'Change its strategy if mappings are to decide.',
    );
  const known = names.find(agencyId, advertiserId);
  if (known === null)
    note('UNKNOWN_ADVERTISER', `The agency has no advertiser ${advertiserId}.`, 'Give the mapping to one that it has.');
  if (known?.config?.status === 'INACTIVE')
    note('INACTIVE_ADVERTISER', `${label(advertiserId)} is inactive: nothing is computed for it.`, null);
  const copies = index.exactly(mapping).filter((other) => other.advertiserId === advertiserId).length;
  if (copies > 1)
    note('DUPLICATE', `The table has this mapping ${copies} times; it counts once.`, 'Taking it out takes out all of them.');
  return problems;
}
