import { raw, type SqlValue, sql } from '../../lib/sql.ts';
import type { Row, Session, StepCost } from '../warehouse.ts';
import type { SnowflakeOptions } from './options.ts';
import { readQueryTag } from './query-tag.ts';

/** Credits that an hour takes, by size, of standard virtual warehouses. */
const CREDITS_PER_HOUR: Readonly<Record<string, number>> = {
  'X-Small': 1,
  Small: 2,
  Medium: 4,
  Large: 8,
  'X-Large': 16,
  '2X-Large': 32,
  '3X-Large': 64,
  '4X-Large': 128,
  '5X-Large': 256,
  '6X-Large': 512,
};
const MS_PER_HOUR = 3_600_000;
/** As many as Snowflake gives at most. */
const MOST_STATEMENTS = 10_000;

/**
 * What the statements of the user's sessions have cost that ended after a time, some days ago at most, by what they were run for. Credits are
 * an estimate: the time that a statement ran, by the size of its virtual warehouse, as though it had been alone there; no idle time is in it.
 */
export async function readCosts(
  session: Session,
  { queryTag: prefix, creditsPerHour }: Pick<SnowflakeOptions, 'queryTag' | 'creditsPerHour'>,
  since: Date,
): Promise<readonly StepCost[]> {
  const costs = new Map<string, StepCost>();
  for (let before: Date | null = null; ; ) {
    const rows = await history(session, since, before);
    for (const row of rows) {
      const about = readQueryTag(prefix, String(row.tag ?? ''));
      if (about === null) continue;
      const key = JSON.stringify(about);
      const known = costs.get(key) ?? { statements: 0, bytesScanned: 0, elapsedMs: 0, credits: 0, endedAt: since };
      const rate = creditsPerHour ?? CREDITS_PER_HOUR[String(row.size)] ?? 0;
      costs.set(key, {
        ...about,
        statements: known.statements + Number(row.statements),
        bytesScanned: known.bytesScanned + Number(row.bytes ?? 0),
        elapsedMs: known.elapsedMs + Number(row.elapsed_ms ?? 0),
        credits: known.credits + (Number(row.execution_ms ?? 0) / MS_PER_HOUR) * rate,
        endedAt: new Date(Math.max(known.endedAt.getTime(), timeOf(row.newest).getTime())),
      });
    }
    const seen = rows.reduce((sum, row) => sum + Number(row.statements), 0);
    if (seen < MOST_STATEMENTS) return [...costs.values()];
    // Snowflake gave the newest of them.
    before = new Date(Math.min(...rows.map((row) => timeOf(row.oldest).getTime())));
  }
}

/** The newest statements that ended between two times, by tag and size of the virtual warehouse. */
function history(session: Session, since: Date, before: Date | null): Promise<readonly Row[]> {
  const time = (at: Date) => sql`CAST(${at} AS TIMESTAMP_LTZ)`;
  // Snowflake refuses to look further back than seven days.
  const start = sql`GREATEST(${time(since)}, DATEADD('day', -6, CURRENT_TIMESTAMP()))`;
  const end = before === null ? raw('') : sql`, END_TIME_RANGE_END => ${time(before)}`;
  return session.all(sql`
    SELECT query_tag AS tag, warehouse_size AS size, COUNT(*) AS statements, SUM(bytes_scanned) AS bytes,
      SUM(total_elapsed_time) AS elapsed_ms, SUM(execution_time) AS execution_ms, MIN(end_time) AS oldest, MAX(end_time) AS newest
    FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER(RESULT_LIMIT => ${raw(String(MOST_STATEMENTS))}, END_TIME_RANGE_START => ${start}${end}))
    WHERE end_time > ${time(since)} ${before === null ? raw('') : sql`AND end_time < ${time(before)}`}
    GROUP BY query_tag, warehouse_size`);
}

function timeOf(value: SqlValue | undefined): Date {
  if (value instanceof Date) return value;
  throw new Error('Snowflake gave no time for a statement that has ended.');
}
