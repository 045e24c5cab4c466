import { integer, raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type ProductSource, readState } from './day-ledger.ts';
import { agencySql, daySql, NO_DAY, rowsOfDays } from './source-days.ts';
import { idSql } from './text-sql.ts';
import { isUnchanged } from './touched-days.ts';
import { workTable } from './work-table.ts';

/** Compares what is prepared with what it was made of. */

/** How two sets of rows differ. */
export interface Difference {
  readonly prepared: number;
  readonly straight: number;
  readonly onlyPrepared: number;
  readonly onlyStraight: number;
}

/** Compares two work tables of the same columns, no row twice in either. No row leaves the warehouse. */
export async function compareRows(
  session: Session,
  { prepared, straight }: { readonly prepared: Sql; readonly straight: Sql },
  signal?: AbortSignal,
): Promise<Difference> {
  const count = async (rows: Sql): Promise<number> => {
    const [row] = await session.all(
      sql`SELECT COUNT(*) AS row_count FROM (${rows}) counted`,
      signal === undefined ? {} : { signal },
    );
    return Number(row?.row_count);
  };
  return {
    prepared: await count(sql`SELECT * FROM ${prepared}`),
    straight: await count(sql`SELECT * FROM ${straight}`),
    onlyPrepared: await count(sql`SELECT * FROM ${prepared} EXCEPT SELECT * FROM ${straight}`),
    onlyStraight: await count(sql`SELECT * FROM ${straight} EXCEPT SELECT * FROM ${prepared}`),
  };
}

/** One day of one agency in the daily summary: the log's rows, and what each kind of line of the summary adds up to. */
export interface DayCheck {
  readonly agencyId: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly log: number;
  readonly summary: Readonly<Record<'TOTAL' | 'CREATIVE' | 'SITE' | 'ZIP', number>>;
}

export interface DaySample {
  readonly days: number;
  readonly seed: string;
  readonly agencyId?: string | undefined;
}

/** Counts some days of the summary and of the log. Null when the summary is not made, or not of the log as it is now. */
export async function checkDays(
  session: Session,
  catalogue: Catalogue,
  sample: DaySample,
  signal?: AbortSignal,
): Promise<readonly DayCheck[] | null> {
  const log = catalogue.table('AD_IMPRESSION_LOG_V2');
  const summary = catalogue.table('AD_IMPRESSION_DAILY_SUMMARY');
  const source: ProductSource = { product: 'SUMMARY', log };
  if (!log.exists || !summary.exists || !catalogue.table('REACH_STATE').exists) return null;
  const state = await readState(session, catalogue, source);
  if (state === null || state.sourceRows < 0 || !(await isUnchanged(session, catalogue, source, state, signal))) return null;

  const days = await workTable(session, 'sampled_days', sampledDays(session, catalogue, log, sample), signal);
  const options = signal === undefined ? {} : { signal };
  const [bounds] = await session.all(
    sql`SELECT CAST(MIN(day) AS VARCHAR) AS first, CAST(MAX(day) AS VARCHAR) AS last FROM ${days}`,
  );
  if (typeof bounds?.first !== 'string' || typeof bounds.last !== 'string') return [];
  const { dialect } = session;
  const rows = rowsOfDays(dialect, log, { days, range: { first: bounds.first, last: bounds.last } });
  const found = sql`SELECT ${agencySql(dialect, log)} AS agency, ${daySql(dialect, log)} AS day, COUNT(*) AS row_count
    FROM ${log.ref} l WHERE ${rows} GROUP BY 1, 2`;
  const sums = ['TOTAL', 'CREATIVE', 'SITE', 'ZIP'].map(
    (type) =>
      sql`SUM(CASE WHEN ${summary.column('DIM_TYPE', 's')} = ${type} THEN ${summary.column('IMPRESSIONS', 's')} END) AS ${raw(type)}`,
  );
  const checked = await session.all(
    sql`WITH sampled AS (SELECT DISTINCT id, day FROM ${days}),
      counted AS (SELECT ${idSql(dialect, raw('agency'))} AS id, day, SUM(row_count) AS row_count FROM (${found}) f GROUP BY 1, 2),
      summed AS (
        SELECT d.id, d.day, ${sums.reduce((left, right) => sql`${left}, ${right}`)} FROM sampled d
        JOIN ${summary.ref} s ON ${summary.column('AGENCY_ID', 's')} = d.id AND ${summary.column('LOG_DATE', 's')} = d.day GROUP BY 1, 2
      )
      SELECT d.id AS id, CAST(d.day AS VARCHAR) AS day, c.row_count AS row_count, s.TOTAL AS "TOTAL", s.CREATIVE AS "CREATIVE", s.SITE AS "SITE", s.ZIP AS "ZIP"
      FROM sampled d LEFT JOIN counted c ON c.id = d.id AND c.day = d.day LEFT JOIN summed s ON s.id = d.id AND s.day = d.day
      ORDER BY d.id, d.day`,
    options,
  );
  return checked.map((row) => ({
    agencyId: String(row.id),
    day: String(row.day),
    log: Number(row.row_count ?? 0),
    summary: {
      TOTAL: Number(row.TOTAL ?? 0),
      CREATIVE: Number(row.CREATIVE ?? 0),
      SITE: Number(row.SITE ?? 0),
      ZIP: Number(row.ZIP ?? 0),
    },
  }));
}

export function isRight({ log, summary }: DayCheck): boolean {
  return Object.values(summary).every((sum) => sum === log);
}

/** `(agency, day)` in all spellings of the agency, with its `id`. */
function sampledDays(session: Session, catalogue: Catalogue, log: BoundTable, { days, seed, agencyId }: DaySample): Sql {
  const ledger = catalogue.table('REACH_DAYS');
  const { dialect } = session;
  const known = sql`SELECT AGENCY_ID AS agency, DAY AS day, ${idSql(dialect, raw('AGENCY_ID'))} AS id
    FROM ${ledger.ref} WHERE PRODUCT = 'SUMMARY' AND SOURCE = ${log.spec.name} AND DAY > ${NO_DAY}`;
  const order = dialect.md5Hex(sql`concat(${seed}, ' ', id, ' ', CAST(day AS VARCHAR))`);
  const one = agencyId === undefined ? sql`TRUE` : sql`id = ${agencyId}`;
  return sql`SELECT k.agency, k.day, k.id FROM (${known}) k JOIN (
      SELECT id, day FROM (SELECT DISTINCT id, day FROM (${known}) every_day WHERE ${one}) distinct_days ORDER BY ${order} LIMIT ${integer(days)}
    ) chosen ON chosen.id = k.id AND chosen.day = k.day`;
}
