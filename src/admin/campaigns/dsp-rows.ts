import type { NamedAdvertiser } from '../../shapes/config/campaigns.ts';
import type { AdvertiserNames } from '../advertisers/advertiser-names.ts';
import type { DspAdvertiser } from './dsp-advertisers.ts';
import { byId } from './mapping-index.ts';
import type { Platforms } from './platforms.ts';

/** What rows about DSP advertisers have in common. */
export function dspColumns(found: DspAdvertiser, names: AdvertiserNames, platforms: Platforms) {
  return {
    AGENCY_ID: found.agencyId,
    AGENCY_NAME: names.agency(found.agencyId),
    PLATFORM_TYPE_ID: found.platform,
    PLATFORM_NAME: platforms.nameOf(found.platform),
    DSP_ADVERTISER_ID: found.dsp ?? '',
    DSP_ADVERTISER_NAME: found.name,
    ACTIVE_DAYS: found.activeDays,
    FIRST_SEEN: found.firstDay,
    LAST_SEEN: found.lastDay,
  };
}

/** Advertisers of an agency with their names. */
export function namedAdvertisers(names: AdvertiserNames, agencyId: string, ids: readonly string[]): NamedAdvertiser[] {
  return ids.map((id) => ({ ADVERTISER_ID: id, ADVERTISER_NAME: names.advertiser(agencyId, id) }));
}

/** The name behind an id for sentences: `Acme (4711)`. */
export function advertiserLabel(names: AdvertiserNames, agencyId: string, advertiserId: string): string {
  const name = names.advertiser(agencyId, advertiserId);
  return name === null ? `advertiser ${advertiserId}` : `${name} (${advertiserId})`;
}

/** Whether any of the texts has the words looked for in it, in any case. */
export function holdsText(wanted: string | undefined, texts: readonly (string | null)[]): boolean {
  if (wanted === undefined || wanted === '') return true;
  const folded = wanted.toLocaleLowerCase('en');
  return texts.some((text) => text?.toLocaleLowerCase('en').includes(folded));
}

/** The order of DSP advertisers that have just as many impressions. */
export function byKeys(left: DspAdvertiser, right: DspAdvertiser): number {
  const ids = ({ agencyId, platform, dsp }: DspAdvertiser) => `${agencyId} ${platform} ${dsp}`;
  return byId(ids(left), ids(right));
}
