import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import { countOf } from './config-row.ts';

const COUNTS = ['SEGMENT_COUNT', 'WEB_PIXEL_URL_COUNT', 'CAMPAIGN_MAPPING_COUNT'];

/**
 * Whether reports can say anything of an advertiser: it is active, and something is assigned to it by the counts of its row. For
 * DIRECT_AG nothing needs to be: the agency's own rows are reported.
 */
export function isReportingReady(config: AdvertiserConfig | null): boolean {
  if (config?.status !== 'ACTIVE') return false;
  return config.joinStrategy === 'DIRECT_AG' || COUNTS.some((column) => countOf(config.row[column]) > 0);
}
