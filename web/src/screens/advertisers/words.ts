import type { AdvertiserConfigRow } from '../../../../src/shapes/config/advertiser-config.ts';

/** The words of the configuration as people read them. */

export const STATUS_WORDS: Readonly<Record<AdvertiserConfigRow['CONFIG_STATUS'], string>> = {
  ACTIVE: 'Active',
  INACTIVE: 'Inactive',
  PENDING: 'Pending',
  NOT_CONFIGURED: 'Not configured',
};

export const EXPOSURE_WORDS: Readonly<Record<AdvertiserConfigRow['EXPOSURE_SOURCE'], string>> = {
  IMPRESSION: 'Ads seen',
  WEB: 'Site visited',
  OOH: 'Places passed',
};

export const STRATEGY_WORDS: Readonly<Record<AdvertiserConfigRow['IMPRESSION_JOIN_STRATEGY'], string>> = {
  PCM_4KEY: 'Campaign mapping, four keys',
  ADM_PREFIX: 'Campaign mapping, DSP advertisers',
  DIRECT_AG: 'By agency, no mapping',
};
