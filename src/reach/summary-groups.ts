import { join, raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { daySql } from './source-days.ts';
import { idSql, platformSql, presentIdSql } from './text-sql.ts';
import { workTable } from './work-table.ts';

/**
 * The counts of the daily summary. Keys and values are numbered first, one number for all spellings of one, so that the rules for ids
 * run once per spelling and not once per group; grouping by numbers costs half of what grouping by the texts does.
 */

/** Rows of a log, aliased `l`, that are whole days of whole agencies. */
export interface SummaryRows {
  readonly log: BoundTable;
  readonly rows: Sql;
  /** `agency` (its id), `day`, `newest`. */
  readonly days: Sql;
  readonly builtAt: Date;
}

interface Dimension {
  readonly type: 'CREATIVE' | 'SITE' | 'ZIP';
  readonly column: string;
}

const DIMENSIONS: readonly Dimension[] = [
  { type: 'CREATIVE', column: 'CREATIVE_ID' },
  { type: 'SITE', column: 'SITE_DOMAIN' },
  { type: 'ZIP', column: 'USER_POSTAL_CODE' },
];

/** The columns of a log that name a campaign, as they are written there, by short names. */
export const RAW_KEYS = {
  raw_agency: 'AGENCY_ID',
  raw_platform: 'DSP_PLATFORM_TYPE',
  raw_dsp: 'DSP_ADVERTISER_ID',
  raw_io: 'INSERTION_ORDER_ID',
  raw_li: 'LINE_ITEM_ID',
} as const;
const KEYS = Object.entries(RAW_KEYS);

/** Some days' rows, numbered and ready to be counted. */
export interface Groups extends Pick<SummaryRows, 'days' | 'builtAt'> {
  readonly keys: Sql;
  /** The rows by the numbers of their keys and values. */
  readonly numbered: Sql;
  readonly dimensions: readonly NumberedDimension[];
  /** Work tables that all of it is in. */
  readonly tables: readonly Sql[];
}

interface NumberedDimension {
  readonly type: string;
  readonly column: string;
  readonly values: Sql;
  readonly no: Sql;
}

/** Numbers the keys and values of some days. */
export async function numberGroups(
  session: Session,
  { log, rows, days, builtAt }: SummaryRows,
  signal?: AbortSignal,
): Promise<Groups> {
  const { dialect } = session;
  const keys = await workTable(session, 'summary_keys', keysSql(dialect, log, rows), signal);
  const dimensions: NumberedDimension[] = [];
  for (const { type, column } of DIMENSIONS) {
    const values = await workTable(session, 'summary_values', valuesSql(dialect, log, rows, column), signal);
    dimensions.push({ type, column, values, no: raw(`${type.toLowerCase()}_no`) });
  }
  const numbered = await workTable(session, 'summary_rows', numberedSql(dialect, log, rows, keys, dimensions), signal);
  return { days, builtAt, keys, numbered, dimensions, tables: [numbered, keys, ...dimensions.map(({ values }) => values)] };
}

/** Puts the counts into the summary and says how many rows they are. */
export async function writeGroups(
  session: Session,
  { days, builtAt, keys, numbered, dimensions }: Groups,
  summary: BoundTable,
  signal?: AbortSignal,
): Promise<number> {
  const options = signal === undefined ? {} : { signal };
  const into = (type: string, value: Sql, group: Sql, join: Sql): Promise<number> => {
    const cells: readonly (readonly [string, Sql])[] = [
      ['AGENCY_ID', sql`k.agency`],
      ['LOG_DATE', sql`g.day`],
      ['DSP_PLATFORM_TYPE', sql`k.platform`],
      ['DSP_ADVERTISER_ID', sql`k.dsp`],
      ['INSERTION_ORDER_ID', sql`k.io`],
      ['LINE_ITEM_ID', sql`k.li`],
      ['DIM_TYPE', sql`${type}`],
      ['DIM_VALUE', value],
      ['IMPRESSIONS', sql`g.impressions`],
      ['BUILT_AT', sql`${builtAt}`],
      ['SOURCE_WATERMARK', sql`t.newest`],
    ];
    return session.execute(insertSql(summary, cells, { group, join, keys, days }), options);
  };
  let made = await into('TOTAL', sql`''`, sql`SELECT key_no, day, COUNT(*) AS impressions FROM ${numbered} GROUP BY 1, 2`, sql``);
  for (const { type, values, no } of dimensions) {
    const group = sql`SELECT key_no, day, ${no} AS value_no, COUNT(*) AS impressions FROM ${numbered} GROUP BY 1, 2, 3`;
    const value = sql`JOIN (SELECT DISTINCT value_no, value FROM ${values}) v ON v.value_no = g.value_no`;
    made += await into(type, sql`v.value`, group, value);
  }
  return made;
}

function insertSql(
  summary: BoundTable,
  cells: readonly (readonly [string, Sql])[],
  { group, join: more, keys, days }: { readonly group: Sql; readonly join: Sql; readonly keys: Sql; readonly days: Sql },
): Sql {
  const there = cells.filter(([name]) => summary.has(name));
  return sql`INSERT INTO ${summary.ref} (${join(there.map(([name]) => summary.column(name)))})
    SELECT ${join(there.map(([, cell]) => cell))} FROM (${group}) g
    JOIN (SELECT DISTINCT key_no, agency, platform, dsp, io, li FROM ${keys}) k ON k.key_no = g.key_no
    JOIN ${days} t ON t.agency = k.agency AND t.day = g.day ${more}`;
}

/** The keys as found (`raw_…`), as ids, and numbered. */
function keysSql(dialect: Dialect, log: BoundTable, rows: Sql): Sql {
  const found = join(KEYS.map(([name, column]) => sql`${dialect.text(log.column(column, 'l'))} AS ${raw(name)}`));
  return sql`SELECT *, CAST(DENSE_RANK() OVER (ORDER BY agency, platform, dsp, io, li) AS INTEGER) AS key_no FROM (
      SELECT *, ${idSql(dialect, raw('raw_agency'))} AS agency, ${platformNumberSql(dialect, raw('raw_platform'))} AS platform,
        ${idOrBlankSql(dialect, raw('raw_dsp'))} AS dsp, ${idOrBlankSql(dialect, raw('raw_io'))} AS io, ${idOrBlankSql(dialect, raw('raw_li'))} AS li
      FROM (SELECT DISTINCT ${found} FROM ${log.ref} l WHERE ${rows}) found
    ) named`;
}

function valuesSql(dialect: Dialect, log: BoundTable, rows: Sql, column: string): Sql {
  return sql`SELECT *, CAST(DENSE_RANK() OVER (ORDER BY value) AS INTEGER) AS value_no FROM (
      SELECT found, ${idOrBlankSql(dialect, raw('found'))} AS value
      FROM (SELECT DISTINCT ${dialect.text(log.column(column, 'l'))} AS found FROM ${log.ref} l WHERE ${rows}) texts
    ) named`;
}

function numberedSql(dialect: Dialect, log: BoundTable, rows: Sql, keys: Sql, dimensions: readonly NumberedDimension[]): Sql {
  const text = (column: string): Sql => dialect.text(log.column(column, 'l'));
  const same = KEYS.map(([name, column]) => sql`k.${raw(name)} IS NOT DISTINCT FROM ${text(column)}`);
  const aliases = dimensions.map((_, index) => raw(`v${index}`));
  const numbers = dimensions.map(({ no }, index) => sql`${aliases[index] ?? raw('')}.value_no AS ${no}`);
  const joins = dimensions.map(
    ({ column, values }, index) =>
      sql`JOIN ${values} ${aliases[index] ?? raw('')} ON ${aliases[index] ?? raw('')}.found IS NOT DISTINCT FROM ${text(column)}`,
  );
  return sql`SELECT k.key_no, ${daySql(dialect, log)} AS day, ${join(numbers)}
    FROM ${log.ref} l JOIN ${keys} k ON ${join(same, ' AND ')} ${join(joins, ' ')} WHERE ${rows}`;
}

/** Blanks of all kinds are one. */
function idOrBlankSql(dialect: Dialect, expression: Sql): Sql {
  return sql`COALESCE(${presentIdSql(dialect, expression)}, '')`;
}

/** A platform type as a whole number, or null. */
export function platformNumberSql(dialect: Dialect, expression: Sql): Sql {
  const digits = platformSql(dialect, expression);
  return sql`CASE WHEN length(${digits}) <= 18 THEN CAST(${digits} AS BIGINT) END`;
}
