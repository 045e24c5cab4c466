import { z } from 'zod';
import { idParam, limitParam, offsetParam } from './envelope.ts';

/** Lists to choose from, and figures over all advertisers. */

const count = (meaning: string) => z.int().min(0).describe(meaning);

export const agenciesQuery = z.strictObject({
  scope: z
    .enum(['all', 'reporting'])
    .default('all')
    .describe('`all` that any table knows, or those with an advertiser that is ready to be reported'),
  limit: limitParam(1000, 5000),
  offset: offsetParam,
});

export const agencyRow = z
  .strictObject({
    AGENCY_ID: z.string().describe('the agency'),
    AGENCY_NAME: z.string().nullable().describe('its one name; null when no table has one'),
    ADVERTISER_COUNT: count('advertisers that any table knows'),
    ACTIVE_COUNT: count('advertisers whose CONFIG_STATUS is ACTIVE'),
    WITH_POI: count('advertisers with places'),
    WITH_WEB_PIXEL: count('advertisers with domains'),
    WITH_CAMPAIGNS: count('advertisers with campaigns'),
    WITH_REPORT_TYPE: count('advertisers with a report type'),
    WITH_DELIVERY: count('active advertisers that are delivered'),
    REPORTING_READY: z.boolean().describe('one of them is active and has something assigned'),
    STRATEGIES: z
      .array(z.string())
      .describe('join strategies of its active advertisers; more than one is legal, each advertiser is computed by its own'),
    KNOWN_FROM: z
      .array(z.enum(['names', 'config', 'campaigns', 'domains', 'places', 'pixel_events']))
      .describe('the tables that know it'),
  })
  .meta({ id: 'AgencySummary', description: 'An agency.' });

export type AgencyRow = z.infer<typeof agencyRow>;

export const reportTypeRow = z
  .strictObject({
    REPORT_TYPE_ID: z.string().describe('the report type'),
    REPORT_TYPE_CODE: z.string().nullable().describe('its short name'),
    EXPOSURE_SOURCE: z.string().nullable().describe('what reached people'),
    OUTCOME_TYPE: z.string().nullable().describe('what came of it'),
    DISPLAY_NAME: z.string().nullable().describe('its name'),
    DESCRIPTION: z.string().nullable().describe('what it shows'),
    SORT_ORDER: z.int().nullable().describe('where it stands in lists'),
  })
  .meta({ id: 'ReportType', description: 'A kind of report.' });

export type ReportTypeRow = z.infer<typeof reportTypeRow>;

export const reportTypesQuery = z.strictObject({ limit: limitParam(100, 500), offset: offsetParam });

/** A figure with the list that it counts. */
const figure = z
  .strictObject({
    value: z.int().min(0).nullable().describe('how many; null when it was not counted'),
    percent: z.number().nullable().describe('as a share of the active advertisers, in percent; null where that means nothing'),
    list: z.string().nullable().describe('the endpoint whose `total` is this figure, with its parameters'),
    note: z.string().nullable().describe('why it was not counted, in words'),
  })
  .meta({ id: 'ScorecardFigure', description: 'A figure, and the list that it counts.' });

export type Figure = z.infer<typeof figure>;

export const scorecardQuery = z.strictObject({ agency_id: idParam.optional().describe('only of this agency') });

export const scorecard = z
  .strictObject({
    TOTAL_ADVERTISERS: figure.describe('advertisers with a configuration'),
    ACTIVE_CONFIGS: figure.describe('advertisers whose CONFIG_STATUS is ACTIVE'),
    AGENCY_COUNT: figure.describe('agencies that any table knows'),
    STORE_VISIT_CONFIGURED: figure.describe('active advertisers with places'),
    WEB_VISIT_CONFIGURED: figure.describe('active advertisers with domains'),
    IMPRESSION_CONFIGURED: figure.describe('active advertisers with campaigns, or whose strategy needs none'),
    DELIVERY_CONFIGURED: figure.describe('active advertisers whose delivery is on, with a destination'),
    POI_ASSIGNED: figure.describe('places assigned, over all advertisers'),
    UNMAPPED_IMPRESSIONS: figure.describe('DSP advertisers with 100 impressions or more in 30 days that are not wholly mapped'),
    UNMAPPED_DOMAINS: figure.describe('domains that report events and belong to no advertiser'),
    CONFLICTS: figure.describe('campaigns, domains and places that contradict one another'),
    LAST_CONFIG_UPDATE: z.string().nullable().describe('when a configuration was last changed; ISO 8601, UTC'),
  })
  .meta({ id: 'Scorecard', description: 'How far the set-up has come.' });

export type Scorecard = z.infer<typeof scorecard>;
