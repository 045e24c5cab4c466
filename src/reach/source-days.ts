import { raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Dialect } from '../warehouse/dialect.ts';
import { timeSql } from '../warehouse/time-column.ts';
import { timeColumn } from './ownership.ts';

/** How a log is seen by days: a refresh makes anew whole days of an agency, and never a part of one. */

/** The day of rows whose time is not readable, or of no year that a log can have: infinite ones have no day, and no next day. */
export const NO_DAY: Sql = raw(`DATE '0001-01-01'`);
/** The first instant that has a day of its own, and the first one after them. */
export const FIRST_INSTANT: Sql = raw(`TIMESTAMP '0001-01-02 00:00:00'`);
export const NO_INSTANT: Sql = raw(`TIMESTAMP '9999-12-31 00:00:00'`);

/** Days of some agencies, and the rows that they are. */
export interface DayRange {
  /** `(agency, day)`; null: all of the log in the range. */
  readonly days: Sql | null;
  /** The first and the last day as `YYYY-MM-DD`; null for rows whose time is not readable. */
  readonly range: { readonly first: string; readonly last: string } | null;
}

/** Days that are made together, in one transaction. */
export interface Chunk extends DayRange {
  /** Rows of the log, about. */
  readonly rows: number;
  /** Whether any of it is within the longest look-back. */
  readonly isKept: boolean;
}

export function agencySql(dialect: Dialect, log: BoundTable): Sql {
  return dialect.text(log.column('AGENCY_ID', 'l'));
}

export function daySql(dialect: Dialect, log: BoundTable): Sql {
  return dayOf(seenAtSql(dialect, log));
}

export function dayOf(seenAt: Sql): Sql {
  return sql`CASE WHEN ${seenAt} >= ${FIRST_INSTANT} AND ${seenAt} < ${NO_INSTANT} THEN CAST(${seenAt} AS DATE) ELSE ${NO_DAY} END`;
}

export function seenAtSql(dialect: Dialect, log: BoundTable): Sql {
  return timeSql(dialect, log, timeColumn(log), 'l');
}

/** When a row came into the warehouse; null where the log does not say. */
export function ingestedSql(dialect: Dialect, log: BoundTable): Sql {
  return log.has('INGESTION_TIMESTAMP') ? timeSql(dialect, log, 'INGESTION_TIMESTAMP', 'l') : sql`CAST(NULL AS TIMESTAMP)`;
}

/** The condition that tells the rows of some days of a log, aliased `l`. The range comes first: it lets the warehouse skip what is outside. */
export function rowsOfDays(dialect: Dialect, log: BoundTable, { days, range }: DayRange): Sql {
  const seenAt = seenAtSql(dialect, log);
  const chosen =
    days === null ? sql`TRUE` : sql`(${agencySql(dialect, log)}, ${daySql(dialect, log)}) IN (SELECT agency, day FROM ${days})`;
  return sql`(${inRange(seenAt, range)} AND ${agencySql(dialect, log)} IS NOT NULL AND ${chosen})`;
}

/**
 * A condition for each of some days' groups, to look at some of their rows. Rows without a readable time are few, and to find any the whole log is
 * read: they are left out where there are others.
 */
export function sampledDays(dialect: Dialect, log: BoundTable, groups: readonly DayRange[]): readonly Sql[] {
  const dated = groups.filter(({ range }) => range !== null);
  return (dated.length === 0 ? groups : dated).map((group) => rowsOfDays(dialect, log, group));
}

/** Whether an instant is of the range's days. */
export function inRange(seenAt: Sql, range: DayRange['range']): Sql {
  if (range === null) return sql`(${seenAt} IS NULL OR ${seenAt} < ${FIRST_INSTANT} OR ${seenAt} >= ${NO_INSTANT})`;
  const start = raw(`DATE '${range.first}'`);
  const end = raw(`DATE '${range.last}'`);
  return sql`${seenAt} >= ${start} AND ${seenAt} < ${end} + INTERVAL '1 day'`;
}

/** Days of a log with their number of rows, newest ingestion and a checksum over their times: `agency`, `day`, `row_count`, `newest`, `mark`. */
export function observedDays(dialect: Dialect, log: BoundTable, rows: Sql): Sql {
  return sql`SELECT ${agencySql(dialect, log)} AS agency, ${daySql(dialect, log)} AS day, COUNT(*) AS row_count,
      MAX(${ingestedSql(dialect, log)}) AS newest, ${dialect.checksum([seenAtSql(dialect, log)])} AS mark
    FROM ${log.ref} l WHERE ${agencySql(dialect, log)} IS NOT NULL AND ${rows} GROUP BY 1, 2`;
}
