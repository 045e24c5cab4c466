import { z } from 'zod';
import { deliveryOverview } from '../delivery-shape.ts';
import { advertiserConfigRow } from './advertiser-config.ts';
import { ADVERTISER_DELIVERY_STATES, setupOf } from './advertisers.ts';
import { campaignMappingRow } from './campaigns.ts';
import { mappedUrl } from './domains.ts';
import { assignedPoiRow, poiSummary } from './places.ts';

/** Everything about one advertiser that its page begins with. */

const count = (meaning: string) => z.int().min(0).describe(meaning);

/** The first rows of a list, and how many there are in all; null total when that could not be told. */
function firstPage<Row extends z.ZodType>(row: Row, meaning: string) {
  return z
    .strictObject({
      rows: z.array(row).describe('the first of them'),
      total: count('how many there are in all'),
      truncated: z.boolean().describe('there are more than these'),
      list: z.string().describe('the endpoint that lists them all'),
    })
    .describe(meaning);
}

const sampleKeys = z.strictObject({
  PLATFORM_TYPE_ID: z.string().nullable().describe('platform type'),
  DSP_ADVERTISER_ID: z.string().describe("the advertiser's id inside the platform"),
  INSERTION_ORDER_ID: z.string().nullable().describe('insertion order; null for any or none'),
  LINE_ITEM_ID: z.string().nullable().describe('line item; null for any or none'),
  IMPRESSIONS: z.int().min(0).nullable().describe('impressions of the last 30 days; null when not counted'),
  LAST_SEEN: z.string().nullable().describe('the newest day with one'),
});

export const advertiserDetail = z
  .strictObject({
    config: advertiserConfigRow,
    setup: setupOf.describe('how far the set-up has come'),
    domains: firstPage(mappedUrl, 'domains that are mapped'),
    campaigns: firstPage(campaignMappingRow, 'campaign mappings'),
    pois: firstPage(assignedPoiRow, 'places that are assigned'),
    poi_summary: poiSummary,
    impressions: z
      .strictObject({
        total_14d: z.int().min(0).nullable().describe('impressions of the last 14 days that are its own; null when not counted'),
        last_seen: z.string().nullable().describe('the day of the newest of them'),
      })
      .describe('what was seen of it'),
    delivery: z
      .strictObject({
        enabled: z.boolean().describe('DELIVERY_ENABLED'),
        state: z.enum(ADVERTISER_DELIVERY_STATES).describe('of its deliveries together'),
        cadence: z.string().describe('how often it is delivered'),
        cadence_words: z.string().nullable().describe('the same in words; null when it cannot be read'),
        lookback_days: z.int().nullable().describe('days; null never expires'),
        next: z.array(z.string()).describe('the next three times; ISO 8601, UTC'),
        deliveries: z.array(deliveryOverview).describe('each delivery, with its newest run and next slot'),
      })
      .describe('how it is delivered'),
    pixel_macro: z.string().describe('what its pixels report to be known: AG=<agency>&ADV=<advertiser>'),
    four_key_sample: z
      .array(sampleKeys)
      .describe('what the four keys of its impressions look like, from the log or the summary; the most frequent first'),
  })
  .meta({ id: 'AdvertiserDetail', description: 'An advertiser with what is assigned to it and how it is delivered.' });

export type AdvertiserDetail = z.infer<typeof advertiserDetail>;
