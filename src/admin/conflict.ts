import type { CampaignKey } from './campaigns/campaign-key.ts';

/** Something that is assigned in two ways that cannot both be true, in whatever area. */
export interface Conflict {
  readonly kind: 'campaign' | 'domain' | 'place';
  readonly agencyId: string;
  /** What is contended for, in words: the keys of a campaign, a host, a place. */
  readonly key: string;
  /** Ids of the advertisers that claim it, in order. */
  readonly advertisers: readonly string[];
  /** Impressions or events that go to nobody for it; null where that was not counted. */
  readonly affected: number | null;
  /** What to do about this one, where that is not what one does about all of its kind. */
  readonly hint?: string;
  /** The keys of a campaign; a null platform is any. */
  readonly campaign?: CampaignKey;
}
