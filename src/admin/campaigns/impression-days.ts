import { join, raw, type Sql, sql } from '../../lib/sql.ts';
import { readState } from '../../reach/day-ledger.ts';
import { timeColumn } from '../../reach/ownership.ts';
import { RAW_KEYS } from '../../reach/summary-groups.ts';
import { summaryProduct } from '../../reach/summary-product.ts';
import { idSql, platformSql, presentIdSql } from '../../reach/text-sql.ts';
import { countRows } from '../../reach/touched-days.ts';
import { workTable } from '../../reach/work-table.ts';
import type { BoundTable } from '../../warehouse/catalogue.ts';
import { timeSql } from '../../warehouse/time-column.ts';
import { type AdminContext, inScope, isInScope } from '../context.ts';

/** Impressions by campaign and UTC day: from the daily summary where it is built, else counted in the log. */

const LOG = 'AD_IMPRESSION_LOG_V2';
const SUMMARY = 'AD_IMPRESSION_DAILY_SUMMARY';
const DAY_MS = 86_400_000;

export interface ImpressionRequest {
  /** UTC days, today included. */
  readonly days: number;
  /** Only these agencies; all in scope when left out. */
  readonly agencyIds?: readonly string[] | undefined;
  /** Only these DSP advertisers. */
  readonly dsps?: readonly string[] | undefined;
}

export interface ImpressionDays {
  /** `agency, day, platform, dsp, io, li, dsp_name, impressions`; ids are null for none. Null when there is nothing to count in. */
  readonly table: Sql | null;
  /** What people should know about the figures. */
  readonly warnings: readonly string[];
}

/** The first day of the last so many UTC days, `YYYY-MM-DD`. */
export function firstDay(now: Date, days: number): string {
  return dayText(new Date(now.getTime() - (days - 1) * DAY_MS));
}

const dayText = (time: Date): string => time.toISOString().slice(0, 10);

/** Counts once, into a temporary table of the session. */
export async function impressionDays(ctx: AdminContext, request: ImpressionRequest): Promise<ImpressionDays> {
  const { catalogue, session, signal } = ctx;
  const [log, summary] = [catalogue.table(LOG), catalogue.table(SUMMARY)];
  if (!log.exists && !summary.exists)
    return { table: null, warnings: [`Impressions could not be counted: there is neither ${SUMMARY} nor ${LOG}.`] };
  const built = await summaryAge(ctx, log, summary);
  if (built === null) return { table: await logDays(ctx, log, request), warnings: [] };
  const table = await workTable(session, 'impression_days', summaryDays(ctx, summary, request), signal);
  return { table, warnings: built.warnings };
}

/** How old the summary is; null when it cannot be used. */
async function summaryAge(
  { session, catalogue, clock, signal }: AdminContext,
  log: BoundTable,
  summary: BoundTable,
): Promise<{ readonly warnings: readonly string[] } | null> {
  if (!summary.exists) return null;
  if (!log.exists) return { warnings: [] };
  const product = summaryProduct(clock);
  if (product.sources(catalogue).length === 0 || !catalogue.table('REACH_STATE').exists) return null;
  const source = { product: product.name, log };
  const state = await readState(session, catalogue, source);
  if (state === null || state.sourceRows < 0 || state.shape !== product.shape(log)) return null;
  // Whether the log holds just as many rows is known at once; whether they are the same would mean reading their times.
  if ((await countRows(session, source, signal)) === state.sourceRows) return { warnings: [] };
  const since = state.checkedAt.toISOString().slice(0, 16).replace('T', ' ');
  return {
    warnings: [`Impressions are those of the daily summary, last brought up to date ${since} UTC; the log has changed since.`],
  };
}

/** Its ids are read already, and empty for none. */
function summaryDays(ctx: AdminContext, summary: BoundTable, { days, agencyIds, dsps }: ImpressionRequest): Sql {
  const { dialect } = ctx.session;
  const now = ctx.clock.now();
  const c = (name: string) => summary.column(name);
  const id = (name: string) => sql`NULLIF(${c(name)}, '')`;
  return sql`SELECT ${c('AGENCY_ID')} AS agency, ${c('LOG_DATE')} AS day, ${dialect.text(c('DSP_PLATFORM_TYPE'))} AS platform,
      ${id('DSP_ADVERTISER_ID')} AS dsp, ${id('INSERTION_ORDER_ID')} AS io, ${id('LINE_ITEM_ID')} AS li,
      CAST(NULL AS VARCHAR) AS dsp_name, ${c('IMPRESSIONS')} AS impressions
    FROM ${summary.ref}
    WHERE ${c('DIM_TYPE')} = 'TOTAL' AND ${c('LOG_DATE')} BETWEEN ${dateSql(firstDay(now, days))} AND ${dateSql(dayText(now))}
      AND ${inScope(ctx, summary)} AND ${among(c('AGENCY_ID'), agencyIds)} AND ${among(c('DSP_ADVERTISER_ID'), dsps)}`;
}

/** Rows are counted by their keys as they are written; the rules for ids then run once for each spelling. */
async function logDays(ctx: AdminContext, log: BoundTable, { days, agencyIds, dsps }: ImpressionRequest): Promise<Sql> {
  const { session, signal } = ctx;
  const { dialect } = session;
  const now = ctx.clock.now();
  const seenAt = timeSql(dialect, log, timeColumn(log));
  const text = (name: string) => dialect.text(log.column(name));
  const name = log.has('DSP_ADVERTISER_NAME') ? text('DSP_ADVERTISER_NAME') : sql`CAST(NULL AS VARCHAR)`;
  const agencies = ctx.scope === 'all' ? agencyIds : (agencyIds ?? ctx.scope).filter((id) => isInScope(ctx.scope, id));
  const cells = Object.entries(RAW_KEYS).map(([as, column]) => sql`${text(column)} AS ${raw(as)}`);
  const spelled = await workTable(
    session,
    'impression_spellings',
    sql`SELECT ${join(cells)}, CAST(${seenAt} AS DATE) AS day, MAX(${name}) AS dsp_name, COUNT(*) AS impressions
      FROM ${log.ref}
      WHERE ${seenAt} >= ${dateSql(firstDay(now, days))} AND ${seenAt} <= ${now}
        AND ${mayBe(text('AGENCY_ID'), agencies)} AND ${mayBe(text('DSP_ADVERTISER_ID'), dsps)}
      GROUP BY 1, 2, 3, 4, 5, 6`,
    signal,
  );
  const keys = raw(Object.keys(RAW_KEYS).join(', '));
  const id = (column: string) => presentIdSql(dialect, raw(column));
  const same = Object.keys(RAW_KEYS).map((key) => raw(`n.${key} IS NOT DISTINCT FROM s.${key}`));
  const counted = await workTable(
    session,
    'impression_days',
    sql`SELECT n.agency, s.day, n.platform, n.dsp, n.io, n.li, MAX(s.dsp_name) AS dsp_name, CAST(SUM(s.impressions) AS BIGINT) AS impressions
      FROM ${spelled} s JOIN (
        SELECT ${keys}, ${idSql(dialect, raw('raw_agency'))} AS agency, ${platformSql(dialect, raw('raw_platform'))} AS platform,
          ${id('raw_dsp')} AS dsp, ${id('raw_io')} AS io, ${id('raw_li')} AS li
        FROM (SELECT DISTINCT ${keys} FROM ${spelled}) AS spellings
      ) n ON ${join(same, ' AND ')}
      WHERE ${among(raw('n.agency'), agencies)} AND ${among(raw('n.dsp'), dsps)} GROUP BY 1, 2, 3, 4, 5, 6`,
    signal,
  );
  await session.execute(sql`DROP TABLE ${spelled}`);
  return counted;
}

/** More than these are not looked for in each row. */
const MOST_LOOKED_FOR = 20;

/** Leaves out most rows that cannot have one of the ids, before their spellings are read. */
function mayBe(column: Sql, ids: readonly string[] | undefined): Sql {
  if (ids === undefined || ids.length > MOST_LOOKED_FOR) return sql`TRUE`;
  return ids.length === 0
    ? sql`FALSE`
    : sql`(${join(
        ids.map((id) => sql`position(${id} IN ${column}) > 0`),
        ' OR ',
      )})`;
}

function among(column: Sql, ids: readonly string[] | undefined): Sql {
  if (ids === undefined) return sql`TRUE`;
  return ids.length === 0 ? sql`FALSE` : sql`${column} IN (${join(ids.map((id) => sql`${id}`))})`;
}

/** A day of ours, never one from outside. */
function dateSql(day: string): Sql {
  return raw(`DATE '${day}'`);
}
