import { DAY_MS } from '../lib/clock.ts';
import { findTable } from '../warehouse/tables.ts';

/** How old each feed may be: the one table that readiness, health and alerts go by. */

export interface FeedPolicy {
  /** The table. */
  readonly feed: string;
  /** Columns that tell its age; the first that is filled does. */
  readonly columns: readonly string[];
  readonly cadence: string;
  /** Up to so many whole days it is healthy; null where its age is not judged. */
  readonly healthyDays: number | null;
  /** Beyond so many it is critical; `policy` is what aquarius.yaml says. */
  readonly criticalDays: number | 'policy' | null;
  /** Holds what nobody needs to have: having no row at all is nothing to tell of. */
  readonly mayBeEmpty?: true;
}

export const FEEDS: readonly FeedPolicy[] = [
  feed('AD_IMPRESSION_LOG_V2', ['INGESTION_TIMESTAMP', 'AUCTION_TIMESTAMP'], 'daily', 1, 'policy'),
  feed('AD_IMPRESSION_DAILY_SUMMARY', ['BUILT_AT'], 'daily', 1, 3),
  feed('WEBPIXEL_EVENTS', ['STAGING_SYS_TIMESTAMP', 'EVENT_TIMESTAMP'], 'daily', 1, 'policy'),
  feed('STORE_VISITS', ['STORE_VISIT_DATE'], 'daily, about four days late', 5, 10),
  { ...feed('WEB_TO_STORE_VISIT_ATTRIBUTION', ['STORE_VISIT_DATE'], 'daily', 3, 7), mayBeEmpty: true },
  { ...feed('CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS', ['LOG_DATE'], 'weekly', 8, 14), mayBeEmpty: true },
  feed('LIVERAMP_IMPRESSION_LOG', ['INGESTION_TIMESTAMP', 'IMPRESSION_TIMESTAMP'], 'historical', null, null),
  feed('PIXEL_CAMPAIGN_MAPPING_V2', ['MODIFIED_AT', 'CREATED_AT'], 'as people map campaigns', null, null),
  feed('SEGMENT_DEVICES_CAPTURED', ['DRIVE_BY_DATE'], 'daily, in several loads', null, null),
  feed('SEGMENT_DELIVERY_DETAILS', ['FINISHED_AT'], 'as deliveries run', null, null),
];

function feed(
  name: string,
  columns: readonly string[],
  cadence: string,
  healthyDays: number | null,
  criticalDays: FeedPolicy['criticalDays'],
): FeedPolicy {
  return { feed: name, columns, cadence, healthyDays, criticalDays };
}

export function feedPolicy(name: string): FeedPolicy | undefined {
  return FEEDS.find((policy) => policy.feed === name);
}

/** The days beyond which a feed is critical; null where its age is not judged. */
export function criticalDaysOf(
  { criticalDays }: FeedPolicy,
  { staleAfterDays }: { readonly staleAfterDays: number },
): number | null {
  return criticalDays === 'policy' ? staleAfterDays : criticalDays;
}

/** A row's age in days: of dates whole UTC days of the calendar, of times elapsed days and parts of one. */
export function ageInDays(feedName: string, column: string, newest: Date, at: Date): number {
  const isDate = findTable(feedName)?.columns.find(({ name }) => name === column)?.type === 'date';
  const day = (time: Date): number => Math.floor(time.getTime() / DAY_MS);
  return isDate ? day(at) - day(newest) : (at.getTime() - newest.getTime()) / DAY_MS;
}
