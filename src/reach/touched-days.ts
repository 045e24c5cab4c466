import { type Sql, sql } from '../lib/sql.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { madeDays, type ProductSource, type ReachState } from './day-ledger.ts';
import { type Chunk, ingestedSql, NO_DAY, observedDays } from './source-days.ts';
import { workTable } from './work-table.ts';

/** What of a log has changed since it was read last. */
export interface Touched {
  /** Parts to be made anew, one after the other, oldest first; none when nothing has changed. */
  readonly chunks: readonly Chunk[];
  /** Of the log, as it was looked at: rows that come meanwhile are found the next time. */
  readonly sourceRows: number;
  readonly watermark: Date | null;
}

/** Rows that are made in one go: enough for neighbouring rows to be one campaign's, and few enough to be sorted in memory. */
const CHUNK_ROWS = 8_000_000;
/** Days without a change between two that are still made in one go. */
const GAP_DAYS = 3;

/**
 * What is new since the last look, without reading more than that; null when counts show that more has happened than new rows, or when the
 * log does not say when its rows came.
 */
async function newRows(
  session: Session,
  { log }: ProductSource,
  state: ReachState,
  sourceRows: number,
  signal?: AbortSignal,
): Promise<{ readonly rows: Sql; readonly count: number } | null> {
  if (state.watermark === null) return sourceRows === 0 && state.sourceRows === 0 ? { rows: sql`FALSE`, count: 0 } : null;
  const rows = sql`${ingestedSql(session.dialect, log)} > ${state.watermark}`;
  const [found] = await session.all(
    sql`SELECT COUNT(*) AS fresh FROM ${log.ref} l WHERE ${rows}`,
    signal === undefined ? {} : { signal },
  );
  const count = Number(found?.fresh ?? 0);
  return sourceRows === state.sourceRows + count ? { rows, count } : null;
}

/** Whether a log holds exactly what was read of it: a matter of milliseconds where it says when its rows came, else of reading their times. */
export async function isUnchanged(
  session: Session,
  catalogue: Catalogue,
  source: ProductSource,
  state: ReachState,
  signal?: AbortSignal,
): Promise<boolean> {
  const sourceRows = await countRows(session, source, signal);
  const found = await newRows(session, source, state, sourceRows, signal);
  if (found !== null) return found.count === 0;
  if (state.watermark !== null || sourceRows !== state.sourceRows) return false;
  return (await findTouched(session, catalogue, source, state, state.horizon, signal)).chunks.length === 0;
}

/**
 * Finds the days of a log that are not as they were when they were made: by ingestion time where only new rows have come, else by
 * comparing each day's rows, newest ingestion and times with those noted. Days before `horizon` are not made for the product; a day that was
 * beyond it and is not any more is.
 */
export async function findTouched(
  session: Session,
  catalogue: Catalogue,
  source: ProductSource,
  state: ReachState | null,
  horizon: Date | null,
  signal?: AbortSignal,
  chunkRows = CHUNK_ROWS,
): Promise<Touched> {
  const options = signal === undefined ? {} : { signal };
  const { dialect } = session;
  const { log } = source;
  const sourceRows = await countRows(session, source, signal);
  const isAsNoted =
    state !== null && !reachesFurther(horizon, state.horizon) && !(await isAhead(session, catalogue, source, state, signal));
  const fresh = isAsNoted ? await newRows(session, source, state, sourceRows, signal) : null;
  if (fresh?.count === 0) return { chunks: [], sourceRows, watermark: state?.watermark ?? null };

  const watermark = await newestIngestion(session, source, fresh?.rows ?? sql`TRUE`, signal);
  const observed = await workTable(session, 'observed', observedDays(dialect, log, fresh?.rows ?? sql`TRUE`), signal);
  const isBeyond = horizon === null ? sql`FALSE` : sql`d.day < ${horizon} AND d.day > ${NO_DAY}`;
  const changed =
    fresh === null
      ? sql`m.row_count IS NULL OR d.row_count IS NULL OR m.row_count <> d.row_count OR m.newest IS DISTINCT FROM d.newest OR m.mark <> d.mark OR (NOT m.kept AND NOT (${isBeyond}))`
      : sql`m.newest IS NULL OR m.newest < d.newest`;
  const touched = await workTable(
    session,
    'touched',
    sql`SELECT COALESCE(d.agency, m.agency) AS agency, COALESCE(d.day, m.day) AS day,
        COALESCE(d.row_count, 0) + ${fresh === null ? sql`0` : sql`COALESCE(m.row_count, 0)`} AS row_count
      FROM ${observed} d ${fresh === null ? sql`FULL OUTER` : sql`LEFT`} JOIN ${madeDays(catalogue, source)} m ON m.agency = d.agency AND m.day = d.day
      WHERE ${changed}`,
    signal,
  );
  const days = await session.all(
    sql`SELECT CAST(day AS VARCHAR) AS day, DATEDIFF('day', ${NO_DAY}, day) AS day_no, SUM(row_count) AS row_count,
        MAX(CASE WHEN ${isBeyond} THEN 1 ELSE 0 END) AS beyond
      FROM ${touched} d GROUP BY d.day ORDER BY d.day`,
    options,
  );
  const [noted] = await session.all(sql`SELECT COUNT(*) AS days FROM ${madeDays(catalogue, source)}`, options);
  const all = Number(noted?.days ?? 0) === 0;
  return {
    chunks: chunksOf(
      days.map((row) => ({
        day: String(row.day),
        dayNo: Number(row.day_no),
        rows: Number(row.row_count),
        isBeyond: Number(row.beyond) > 0,
      })),
      all ? null : touched,
      chunkRows,
    ),
    sourceRows,
    watermark: watermark ?? state?.watermark ?? null,
  };
}

/** Rows of a log, which a warehouse knows without reading them. */
export async function countRows(session: Session, { log }: ProductSource, signal?: AbortSignal): Promise<number> {
  const [row] = await session.all(sql`SELECT COUNT(*) AS row_count FROM ${log.ref}`, signal === undefined ? {} : { signal });
  return Number(row?.row_count ?? 0);
}

/**
 * Of all rows, those of no agency too, and no less than it: the next whole millisecond. Else rows that were read would be taken for new
 * ones again and again, and as many that are new would be overlooked.
 */
async function newestIngestion(session: Session, { log }: ProductSource, rows: Sql, signal?: AbortSignal): Promise<Date | null> {
  const [found] = await session.all(
    sql`SELECT CASE WHEN millisecond < newest THEN millisecond + INTERVAL '1 millisecond' ELSE newest END AS watermark
      FROM (SELECT newest, DATE_TRUNC('millisecond', newest) AS millisecond
        FROM (SELECT MAX(${ingestedSql(session.dialect, log)}) AS newest FROM ${log.ref} l WHERE ${rows}) ingested) truncated`,
    signal === undefined ? {} : { signal },
  );
  return found?.watermark instanceof Date ? found.watermark : null;
}

/** Whether days were made of newer rows than the state knows: a refresh was cut short, or rows came while it ran. */
async function isAhead(
  session: Session,
  catalogue: Catalogue,
  source: ProductSource,
  { watermark }: ReachState,
  signal?: AbortSignal,
): Promise<boolean> {
  if (watermark === null) return false;
  const [found] = await session.all(
    sql`SELECT COUNT(*) AS days FROM ${madeDays(catalogue, source)} WHERE newest > ${watermark}`,
    signal === undefined ? {} : { signal },
  );
  return Number(found?.days ?? 0) > 0;
}

function reachesFurther(horizon: Date | null, before: Date | null): boolean {
  if (before === null) return false;
  return horizon === null || horizon.getTime() < before.getTime();
}

interface TouchedDay {
  readonly day: string;
  /** Days since NO_DAY. */
  readonly dayNo: number;
  readonly rows: number;
  readonly isBeyond: boolean;
}

/** Groups days that are near each other. */
function chunksOf(days: readonly TouchedDay[], touched: Sql | null, chunkRows: number): readonly Chunk[] {
  const groups: TouchedDay[][] = [];
  for (const day of days) {
    const group = groups.at(-1);
    if (group !== undefined && belongsTo(group, day, chunkRows)) group.push(day);
    else groups.push([day]);
  }
  return groups.map((group) => ({
    days: touched,
    range: group[0]?.dayNo === 0 ? null : { first: group[0]?.day ?? '', last: group.at(-1)?.day ?? '' },
    rows: rowsIn(group),
    isKept: group.some(({ isBeyond }) => !isBeyond),
  }));
}

function belongsTo(group: readonly TouchedDay[], day: TouchedDay, chunkRows: number): boolean {
  const last = group.at(-1);
  if (last === undefined || last.dayNo === 0 || last.isBeyond !== day.isBeyond) return false;
  return day.dayNo - last.dayNo <= GAP_DAYS + 1 && rowsIn(group) + day.rows <= chunkRows;
}

function rowsIn(group: readonly TouchedDay[]): number {
  return group.reduce((sum, { rows }) => sum + rows, 0);
}
