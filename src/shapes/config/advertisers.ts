import { z } from 'zod';
import { advertiserKey } from './advertiser-config.ts';
import { flagParam, idParam, limitParam, offsetParam } from './envelope.ts';

/** Lists of advertisers. */

const id = (meaning: string) => z.string().describe(meaning);
const count = (meaning: string) => z.int().min(0).describe(meaning);
const nullableText = (meaning: string) => z.string().nullable().describe(meaning);

/** What a list narrows its advertisers by; each figure of the scorecard is one of them. */
export const NEEDS = ['any', 'campaigns', 'domains', 'places', 'delivery'] as const;
/** Of an advertiser's deliveries together: the first of these that one of them has. `NONE` has no destination. */
export const ADVERTISER_DELIVERY_STATES = ['BLOCKED', 'FAILED', 'PAUSED', 'ON', 'OFF', 'NONE', 'NOT_CHECKED'] as const;
const HUB_SORTS = ['impressions', 'name', 'score', 'last_impression', 'updated'] as const;
/** Steps that an advertiser's set-up may still need. */
export const STEPS = [
  'create_config',
  'activate',
  'map_campaigns',
  'map_domains',
  'assign_places',
  'add_destination',
  'enable_delivery',
  'fix_config',
  'fix_delivery',
] as const;

const step = z
  .strictObject({
    code: z.enum(STEPS).describe('the step, stable, for programs'),
    text: z.string().describe('what to do, in words'),
    blocks_delivery: z.boolean().describe('whether nothing can be delivered before'),
  })
  .meta({ id: 'SetupStep', description: "A step that an advertiser's set-up still needs." });

export type SetupStep = z.infer<typeof step>;

const scored = {
  SETUP_SCORE: z
    .int()
    .min(0)
    .max(3)
    .describe('one for each of campaigns, domains and places; what the strategy does not need counts'),
  STEPS_NEEDED: z.array(step).describe('what is still to be done, the most needed first'),
} as const;

export const advertiserConfigQuery = z.strictObject({
  agency_id: idParam.optional().describe('only of this agency'),
  advertiser_id: idParam.optional().describe('only this advertiser'),
  active_only: flagParam(true).describe('only those whose CONFIG_STATUS is ACTIVE'),
  limit: limitParam(100, 500),
  offset: offsetParam,
});

export const searchQuery = z.strictObject({
  q: z.string().trim().min(2).max(200).describe('part of a name, an id, or both; forgiving of typing errors and accents'),
  agency_id: idParam.optional().describe('only of this agency'),
  reporting_ready: flagParam(false).describe('only those that are active and have something assigned'),
  limit: limitParam(25, 100),
  offset: offsetParam,
});

export const searchRow = z
  .strictObject({
    AGENCY_ID: id('the agency'),
    AGENCY_NAME: nullableText("the agency's name"),
    ADVERTISER_ID: id('the advertiser'),
    ADVERTISER_NAME: nullableText('the name to show'),
    RAW_NAME: nullableText('the name as the warehouse has it, with a CRM code before it'),
    CONFIG_STATUS: z.enum(['ACTIVE', 'INACTIVE', 'PENDING', 'NOT_CONFIGURED']).describe('NOT_CONFIGURED has no row yet'),
    REPORTING_READY: z.boolean().describe('active, with something assigned'),
  })
  .meta({ id: 'FoundAdvertiser', description: 'An advertiser that a search has found.' });

export type SearchRow = z.infer<typeof searchRow>;

export const hubQuery = z.strictObject({
  agency_id: idParam.optional().describe('only of this agency'),
  search: z.string().trim().max(200).optional().describe('part of a name, an id or a domain'),
  needs_setup: flagParam(false).describe('only those that still need something'),
  needs: z.enum(NEEDS).optional().describe('only active ones that lack this; `any` lack something'),
  has: z.enum(['campaigns', 'domains', 'places', 'delivery']).optional().describe('only active ones that have this'),
  status: z.enum(['ACTIVE', 'INACTIVE', 'PENDING', 'NOT_CONFIGURED']).optional().describe('only with this CONFIG_STATUS'),
  delivery_state: z.enum(ADVERTISER_DELIVERY_STATES).optional().describe('only with this DELIVERY_STATE'),
  sort: z
    .enum(HUB_SORTS)
    .optional()
    .describe(
      'by 14-day impressions, name, SETUP_SCORE, newest impression or change; by default the first, or how well the search fits',
    ),
  descending: z
    .enum(['true', 'false'])
    .optional()
    .transform((text) => (text === undefined ? undefined : text === 'true'))
    .describe('the other way round; figures begin with the largest unless said, names with A'),
  limit: limitParam(100, 500),
  offset: offsetParam,
});

export type HubQuery = z.output<typeof hubQuery>;

export const hubRow = z
  .strictObject({
    AGENCY_ID: id('the agency'),
    AGENCY_NAME: nullableText("the agency's name"),
    ADVERTISER_ID: id('the advertiser'),
    ADVERTISER_NAME: nullableText('the name to show'),
    CONFIG_STATUS: z.enum(['ACTIVE', 'INACTIVE', 'PENDING', 'NOT_CONFIGURED']).describe('NOT_CONFIGURED has no row yet'),
    EXPOSURE_SOURCE: nullableText('how people are reached; null when not configured'),
    IMPRESSION_JOIN_STRATEGY: nullableText("which impressions are the advertiser's; null when not configured"),
    DOMAINS: z.array(z.string()).describe('its first two hosts'),
    DOMAIN_COUNT: count('hosts mapped'),
    POI_COUNT: count('places assigned'),
    CAMPAIGN_COUNT: count('campaign mappings'),
    TOTAL_IMPRESSIONS_14D: z
      .int()
      .min(0)
      .nullable()
      .describe('impressions of the last 14 days that are its own; null when that was not counted'),
    LAST_IMPRESSION: z.string().nullable().describe('the day of the newest of them, or the time that the row has; UTC'),
    ...scored,
    DELIVERY_STATE: z
      .enum(ADVERTISER_DELIVERY_STATES)
      .describe('how its deliveries are doing; NOT_CHECKED when that is not known'),
    CONFIG_VERSION: count('version of its row; 0 without one'),
    UPDATED_AT: z.string().nullable().describe('when its row was last changed; ISO 8601, UTC'),
  })
  .meta({ id: 'HubAdvertiser', description: 'An advertiser, and what its set-up still needs.' });

export type HubRow = z.infer<typeof hubRow>;

export const setupOf = z.strictObject(scored);
export const detailQuery = z.strictObject({
  ...advertiserKey,
  limit: limitParam(100, 500).describe('rows of each first page, 1 to 500'),
});
