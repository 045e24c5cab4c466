import { z } from 'zod';
import { idParam, limitParam, offsetParam } from './envelope.ts';

/** How the warehouse and its feeds are. */

const instantOrNull = (meaning: string) => z.string().nullable().describe(`${meaning}; ISO 8601, UTC`);
const cell = z.enum(['YES', 'NO', 'NOT_CHECKED']);

export const schemaCheckQuery = z.strictObject({
  severity: z.enum(['error', 'warning', 'info']).optional().describe('only of this severity'),
  limit: limitParam(200, 1000),
  offset: offsetParam,
});

export const schemaCheckRow = z
  .strictObject({
    KIND: z
      .enum(['missing_table', 'missing_column', 'wrong_type', 'extra_column', 'no_access'])
      .describe('what is not as the program knows it'),
    SEVERITY: z
      .enum(['error', 'warning', 'info'])
      .describe('`error`: delivery cannot do without it; `warning`: something does not work as meant; `info`: good to know'),
    TABLE: z.string().describe('the table, by its name in docs/tables.md'),
    COLUMN: z.string().nullable().describe('the column; null for the whole table'),
    MESSAGE: z.string().describe('what was found'),
    HINT: z.string().nullable().describe('what to do'),
    STATEMENT: z.string().nullable().describe('the statement that puts it right; null when there is none'),
  })
  .meta({ id: 'SchemaFinding', description: 'A way in which the warehouse differs from what the program knows.' });

export type SchemaCheckRow = z.infer<typeof schemaCheckRow>;

export const pipelineHealthQuery = z.strictObject({
  agency_id: idParam.optional().describe('only this agency; without it all that you see'),
});

export const FEED_STATUSES = ['HEALTHY', 'WARNING', 'CRITICAL', 'UNKNOWN', 'INFORMATIONAL'] as const;
const feedStatus = z
  .enum(FEED_STATUSES)
  .describe('`UNKNOWN`: it could not be looked at, which is never healthy; `INFORMATIONAL`: nobody depends on it');

const feed = z
  .strictObject({
    FEED: z.string().describe('the table'),
    STATUS: feedStatus,
    CONDITION: z
      .enum(['fresh', 'late', 'never_filled', 'only_future', 'not_checked'])
      .describe('`never_filled`: it has no row at all, which is not the same as an old one; `only_future`: no row up to now'),
    DETAIL: z.string().describe('what was found, in words'),
    FRESHNESS_COLUMN: z.string().nullable().describe('the column by which its age is told'),
    CADENCE: z.string().describe('how often new rows are expected'),
    NEWEST_AT: instantOrNull('the newest row up to now'),
    AGE_DAYS: z.number().nullable().describe('its age: whole UTC days for dates, else elapsed days with a decimal'),
    HEALTHY_DAYS: z.number().nullable().describe('up to this age it is healthy; null when it is not judged'),
    CRITICAL_DAYS: z.number().nullable().describe('beyond this age it is critical; null when it is not judged'),
    FUTURE_ROWS: z
      .int()
      .nullable()
      .describe('rows that claim to be of the future, which do not count as fresh; null when not counted'),
    USED_BY: z.int().min(0).describe('advertisers in sight that depend on it'),
    CHECKED_AT: instantOrNull('when it was looked at last, with a result'),
    LAST_KNOWN_AT: instantOrNull('its newest row then, where this look failed'),
    VOLUME: z
      .strictObject({
        STATUS: feedStatus,
        RECENT_MEAN: z.number().nullable().describe('rows a day, the last three settled days'),
        BEFORE_MEAN: z.number().nullable().describe('rows a day, the seven days before'),
        CHANGE_PERCENT: z.number().nullable().describe('the difference in percent'),
        DETAIL: z.string().describe('in words'),
      })
      .nullable()
      .describe('how much came in, settled days only; null where it is not judged'),
  })
  .meta({ id: 'FeedHealth', description: 'How a feed is.' });

export type FeedHealth = z.infer<typeof feed>;

const agency = z
  .strictObject({
    AGENCY_ID: z.string().describe('the agency'),
    OVERALL: z
      .enum(['CRITICAL', 'NEEDS_ATTENTION', 'MINOR_GAPS', 'HEALTHY', 'NOT_CHECKED'])
      .describe('the worst of its findings; what was not checked stands beside it'),
    ADVERTISERS: z.int().min(0).describe('active advertisers'),
    CAMPAIGNS: z.int().nullable().describe('campaign mappings'),
    POIS: z.int().nullable().describe('places assigned'),
    URLS: z.int().nullable().describe('domains mapped'),
    UNMAPPED: z
      .int()
      .nullable()
      .describe('advertisers of ad platforms with 100 impressions or more in 14 days that are not mapped'),
    CONFLICTS: z.int().nullable().describe('campaigns that more than one advertiser claims'),
    DELIVERIES: z
      .strictObject({
        ON: z.int().min(0).describe('deliveries that run'),
        LATE: z.int().min(0).describe('those whose slot is overdue by more than one'),
        FAILED: z.int().min(0).describe('those whose last run failed'),
        BLOCKED: z.int().min(0).describe('those that are switched on and held up'),
      })
      .nullable()
      .describe('its deliveries; null when not checked'),
    CELLS: z
      .strictObject({
        IMPRESSIONS: cell.describe('impressions in the last 30 days'),
        CREATIVES: cell.describe('creative ids, with names'),
        PUBLISHERS: cell.describe('publishers are filled in'),
        ZIP_CODES: cell.describe('zip codes are filled in'),
        PIXEL_EVENTS: cell.describe('pixel events in the last 30 days'),
        POIS: cell.describe('places, or the flag for store visits'),
        URLS: cell.describe('domains, or the flag for web visits'),
        DELIVERY: cell.describe('something is delivered'),
      })
      .describe('what there is'),
    FINDINGS: z
      .array(
        z.strictObject({
          SEVERITY: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']).describe('how bad'),
          CODE: z.string().describe('what, as a stable code'),
          MESSAGE: z.string().describe('what, in words'),
        }),
      )
      .describe('what is wrong, worst first'),
    NOT_CHECKED: z.array(z.string()).describe('what could not be looked at'),
  })
  .meta({ id: 'AgencyHealth', description: 'How an agency is.' });

export type AgencyHealth = z.infer<typeof agency>;

export const pipelineHealth = z
  .strictObject({
    OVERALL: z
      .enum(['HEALTHY', 'WARNING', 'CRITICAL', 'UNKNOWN'])
      .describe('the worst feed; with one that is not known at best a warning'),
    CHECKED_AT: z.string().describe('when; ISO 8601, UTC'),
    FEEDS: z.array(feed).describe('the feeds that the warehouse has a table for'),
    ABSENT: z.array(z.string()).describe('feeds that it has no table for'),
    AGENCIES: z.array(agency).describe('the agencies in sight, worst first'),
  })
  .meta({ id: 'PipelineHealth', description: 'How the feeds and the agencies are.' });

export type PipelineHealth = z.infer<typeof pipelineHealth>;

export const acknowledgeAlertBody = z.strictObject({
  key: z.string().min(1).max(512).describe('the key of the alert, as GET /api/delivery/alerts has it'),
  note: z.string().trim().min(1).max(500).describe('what is being done about it'),
  agency_id: idParam.optional().describe('the agency of the alert, for who sees some agencies alone'),
});

export const acknowledgeAlertAnswer = z
  .strictObject({
    KEY: z.string().describe('the alert'),
    ACKNOWLEDGED_AT: z.string().describe('when; ISO 8601, UTC'),
    ACKNOWLEDGED_BY: z.string().describe('who'),
    NOTE: z.string().describe('what they say'),
  })
  .meta({ id: 'AcknowledgedAlert', description: 'An alert that somebody has taken on. It is over when its cause is.' });
