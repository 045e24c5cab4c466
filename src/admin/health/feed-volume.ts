import { DAY_MS } from '../../lib/clock.ts';
import { raw, sql } from '../../lib/sql.ts';
import type { FeedHealth } from '../../shapes/config/health.ts';
import { isComplete } from '../../warehouse/missing-columns.ts';
import type { AdminContext } from '../context.ts';

type Volume = NonNullable<FeedHealth['VOLUME']>;

const RECENT_DAYS = 3;
const BEFORE_DAYS = 7;
const WARNING_PERCENT = -25;
const CRITICAL_PERCENT = -50;
const SPIKE = 3;

/**
 * How many impressions came in a day: the last three settled days against the seven before them. From the daily summary, since a log is
 * never counted; null where there is none. The day that is not over is left out.
 */
export async function impressionVolume({
  session,
  catalogue,
  clock,
  signal,
}: Pick<AdminContext, 'session' | 'catalogue' | 'clock' | 'signal'>): Promise<Volume | null> {
  const summary = catalogue.table('AD_IMPRESSION_DAILY_SUMMARY');
  if (!isComplete(summary)) return null;
  const day = (back: number): string => new Date(clock.now().getTime() - back * DAY_MS).toISOString().slice(0, 10);
  // Days of our own clock, never from outside.
  const dateSql = (back: number) => raw(`DATE '${day(back)}'`);
  const date = summary.column('LOG_DATE');
  const rows = await session.all(
    sql`SELECT CAST(${date} AS VARCHAR) AS day, CAST(SUM(${summary.column('IMPRESSIONS')}) AS DOUBLE) AS impressions
      FROM ${summary.ref} WHERE ${summary.column('DIM_TYPE')} = 'TOTAL'
        AND ${date} BETWEEN ${dateSql(RECENT_DAYS + BEFORE_DAYS)} AND ${dateSql(1)}
      GROUP BY 1`,
    { signal },
  );
  if (rows.length === 0) return null;
  const counts = new Map(rows.map((row) => [String(row.day).slice(0, 10), Number(row.impressions)]));
  const mean = (from: number, days: number): number =>
    Array.from({ length: days }, (_, index) => counts.get(day(from + index)) ?? 0).reduce((sum, count) => sum + count, 0) / days;
  return judgeVolume(mean(1, RECENT_DAYS), mean(1 + RECENT_DAYS, BEFORE_DAYS));
}

export function judgeVolume(recent: number, before: number): Volume {
  const change = before === 0 ? null : Math.round(((recent - before) / before) * 1000) / 10;
  const figures = { RECENT_MEAN: Math.round(recent), BEFORE_MEAN: Math.round(before), CHANGE_PERCENT: change };
  if (change === null) return { ...figures, STATUS: 'INFORMATIONAL', DETAIL: 'There are no days before to compare with.' };
  if (change <= CRITICAL_PERCENT) return { ...figures, STATUS: 'CRITICAL', DETAIL: 'Half as much as before, or less.' };
  if (change <= WARNING_PERCENT)
    return { ...figures, STATUS: 'WARNING', DETAIL: 'A quarter less than before, or more than that.' };
  if (recent > before * SPIKE) return { ...figures, STATUS: 'WARNING', DETAIL: 'More than three times as much as before.' };
  return { ...figures, STATUS: 'HEALTHY', DETAIL: 'As much as before.' };
}
