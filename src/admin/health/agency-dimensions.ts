import { DAY_MS } from '../../lib/clock.ts';
import { raw, sql } from '../../lib/sql.ts';
import { idSql } from '../../reach/text-sql.ts';
import { isComplete } from '../../warehouse/missing-columns.ts';
import { type AdminContext, inScope } from '../context.ts';

/** What an agency's impressions of 30 days carry, from the daily summary. Numbers of impressions. */
export interface AgencyDimensions {
  readonly impressions: number;
  readonly withCreative: number;
  /** Without those of platforms that never say it. */
  readonly withPublisher: number;
  readonly mayHavePublisher: number;
  readonly withZip: number;
  readonly withoutPlatform: number;
  /** Creatives that have no name. */
  readonly namelessCreatives: number;
}

const DAYS = 30;
/** Platform types that fill no publisher, ever: a blank one is no gap there. */
const WITHOUT_PUBLISHER = 22;

/** By agency; null where there is no daily summary with rows in it, so that nothing can be told. */
export async function agencyDimensions(admin: AdminContext): Promise<ReadonlyMap<string, AgencyDimensions> | null> {
  const { session, catalogue, clock, signal } = admin;
  const summary = catalogue.table('AD_IMPRESSION_DAILY_SUMMARY');
  if (!isComplete(summary)) return null;
  const c = (name: string) => summary.column(name);
  const day = (back: number) => raw(`DATE '${new Date(clock.now().getTime() - back * DAY_MS).toISOString().slice(0, 10)}'`);
  const agency = idSql(session.dialect, c('AGENCY_ID'));
  const within = sql`${c('LOG_DATE')} BETWEEN ${day(DAYS - 1)} AND ${day(0)} AND ${inScope(admin, summary)}`;
  const isFilled = sql`${c('DIM_VALUE')} <> ''`;
  const hasPublisher = sql`${c('DSP_PLATFORM_TYPE')} IS DISTINCT FROM ${WITHOUT_PUBLISHER}`;
  const sum = (condition: ReturnType<typeof sql>) =>
    sql`CAST(SUM(CASE WHEN ${condition} THEN ${c('IMPRESSIONS')} ELSE 0 END) AS DOUBLE)`;
  const of = (dimension: string) => sql`${c('DIM_TYPE')} = ${dimension}`;
  const rows = await session.all(
    sql`SELECT ${agency} AS agency, ${sum(of('TOTAL'))} AS impressions,
        ${sum(sql`${of('CREATIVE')} AND ${isFilled}`)} AS with_creative,
        ${sum(sql`${of('SITE')} AND ${isFilled} AND ${hasPublisher}`)} AS with_publisher,
        ${sum(sql`${of('TOTAL')} AND ${hasPublisher}`)} AS may_have_publisher,
        ${sum(sql`${of('ZIP')} AND ${isFilled}`)} AS with_zip,
        ${sum(sql`${of('TOTAL')} AND ${c('DSP_PLATFORM_TYPE')} IS NULL`)} AS without_platform
      FROM ${summary.ref} WHERE ${within} GROUP BY 1`,
    { signal },
  );
  if (rows.length === 0 && !(await hasAnyRow(admin))) return null;
  const nameless = await namelessCreatives(admin, within);
  return new Map(
    rows.map((row) => [
      String(row.agency),
      {
        impressions: Number(row.impressions),
        withCreative: Number(row.with_creative),
        withPublisher: Number(row.with_publisher),
        mayHavePublisher: Number(row.may_have_publisher),
        withZip: Number(row.with_zip),
        withoutPlatform: Number(row.without_platform),
        namelessCreatives: nameless.get(String(row.agency)) ?? 0,
      },
    ]),
  );
}

async function hasAnyRow({ session, catalogue, signal }: AdminContext): Promise<boolean> {
  const summary = catalogue.table('AD_IMPRESSION_DAILY_SUMMARY');
  return (await session.all(sql`SELECT 1 AS found FROM ${summary.ref} LIMIT 1`, { signal })).length > 0;
}

/** Creatives in use that AD_IMPRESSION_NAME has no name for, by agency; none where the site keeps no names. */
async function namelessCreatives(
  { session, catalogue, signal }: AdminContext,
  within: ReturnType<typeof sql>,
): Promise<ReadonlyMap<string, number>> {
  const [summary, names] = [catalogue.table('AD_IMPRESSION_DAILY_SUMMARY'), catalogue.table('AD_IMPRESSION_NAME')];
  if (!isComplete(names)) return new Map();
  const { dialect } = session;
  const rows = await session.all(
    sql`SELECT used.agency AS agency, count(*) AS found FROM (
        SELECT DISTINCT ${idSql(dialect, summary.column('AGENCY_ID'))} AS agency, ${summary.column('DIM_VALUE')} AS creative
        FROM ${summary.ref} WHERE ${within} AND ${summary.column('DIM_TYPE')} = 'CREATIVE' AND ${summary.column('DIM_VALUE')} <> ''
      ) AS used LEFT JOIN (
        SELECT DISTINCT ${idSql(dialect, names.column('AGENCY_ID'))} AS agency, ${names.column('ID')} AS creative
        FROM ${names.ref} WHERE ${names.column('KIND')} = 'CREATIVE' AND ${names.column('NAME')} <> ''
      ) AS named ON named.agency = used.agency AND named.creative = used.creative
      WHERE named.creative IS NULL GROUP BY 1`,
    { signal },
  );
  return new Map(rows.map(({ agency, found }) => [String(agency), Number(found)]));
}
