import { z } from 'zod';
import { advertiserConfigRow, advertiserKey } from './advertiser-config.ts';
import { expectedVersion, idParam, reasonParam } from './envelope.ts';

/** Making advertisers, and changing their configuration. */

export const createAdvertiserBody = z
  .strictObject({
    agency_id: idParam.describe('the agency'),
    advertiser_name: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[^\p{Cc}]+$/u, 'must not hold control characters')
      .describe('its name, 1 to 200 characters'),
    reason: reasonParam,
  })
  .meta({ id: 'CreateAdvertiser', description: 'A new advertiser.' });

export const createdAdvertiser = z
  .strictObject({
    advertiser_id: z.string().describe('the id that it got'),
    config: advertiserConfigRow,
    strategy_reason: z.string().describe('why it got its join strategy, in words'),
    audit_id: z.string().nullable().describe('the entry of the audit log; POST /api/config/undo takes it back'),
  })
  .meta({ id: 'CreatedAdvertiser', description: 'The advertiser that was made.' });

const word = (meaning: string) => z.string().max(200).nullable().optional().describe(meaning);
const flag = (meaning: string) => z.boolean().nullable().optional().describe(meaning);
const ids = (meaning: string) =>
  z
    .union([z.string().max(2000), z.array(z.union([z.string(), z.int()])).max(200)])
    .nullable()
    .optional()
    .describe(meaning);

/** Values are judged by the one reading of each column, so that every mistake is told together; here only their kinds are. */
export const updateConfigBody = z
  .strictObject({
    ...advertiserKey,
    attribution_window_days: z.int().nullable().optional().describe('days from an ad to a visit that count, 1 to 90'),
    match_strategy: word('HOUSEHOLD, IP_MAID, DEVICE or IP_ONLY; informational'),
    impression_join_strategy: word('PCM_4KEY, ADM_PREFIX or DIRECT_AG'),
    config_status: word('ACTIVE, INACTIVE or PENDING'),
    exposure_source: word('IMPRESSION, WEB or OOH'),
    web_pixel_integration_type: word("the platform of the advertiser's site"),
    web_visit_source: word('QUORUM_ADV_WEB_VISITS or PARAMOUNT_SITEVISITS; a label'),
    store_visit_source: word('BOTH, BASE or DERIVED'),
    report_type_ids: ids('report types, as an array or a comma list'),
    platform_type_ids: ids('platform types, as an array or a comma list'),
    client_identifier: word("the client's own identifier"),
    advertiser_display_name: word('the name to show; null takes the one of the name table'),
    has_impression_tracking: flag('may not contradict the campaigns that are mapped'),
    has_store_visit_attribution: flag('may not contradict the places that are assigned'),
    has_web_visit_attribution: flag('may not contradict the domains that are mapped'),
    delivery_enabled: z.boolean().optional().describe('whether anything is delivered'),
    delivery_destinations: z
      .array(z.record(z.string(), z.unknown()).describe('an entry, as GET /api/config/destination-schemas describes it'))
      .max(100)
      .optional()
      .describe('where it is delivered; all entries, since they replace those that are there'),
    delivery_cadence: z.string().max(200).optional().describe('DAILY, WEEKLY, MONTHLY, or CRON with five fields and TZ=zone'),
    delivery_lookback_days: z.int().nullable().optional().describe('how far back exposures count, 1 to 365; null never expires'),
    expected_version: expectedVersion,
    dry_run: z.boolean().default(false).describe('tells what would change, and changes nothing'),
    reason: reasonParam,
  })
  .meta({ id: 'UpdateConfig', description: 'What to change; what is left out stays as it is.' });

export type UpdateConfigBody = z.output<typeof updateConfigBody>;

const values = (meaning: string) => z.record(z.string(), z.unknown()).describe(meaning);

export const updatedConfig = z
  .strictObject({
    fields_updated: z.array(z.string()).describe('parameters whose value has changed'),
    before: values('their values as they were, by parameter'),
    after: values('their values as they are, by parameter'),
    config: advertiserConfigRow,
    is_dry_run: z.boolean().describe('nothing was written'),
    audit_id: z.string().nullable().describe('the entry of the audit log; null when nothing was written'),
  })
  .meta({ id: 'UpdatedConfig', description: 'What has changed.' });

export type UpdatedConfig = z.infer<typeof updatedConfig>;
