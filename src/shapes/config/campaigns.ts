import { z } from 'zod';
import { expectedVersion, flagParam, idParam, limitParam, offsetParam, reasonParam } from './envelope.ts';

/** Campaign mappings: which advertiser a platform's impressions belong to. */

const count = (meaning: string) => z.int().min(0).describe(meaning);
const nullableText = (meaning: string) => z.string().nullable().describe(meaning);
const advertiserId = z.string().describe('the advertiser');
const day = (meaning: string) => z.string().nullable().describe(`${meaning}, \`YYYY-MM-DD\`, UTC`);

/** One definition for all lists, per agency, platform and DSP advertiser. */
export const MAPPING_STATES = ['UNMAPPED', 'PARTIAL', 'CONFLICT', 'MAPPED'] as const;
const mappingState = z
  .enum(MAPPING_STATES)
  .describe(
    'MAPPED: all its impressions have an advertiser. PARTIAL: only some insertion orders or line items have. CONFLICT: two advertisers claim the same. UNMAPPED: nobody does',
  );

/** What is wrong with a mapping, or worth knowing. */
export const MAPPING_PROBLEMS = [
  'CONFLICT',
  'SHARED_PREFIX',
  'UNREADABLE_PLATFORM',
  'BLANK_DSP_ADVERTISER',
  'BLANK_ADVERTISER',
  'UNKNOWN_ADVERTISER',
  'DUPLICATE',
  'NOT_USED',
  'INACTIVE_ADVERTISER',
] as const;

const mappingProblem = z
  .strictObject({
    code: z.enum(MAPPING_PROBLEMS).describe('the kind, stable, for programs'),
    message: z.string().describe('what it means, in words'),
    hint: nullableText('what to do about it'),
  })
  .meta({ id: 'MappingProblem', description: 'What is wrong with a mapping, or worth knowing about it.' });

export type MappingProblem = z.infer<typeof mappingProblem>;

const namedAdvertiser = z.strictObject({
  ADVERTISER_ID: advertiserId,
  ADVERTISER_NAME: nullableText('its name; null when nothing names it'),
});

export type NamedAdvertiser = z.infer<typeof namedAdvertiser>;

const searchParam = z.string().trim().max(200).optional().describe('only what has this in a name or id, in any case');
const daysParam = (most: number) =>
  z.coerce.number().int().min(1).max(most).default(30).describe(`UTC days to look at, today included, 1 to ${most}`);

// DSP advertisers

const dspAdvertiser = {
  AGENCY_ID: z.string().describe('the agency'),
  AGENCY_NAME: nullableText('its name'),
  PLATFORM_TYPE_ID: nullableText('the platform type; null where the log has none that is a number'),
  PLATFORM_NAME: nullableText('its name; the number where nothing names it'),
  DSP_ADVERTISER_ID: z.string().describe("the advertiser's id inside the platform; empty where the log has none"),
  DSP_ADVERTISER_NAME: nullableText('its name there, decoded'),
  ACTIVE_DAYS: count('days with impressions, of the days looked at'),
  FIRST_SEEN: day('the first of these days'),
  LAST_SEEN: day('the last of these days'),
};

export const unmappedImpressionsQuery = z.strictObject({
  agency_id: idParam.optional().describe('one agency; by default all that you may see'),
  days: daysParam(90),
  min_impressions: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(100)
    .describe('only with at least so many impressions that belong to nobody, in these days'),
  state: z.enum(['UNMAPPED', 'PARTIAL', 'CONFLICT']).optional().describe('only in this state'),
  platform_type: idParam.optional().describe('only of this platform type'),
  search: searchParam,
  limit: limitParam(100, 500),
  offset: offsetParam,
});

export const unmappedImpressionRow = z
  .strictObject({
    ...dspAdvertiser,
    IMPRESSIONS_30D: count('impressions of the last 30 days, all of them'),
    IMPRESSIONS: count('impressions of the days looked at, all of them'),
    UNASSIGNED_IMPRESSIONS: count('those of them that belong to nobody'),
    COVERED_SHARE: z.number().min(0).max(1).describe('the share of them that belongs to an advertiser, 0 to 1'),
    MAPPING_STATE: mappingState,
    ADVERTISERS: z.array(namedAdvertiser).describe('whom mappings give it to, or part of it'),
    ACTION_REQUIRED: z.string().describe('what to do, in words'),
  })
  .meta({ id: 'UnmappedImpressions', description: 'A DSP advertiser with impressions that belong to nobody.' });

export type UnmappedImpressionRow = z.infer<typeof unmappedImpressionRow>;

export const impressionSearchQuery = z.strictObject({
  agency_id: idParam.describe('the agency'),
  days: daysParam(90),
  min_impressions: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(50)
    .describe('only with at least so many impressions'),
  state: z.enum(MAPPING_STATES).optional().describe('only in this state'),
  platform_type: idParam.optional().describe('only of this platform type'),
  search: searchParam,
  limit: limitParam(100, 500),
  offset: offsetParam,
});

export const impressionSearchRow = z
  .strictObject({
    ...dspAdvertiser,
    IMPRESSIONS: count('impressions of the days looked at'),
    STATE: mappingState,
    MAPPED_COUNT: count('campaigns (insertion order and line item) that belong to an advertiser'),
    UNMAPPED_COUNT: count('campaigns that belong to nobody'),
    MAPPED_IMPRESSIONS: count('impressions that belong to an advertiser'),
    UNMAPPED_IMPRESSIONS: count('impressions that belong to nobody'),
    ADVERTISERS: z.array(namedAdvertiser).describe('whom mappings give it to, or part of it'),
  })
  .meta({ id: 'DspAdvertiser', description: 'A DSP advertiser that the log has impressions of.' });

export type ImpressionSearchRow = z.infer<typeof impressionSearchRow>;

// Mappings

export const campaignMappingsQuery = z.strictObject({
  agency_id: idParam.optional().describe('one agency; by default all that you may see'),
  advertiser_id: idParam.optional().describe('only of this advertiser'),
  state: z.enum(MAPPING_STATES).optional().describe('only whose DSP advertiser is in this state'),
  problem: z
    .enum([...MAPPING_PROBLEMS, 'ANY'])
    .optional()
    .describe('only with this problem, or with any'),
  platform_type: idParam.optional().describe('only of this platform type'),
  dsp_advertiser_id: idParam.optional().describe('only of this DSP advertiser'),
  search: searchParam,
  limit: limitParam(100, 500),
  offset: offsetParam,
});

export const campaignMappingRow = z
  .strictObject({
    MAPPING_ID: nullableText('its number; null at sites without numbers, where the six keys tell a mapping'),
    AGENCY_ID: z.string().describe('the agency'),
    DSP_PLATFORM_TYPE: nullableText('platform type as it is stored'),
    DSP_ADVERTISER_ID: nullableText("the advertiser's id inside the platform"),
    INSERTION_ORDER_ID: nullableText('the insertion order; null matches any'),
    LINE_ITEM_ID: nullableText('the line item; null matches any'),
    QUORUM_ADVERTISER_ID: nullableText('the advertiser; null belongs to nobody'),
    DATA_SOURCE: nullableText('where it came from; `ADMIN_CONFIG` was made here'),
    ADVERTISER_NAME_FROM_DSP: nullableText('name of the DSP advertiser, decoded'),
    INSERTION_ORDER_NAME_FROM_DSP: nullableText('name of the insertion order, decoded'),
    LINE_ITEM_NAME_FROM_DSP: nullableText('name of the line item, decoded'),
    CAMPAIGN_NAME_MANUAL: nullableText('the name that a person gave'),
    IMPRESSION_COUNT: z.number().nullable().describe('impressions, as the row says'),
    IMPRESSIONS_14DAY_ROLLING: z.number().nullable().describe('impressions of 14 days, as the row says'),
    REACH_14DAY_ROLLING: z.number().nullable().describe('reach of 14 days, as the row says'),
    FIRST_IMPRESSION_TIMESTAMP: nullableText('first impression, as the row says; ISO 8601, UTC'),
    LAST_IMPRESSION_TIMESTAMP: nullableText('newest impression, as the row says; ISO 8601, UTC'),
    CAMPAIGN_START_DATE: day('first day of the campaign'),
    CAMPAIGN_END_DATE: day('last day of the campaign'),
    CREATED_AT: nullableText('when it was made; ISO 8601, UTC'),
    MODIFIED_AT: nullableText('when it was last changed; ISO 8601, UTC'),
    PLATFORM_TYPE_ID: nullableText('the platform type as a number; null when it is not readable as one'),
    PLATFORM_NAME: nullableText('its name; the number where nothing names it'),
    AGENCY_NAME: nullableText("the agency's name"),
    ADVERTISER_NAME: nullableText("the advertiser's name"),
    SPECIFICITY: z.int().min(0).max(3).describe('2 for a line item, 1 for an insertion order; the most specific mapping wins'),
    STATE: mappingState,
    CONFLICT_WITH: z.array(namedAdvertiser).describe('others who claim exactly the same'),
    IMPRESSIONS_14D: z
      .int()
      .min(0)
      .nullable()
      .describe('impressions of the last 14 days that this mapping gives its advertiser; null when they could not be counted'),
    PROBLEMS: z.array(mappingProblem),
  })
  .meta({ id: 'CampaignMapping', description: 'A mapping of PIXEL_CAMPAIGN_MAPPING_V2.' });

export type CampaignMappingRow = z.infer<typeof campaignMappingRow>;

// Conflicts

export const CONFLICT_KINDS = ['campaign', 'domain', 'place'] as const;

export const mappingConflictsQuery = z.strictObject({
  agency_id: idParam.optional().describe('one agency; by default all that you may see'),
  kind: z.enum(CONFLICT_KINDS).optional().describe('only of this kind'),
  limit: limitParam(100, 500),
  offset: offsetParam,
});

export const mappingConflictRow = z
  .strictObject({
    KIND: z.enum(CONFLICT_KINDS).describe('what is contended for'),
    AGENCY_ID: z.string().describe('the agency'),
    AGENCY_NAME: nullableText('its name'),
    KEY: z.string().describe('what is contended for, in words'),
    ADVERTISERS: z.array(namedAdvertiser).describe('who claims it'),
    AFFECTED: z.int().min(0).nullable().describe('impressions or events that go to nobody for it; null when not counted'),
    UNIT: z.enum(['impressions', 'events', 'places']).describe('what AFFECTED counts'),
    HINT: z.string().describe('what to do about it'),
    CAMPAIGN: z
      .strictObject({
        PLATFORM_TYPE_ID: nullableText('the platform type; null is any'),
        DSP_ADVERTISER_ID: z.string(),
        INSERTION_ORDER_ID: nullableText('the insertion order; null is any'),
        LINE_ITEM_ID: nullableText('the line item; null is any'),
      })
      .nullable()
      .describe('the keys, where it is about campaigns'),
  })
  .meta({ id: 'MappingConflict', description: 'Something that is assigned in two ways that cannot both be true.' });

export type MappingConflictRow = z.infer<typeof mappingConflictRow>;

// Platforms

export const dspPlatformsQuery = z.strictObject({
  active_only: flagParam(true).describe('only those that are in use'),
  limit: limitParam(500, 500),
  offset: offsetParam,
});

export const dspPlatformRow = z
  .strictObject({
    PLATFORM_TYPE_ID: z.string().describe('the platform type'),
    PLATFORM_NAME: z.string().describe('its name; the number where nothing names it'),
    DSP_SHORT_NAME: nullableText('its short name'),
    DSP_CATEGORY: nullableText('its category'),
    IS_ACTIVE: z.boolean().nullable().describe('whether it is in use; null when that is not said'),
    NOTES: nullableText('notes'),
    IS_NAMED: z.boolean().describe('whether REF_DSP_PLATFORM has it; others were met in mappings'),
  })
  .meta({ id: 'DspPlatform', description: 'An ad platform.' });

export type DspPlatformRow = z.infer<typeof dspPlatformRow>;

// Explaining one impression

export const explainImpressionQuery = z.strictObject({
  agency_id: idParam.describe('the agency'),
  platform_type: idParam.describe('platform type of the impression'),
  dsp_advertiser_id: idParam.describe('DSP advertiser of the impression'),
  insertion_order_id: idParam.optional().describe('its insertion order; left out, it has none'),
  line_item_id: idParam.optional().describe('its line item; left out, it has none'),
});

export const impressionExplanation = z
  .strictObject({
    AGENCY_ID: z.string(),
    PLATFORM_TYPE_ID: nullableText('null when what was given is not readable as a number'),
    PLATFORM_NAME: nullableText('its name; the number where nothing names it'),
    DSP_ADVERTISER_ID: nullableText('null when what was given is blank'),
    INSERTION_ORDER_ID: nullableText('null: it has none'),
    LINE_ITEM_ID: nullableText('null: it has none'),
    STATE: mappingState.describe('of the DSP advertiser as a whole'),
    OUTCOME: z.enum(['OWNED', 'CONFLICT', 'UNMAPPED']).describe('what becomes of such an impression by the four keys'),
    ADVERTISER: namedAdvertiser.nullable().describe('whose it is by the four keys'),
    SENTENCES: z.array(z.string()).describe('why, step by step, in plain words'),
    MAPPINGS: z
      .array(
        z.strictObject({
          MAPPING_ID: nullableText('its number'),
          PLATFORM_TYPE_ID: nullableText('null when not readable as a number'),
          INSERTION_ORDER_ID: nullableText('null matches any'),
          LINE_ITEM_ID: nullableText('null matches any'),
          ADVERTISER: namedAdvertiser.nullable(),
          SPECIFICITY: z.int().min(0).max(3),
          MATCHES: z.boolean().describe('whether it fits such an impression'),
          WINS: z.boolean().describe('whether it fits and none that fits is more specific'),
          WHY: z.string().describe('in words'),
        }),
      )
      .describe('every mapping of the DSP advertiser in the agency; those that win first'),
    ADVERTISERS: z
      .array(
        z.strictObject({
          ADVERTISER: namedAdvertiser,
          STRATEGY: nullableText('its join strategy; null when it is not configured'),
          GETS: z.boolean().describe('whether such an impression counts for it, by its own strategy'),
          WHY: z.string().describe('in words'),
        }),
      )
      .describe('everyone concerned: each advertiser is computed by its own strategy'),
    IMPRESSIONS_30D: z
      .int()
      .min(0)
      .nullable()
      .describe('impressions with these very keys in the last 30 days; null when not counted'),
  })
  .meta({ id: 'ImpressionExplanation', description: 'Why an impression counts for an advertiser, or for nobody.' });

export type ImpressionExplanation = z.infer<typeof impressionExplanation>;

// Changes

/** A platform type as people and programs write it. */
const platformType = z
  .union([z.int().min(0), idParam])
  .transform(String)
  .describe('platform type, a number such as 21');
const optionalId = idParam.nullable().optional();
const text = z.string().trim().max(500).optional();

const campaignKeys = {
  platform_type: platformType,
  dsp_advertiser_id: idParam.describe("the advertiser's id inside the platform"),
  insertion_order_id: optionalId.describe('only this insertion order; left out or null: any'),
  line_item_id: optionalId.describe('only this line item; left out or null: any'),
};

const newMapping = {
  ...campaignKeys,
  quorum_advertiser_id: idParam.describe('the advertiser that it is to belong to'),
  campaign_name: text.describe('a name of your own for it'),
  dsp_advertiser_name: text.describe('name of the DSP advertiser, where the platform gives none'),
};

export const mapCampaignBody = z.strictObject({
  agency_id: idParam.describe('the agency'),
  ...newMapping,
  replace: z.boolean().default(false).describe('take it from the advertiser that has it, instead of 409'),
  expected_version: expectedVersion,
  reason: reasonParam,
});

export const mapCampaignsBody = z.strictObject({
  agency_id: idParam.describe('the agency'),
  mappings: z.array(z.strictObject(newMapping)).min(1).max(500).describe('all of them are made, or none'),
  replace: z.boolean().default(false).describe('take them from the advertisers that have them, instead of 409'),
  reason: reasonParam,
});

const oneMapping = {
  agency_id: idParam.describe('the agency'),
  mapping_id: z
    .union([z.int().min(0), idParam])
    .transform(String)
    .optional()
    .describe('its number'),
  mapping: z
    .strictObject({ ...campaignKeys, quorum_advertiser_id: idParam.describe('the advertiser that has it now') })
    .optional()
    .describe('or its keys, which with agency_id are six; needed where mappings have no numbers'),
  expected_version: expectedVersion.describe(
    'CONFIG_VERSION of the advertiser that has it now, as you have seen it: when it is another by now, nothing is changed (409)',
  ),
  reason: reasonParam,
};
const EITHER = 'give either mapping_id or mapping';

export const unmapCampaignBody = z
  .strictObject(oneMapping)
  .refine(({ mapping_id: id, mapping }) => (id === undefined) !== (mapping === undefined), {
    path: ['mapping_id'],
    message: EITHER,
  });

export const remapCampaignBody = z
  .strictObject({ ...oneMapping, quorum_advertiser_id: idParam.describe('the advertiser that it is to belong to') })
  .refine(({ mapping_id: id, mapping }) => (id === undefined) !== (mapping === undefined), {
    path: ['mapping_id'],
    message: EITHER,
  });

const advertiserSince = z
  .strictObject({
    advertiser_id: advertiserId,
    advertiser_name: nullableText('its name'),
    strategy: nullableText('its join strategy; null when it is not configured'),
    config_version: count('CONFIG_VERSION of its row'),
    campaign_mapping_count: count('mappings that it has'),
    impressions_30d: z
      .int()
      .min(0)
      .nullable()
      .describe('impressions of the last 30 days that are now its own; null when not counted'),
    impressions_gained: z.int().nullable().describe('how many more than before; fewer when below 0'),
  })
  .meta({ id: 'AdvertiserSince', description: 'What an advertiser has since a change of mappings.' });

export type AdvertiserSince = z.infer<typeof advertiserSince>;

const auditId = nullableText('the entry of the audit log, by which it can be taken back; null when nothing was changed');

const mappedOne = {
  mapping_id: nullableText('its number; null at sites without numbers'),
  state: z.enum(['created', 'unchanged', 'replaced']).describe('made; there already; or taken from another advertiser'),
  replaced: z.array(z.string()).describe('the advertisers that it was taken from'),
};

export const mapCampaignAnswer = z
  .strictObject({
    ...mappedOne,
    mapping_state: mappingState.describe('of the DSP advertiser since'),
    impressions_gained: z
      .int()
      .nullable()
      .describe('impressions of the last 30 days that the advertiser has more; null when not counted'),
    advertiser: advertiserSince,
    audit_id: auditId,
  })
  .meta({ id: 'CampaignMapped', description: 'What came of a mapping.' });

export const mapCampaignsAnswer = z
  .strictObject({
    mappings: z.array(z.strictObject(mappedOne)).describe('in the order of the request'),
    created: count('how many were made'),
    unchanged: count('how many were there already'),
    replaced: count('how many were taken from others'),
    impressions_gained: z.int().nullable().describe('impressions of the last 30 days that these advertisers have more, together'),
    advertisers: z.array(advertiserSince).describe('everyone concerned'),
    audit_id: auditId,
  })
  .meta({ id: 'CampaignsMapped', description: 'What came of several mappings.' });

export const remapCampaignAnswer = z
  .strictObject({
    mapping_id: nullableText('its number; null at sites without numbers'),
    state: z
      .enum(['remapped', 'unchanged', 'merged'])
      .describe(
        'it belongs to the other advertiser now; did so already; or that one had the same mapping, so that this one is gone',
      ),
    rows_changed: count('rows that it was: a mapping may stand in the table several times'),
    mapping_state: mappingState.describe('of the DSP advertiser since'),
    from: advertiserSince.nullable().describe('who had it; null when it belonged to nobody'),
    advertiser: advertiserSince,
    audit_id: auditId,
  })
  .meta({ id: 'CampaignRemapped', description: 'What came of giving a mapping to another advertiser.' });

export const unmapCampaignAnswer = z
  .strictObject({
    rows_removed: count('rows that it was: a mapping may stand in the table several times'),
    mapping_state: mappingState.describe('of the DSP advertiser since'),
    advertiser: advertiserSince.nullable().describe('who had it; null when it belonged to nobody'),
    audit_id: auditId,
  })
  .meta({ id: 'CampaignUnmapped', description: 'What came of taking a mapping out.' });
