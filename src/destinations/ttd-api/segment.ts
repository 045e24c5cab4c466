import { configError } from '../../errors.ts';
import type { Manifest } from '../../format/manifest.ts';
import type { TtdSettings } from './settings.ts';
import { DAY_MINUTES, MAX_TTL_DAYS } from './ttl.ts';

const MAX_NAME_CHARACTERS = 256;

/** What a staged set is at The Trade Desk. */
export interface Segment {
  /** AdvertiserId, or DataProviderId with thirdParty. */
  readonly owner: string;
  /** `Data[].Name`: for third-party data the ProviderElementId of the taxonomy. */
  readonly name: string;
  readonly ttlMinutes: number;
}

/**
 * The segment of a staged set. What cannot be is a `config` error before anything is sent: `ttd_advertiser_missing`, `ttd_segment_name`,
 * `ttd_ttl`.
 */
export function segmentOf({ agencyId, advertiserId, segmentId, segmentName, terms }: Manifest, settings: TtdSettings): Segment {
  const owner =
    settings.mode === 'thirdParty'
      ? settings.dataProviderId
      : (settings.advertiserIds?.[`${agencyId}_${advertiserId}`] ?? settings.advertiserId);
  if (owner === undefined)
    throw configError(
      'ttd_advertiser_missing',
      `No id at The Trade Desk is known for the advertiser ${agencyId}_${advertiserId}.`,
      {
        hint: `Add ${agencyId}_${advertiserId} to advertiserIds of the destination in aquarius.yaml.`,
      },
    );
  const name = terms?.partnerReference ?? (settings.segmentNameFrom === 'segmentName' ? segmentName : segmentId);
  if (name.length > MAX_NAME_CHARACTERS)
    throw configError(
      'ttd_segment_name',
      `The segment's name has ${name.length} characters; The Trade Desk takes ${MAX_NAME_CHARACTERS}.`,
      {
        hint: "Shorten the delivery's segmentId, segmentName or partnerReference.",
      },
    );
  const ttlDays = terms?.ttlDays ?? settings.ttlDays;
  if (ttlDays < 1 || ttlDays > MAX_TTL_DAYS)
    throw configError('ttd_ttl', `The Trade Desk keeps members 1 to ${MAX_TTL_DAYS} days.`, {
      hint: "Correct the delivery's ttlDays.",
    });
  return { owner, name, ttlMinutes: ttlDays * DAY_MINUTES };
}
