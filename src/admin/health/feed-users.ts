import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import { integerOf } from '../../config/values.ts';
import { sourcesOf } from '../../delivery/candidate.ts';

/** How many active advertisers depend on each feed, by its name. */
export function feedUsers(configs: readonly AdvertiserConfig[]): ReadonlyMap<string, number> {
  const users = new Map<string, number>();
  for (const config of configs) {
    if (config.status !== 'ACTIVE') continue;
    for (const feed of feedsOf(config)) users.set(feed, (users.get(feed) ?? 0) + 1);
  }
  return users;
}

function feedsOf(config: AdvertiserConfig): ReadonlySet<string> {
  const entries = config.destinations.filter(({ enabled }) => enabled && config.deliveryEnabled);
  const feeds = new Set(entries.flatMap((entry) => sourcesOf(config, entry)));
  const has = (column: string): boolean => (integerOf(config.row[column]) ?? 0) > 0;
  if (config.exposureSource === 'IMPRESSION' || has('CAMPAIGN_MAPPING_COUNT')) feeds.add('AD_IMPRESSION_LOG_V2');
  if (config.exposureSource === 'WEB' || has('WEB_PIXEL_URL_COUNT')) feeds.add('WEBPIXEL_EVENTS');
  if (config.exposureSource === 'OOH' || has('SEGMENT_COUNT')) feeds.add('STORE_VISITS');
  if (feeds.has('AD_IMPRESSION_LOG_V2')) {
    feeds.add('AD_IMPRESSION_DAILY_SUMMARY');
    if (config.joinStrategy === 'PCM_4KEY') feeds.add('CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS');
  }
  if (feeds.has('STORE_VISITS')) feeds.add('WEB_TO_STORE_VISIT_ATTRIBUTION');
  return feeds;
}
