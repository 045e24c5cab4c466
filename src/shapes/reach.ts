import { z } from 'zod';

/** What the commands under `reach` answer. Fields are added, never renamed or taken away. */

const rows = z.int().min(0);
const product = z.enum(['EXPOSURES', 'SUMMARY']).describe('`EXPOSURES`: prepared exposures; `SUMMARY`: the daily summary');
const source = z.string().describe('the log');
const time = z.string().nullable();
const day = z.string().nullable();

export const refreshedOutput = z.strictObject({
  refreshed: z
    .array(
      z.strictObject({
        product,
        source,
        read: rows.describe('rows of the log that were read, about'),
        made: rows.describe('rows that were made of them'),
        pruned: rows.describe('rows that were taken away, since no audience looks back to them'),
        rebuilt: z.boolean().describe('everything was made anew'),
      }),
    )
    .readonly(),
  seconds: z.number().min(0),
});

export const reachStatusOutput = z.strictObject({
  reach: z
    .array(
      z.strictObject({
        product,
        source,
        condition: z
          .enum(['fresh', 'stale', 'outdated', 'none'])
          .describe(
            '`stale`: the log has changed since; `outdated`: made by other rules or columns; `none`: not made, or not to its end',
          ),
        logRows: rows.describe('rows of the log now'),
        readUntil: time.describe('the newest ingestion time that was read'),
        checkedAt: time.describe('when the log was last found to have changed'),
        horizon: day.describe('the first day that is kept; null: all are'),
        days: rows.describe('days that are kept, up to today'),
        firstDay: day,
        lastDay: day,
        futureRows: rows.describe('rows of the log whose day is yet to come'),
        undatedRows: rows.describe('rows of the log without a readable time'),
        rows: rows.describe('rows that were made'),
      }),
    )
    .readonly(),
});

export const verifiedOutput = z.strictObject({
  seed: z.string().describe('gives the same sample again'),
  audiences: z
    .array(
      z.strictObject({
        agencyId: z.string(),
        advertiserId: z.string(),
        outcome: z.enum(['equal', 'different']),
        prepared: rows.describe('identifiers, with those that are dropped, cut from prepared exposures'),
        straight: rows.describe('the same from the logs themselves'),
        onlyPrepared: rows.describe('judged so only when cut from prepared exposures'),
        onlyStraight: rows.describe('judged so only when cut from the logs'),
      }),
    )
    .readonly(),
  days: z
    .array(
      z.strictObject({
        agencyId: z.string(),
        day: z.string(),
        outcome: z.enum(['equal', 'different']),
        log: rows.describe('impressions of the log'),
        summary: z.strictObject({ TOTAL: rows, CREATIVE: rows, SITE: rows, ZIP: rows }),
      }),
    )
    .readonly(),
  unchecked: z.array(product).readonly().describe('what is not made, or is older than its log, and so was not compared'),
});
