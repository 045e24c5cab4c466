import { z } from 'zod';
import { idParam } from './envelope.ts';

/** A row of REF_ADVERTISER_CONFIG as the API shows it: understood, with the defaults in place of what the row does not say. */

const nullableText = (meaning: string) => z.string().nullable().describe(meaning);
const nullableInstant = (meaning: string) => z.string().nullable().describe(`${meaning}; ISO 8601, UTC`);
const count = (meaning: string) => z.int().min(0).describe(meaning);

export const CONFIG_STATUSES = ['ACTIVE', 'INACTIVE', 'PENDING', 'NOT_CONFIGURED'] as const;

const problem = z.strictObject({
  path: z.string().describe('the column, and where in it'),
  message: z.string().describe('what is wrong'),
  hint: z.string().nullable().describe('what to do about it'),
});

export const advertiserConfigRow = z
  .strictObject({
    AGENCY_ID: z.string().describe('the agency'),
    ADVERTISER_ID: z.string().describe('the advertiser'),
    AGENCY_NAME: nullableText("the agency's one name"),
    ADVERTISER_NAME: nullableText('the name to show: the display name, else the one of the name table'),
    CONFIG_STATUS: z.enum(CONFIG_STATUSES).describe('only ACTIVE ones are delivered; NOT_CONFIGURED has no row yet'),
    EXPOSURE_SOURCE: z.enum(['IMPRESSION', 'WEB', 'OOH']).describe('how people are reached'),
    IMPRESSION_JOIN_STRATEGY: z.enum(['PCM_4KEY', 'ADM_PREFIX', 'DIRECT_AG']).describe("which impressions are the advertiser's"),
    MATCH_STRATEGY: z.string().describe('informational: reports are by household'),
    ATTRIBUTION_WINDOW_DAYS: z.int().describe('days from an ad to a visit that count as its effect'),
    HAS_IMPRESSION_TRACKING: z.boolean().nullable().describe('campaigns are mapped'),
    HAS_STORE_VISIT_ATTRIBUTION: z.boolean().nullable().describe('places are assigned'),
    HAS_WEB_VISIT_ATTRIBUTION: z.boolean().nullable().describe('domains are mapped'),
    SEGMENT_COUNT: count('places assigned'),
    POI_URL_COUNT: count('domains that are store locators'),
    WEB_PIXEL_URL_COUNT: count('domains mapped'),
    CAMPAIGN_MAPPING_COUNT: count('campaign mappings'),
    PLATFORM_TYPE_IDS: z.array(z.string()).describe('platform types'),
    REPORT_TYPE_IDS: z.array(z.string()).describe('report types'),
    WEB_PIXEL_INTEGRATION_TYPE: nullableText("the platform of the advertiser's site"),
    WEB_VISIT_SOURCE: z.string().describe('label of the source of web visits'),
    STORE_VISIT_SOURCE: z.string().describe('which tables of store visits are read'),
    CLIENT_IDENTIFIER: nullableText("the client's own identifier"),
    ADVERTISER_DISPLAY_NAME: nullableText('the name that people gave; null where the name table has it'),
    DELIVERY_ENABLED: z.boolean().describe('whether anything is delivered'),
    DELIVERY_DESTINATIONS: z
      .array(z.record(z.string(), z.unknown()).describe('an entry, as GET /api/config/destination-schemas describes it'))
      .describe('where it is delivered, as it is stored: what an entry leaves out has its default'),
    DELIVERY_CADENCE: z.string().describe('how often it is delivered'),
    DELIVERY_LOOKBACK_DAYS: z.int().nullable().describe('how far back exposures count, in days; null never expires'),
    CONFIG_VERSION: count('counts the writes; 0 before the program has written the row'),
    LAST_IMPRESSION_AT: nullableInstant('the newest impression'),
    LAST_STORE_VISIT_AT: nullableInstant('the newest store visit'),
    LAST_WEB_VISIT_AT: nullableInstant('the newest web visit'),
    CREATED_AT: nullableInstant('when the row was made'),
    UPDATED_AT: nullableInstant('when the row was last changed'),
    PROCESSING_STATE: z
      .enum(['ACTIVE', 'PAUSED', 'UNKNOWN'])
      .describe('ACTIVE: seen within the attribution window; PAUSED: not seen for longer; UNKNOWN: the warehouse does not say'),
    PROBLEMS: z.array(problem).describe('what is wrong with the row; while there is something, nothing is delivered from it'),
  })
  .meta({ id: 'AdvertiserConfig', description: "An advertiser's configuration." });

export type AdvertiserConfigRow = z.infer<typeof advertiserConfigRow>;

export const advertiserKey = {
  agency_id: idParam.describe('the agency'),
  advertiser_id: idParam.describe('the advertiser'),
} as const;
