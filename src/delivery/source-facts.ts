import type { Settings } from '../config/settings.ts';
import { sql } from '../lib/sql.ts';
import type { Reach } from '../reach/reach.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import { timeSql } from '../warehouse/time-column.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { ageInDays, criticalDaysOf, type FeedPolicy, feedPolicy } from './feed-policy.ts';
import type { RuleResult } from './readiness.ts';

export interface Newest {
  readonly time: Date;
  /** The column that says so. */
  readonly column: string;
}

/** The newest instant in a feed that is not in the future, by the first of its columns that is filled; null when it has none. */
export async function newestOf(
  session: Session,
  catalogue: Catalogue,
  reach: Reach,
  { feed, columns }: FeedPolicy,
  at: Date,
): Promise<Newest | null> {
  const [first = ''] = columns;
  const known = first === 'INGESTION_TIMESTAMP' ? await reach.newestIngestion(feed) : null;
  if (known !== null && known <= at) return { time: known, column: first };
  const table = catalogue.table(feed);
  for (const column of columns) {
    if (!table.exists || !table.has(column)) continue;
    const time = timeSql(session.dialect, table, column);
    const [row] = await session.all(sql`SELECT MAX(${time}) AS newest FROM ${table.ref} WHERE ${time} <= ${at}`);
    if (row?.newest instanceof Date) return { time: row.newest, column };
  }
  return null;
}

/** Judges the age of sources, asking the warehouse once per source. */
export function freshnessJudge(
  session: Session,
  catalogue: Catalogue,
  reach: Reach,
  policy: Settings['policy'],
  at: Date,
): (sources: readonly string[]) => Promise<RuleResult> {
  const known = new Map<string, Promise<Newest | null>>();
  return async (sources) => {
    const late: string[] = [];
    for (const source of sources) {
      const feed = feedPolicy(source);
      const limit = feed === undefined ? null : criticalDaysOf(feed, policy);
      if (feed === undefined || limit === null) continue;
      const asked = known.get(source) ?? newestOf(session, catalogue, reach, feed, at);
      known.set(source, asked);
      const seen = await asked;
      if (seen === null) late.push(`${source} has no rows up to now`);
      else if (ageInDays(source, seen.column, seen.time, at) > limit)
        late.push(`the newest row of ${source} is of ${seen.time.toISOString().slice(0, 10)}`);
    }
    if (late.length === 0) return { rule: 'SOURCE_FRESH', status: 'PASS', detail: sources.join(', ') };
    return { rule: 'SOURCE_FRESH', status: policy.staleSource === 'fail' ? 'FAIL' : 'WARN', detail: late.join('; ') };
  };
}
