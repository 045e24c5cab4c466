import type { Settings } from '../config/settings.ts';
import { DAY_MS } from '../lib/clock.ts';
import { sql } from '../lib/sql.ts';
import type { Reach } from '../reach/reach.ts';
import type { Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { RuleResult } from './readiness.ts';

/** The time column by which each source's age is judged, and the days after which it is late. LIVERAMP_IMPRESSION_LOG is historical. */
const FRESHNESS: Readonly<
  Record<string, { readonly columns: readonly string[]; readonly criticalAfterDays: number | 'policy' }>
> = {
  AD_IMPRESSION_LOG_V2: { columns: ['INGESTION_TIMESTAMP', 'AUCTION_TIMESTAMP'], criticalAfterDays: 'policy' },
  WEBPIXEL_EVENTS: { columns: ['STAGING_SYS_TIMESTAMP', 'EVENT_TIMESTAMP'], criticalAfterDays: 'policy' },
  STORE_VISITS: { columns: ['STORE_VISIT_DATE'], criticalAfterDays: 10 },
};

/** The newest instant in a source that is not in the future, by the first of its columns that is filled; null when it has none. */
async function newest(session: Session, catalogue: Catalogue, reach: Reach, source: string, at: Date): Promise<Date | null> {
  const known = await reach.newestIngestion(source);
  if (known !== null && known <= at) return known;
  const table = catalogue.table(source);
  for (const column of FRESHNESS[source]?.columns ?? []) {
    if (!table.exists || !table.has(column)) continue;
    const time = session.dialect.timestamp(table.column(column));
    const [row] = await session.all(sql`SELECT MAX(${time}) AS newest FROM ${table.ref} WHERE ${time} <= ${at}`);
    if (row?.newest instanceof Date) return row.newest;
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
  const known = new Map<string, Promise<Date | null>>();
  return async (sources) => {
    const late: string[] = [];
    for (const source of sources) {
      const limit = FRESHNESS[source]?.criticalAfterDays;
      if (limit === undefined) continue;
      const asked = known.get(source) ?? newest(session, catalogue, reach, source, at);
      known.set(source, asked);
      const seen = await asked;
      const days = limit === 'policy' ? policy.staleAfterDays : limit;
      if (seen === null) late.push(`${source} has no rows up to now`);
      else if (at.getTime() - seen.getTime() > days * DAY_MS)
        late.push(`the newest row of ${source} is of ${seen.toISOString().slice(0, 10)}`);
    }
    if (late.length === 0) return { rule: 'SOURCE_FRESH', status: 'PASS', detail: sources.join(', ') };
    return { rule: 'SOURCE_FRESH', status: policy.staleSource === 'fail' ? 'FAIL' : 'WARN', detail: late.join('; ') };
  };
}
