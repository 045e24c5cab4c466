import { type Sql, sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type ProductSource, readState } from './day-ledger.ts';
import type { Product } from './product.ts';
import { NO_DAY } from './source-days.ts';
import { countRows, isUnchanged } from './touched-days.ts';

/**
 * What is there of a product: `fresh`, as new as its log; `stale`, the log has changed since; `none`, never made or not to its end;
 * `outdated`, made by other rules or columns than there are now.
 */
export type ReachCondition = 'fresh' | 'stale' | 'outdated' | 'none';

export interface ReachStatus {
  readonly product: Product['name'];
  readonly source: string;
  readonly condition: ReachCondition;
  /** Rows of the log now. */
  readonly logRows: number;
  /** The newest ingestion time that was read. */
  readonly readUntil: Date | null;
  readonly checkedAt: Date | null;
  /** The first day that is kept; null when all are. */
  readonly horizon: Date | null;
  /** Different days that are kept, and the first and the last of them up to now, `YYYY-MM-DD`. */
  readonly days: number;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** Rows of the log whose day is yet to come, and those without a readable time. */
  readonly futureRows: number;
  readonly undatedRows: number;
  /** Rows that were made. */
  readonly rows: number;
}

/** What is there of a product, for each of its logs. */
export async function reachStatus(
  session: Session,
  catalogue: Catalogue,
  product: Product,
  now: Date,
  signal?: AbortSignal,
): Promise<readonly ReachStatus[]> {
  const found: ReachStatus[] = [];
  for (const log of product.sources(catalogue)) found.push(await statusOf(session, catalogue, product, log, now, signal));
  return found;
}

async function statusOf(
  session: Session,
  catalogue: Catalogue,
  product: Product,
  log: BoundTable,
  now: Date,
  signal?: AbortSignal,
): Promise<ReachStatus> {
  const options = signal === undefined ? {} : { signal };
  const source: ProductSource = { product: product.name, log };
  const hasLedger = catalogue.table('REACH_STATE').exists && catalogue.table('REACH_DAYS').exists;
  const state = hasLedger ? await readState(session, catalogue, source) : null;
  const [rows] = state === null ? [] : await session.all(madeSql(catalogue, source), options);
  const [days] = hasLedger ? await session.all(daysSql(catalogue, source, now), options) : [];
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    product: product.name,
    source: log.spec.name,
    condition: await conditionOf(),
    logRows: await countRows(session, source, signal),
    readUntil: state?.watermark ?? null,
    checkedAt: state?.checkedAt ?? null,
    horizon: state?.horizon ?? null,
    days: Number(days?.days ?? 0),
    firstDay: text(days?.first_day),
    lastDay: text(days?.last_day),
    futureRows: Number(days?.future_rows ?? 0),
    undatedRows: Number(days?.undated_rows ?? 0),
    rows: Number(rows?.row_count ?? 0),
  };

  async function conditionOf(): Promise<ReachCondition> {
    if (state === null) return 'none';
    if (state.shape !== product.shape(log)) return 'outdated';
    if (state.sourceRows < 0) return 'none';
    return (await isUnchanged(session, catalogue, source, state, signal)) ? 'fresh' : 'stale';
  }
}

function madeSql(catalogue: Catalogue, { product, log }: ProductSource): Sql {
  if (product === 'SUMMARY') return sql`SELECT COUNT(*) AS row_count FROM ${catalogue.table('AD_IMPRESSION_DAILY_SUMMARY').ref}`;
  const keys = sql`SELECT KEY_NO FROM ${catalogue.table('REACH_KEYS').ref} WHERE SOURCE = ${log.spec.name}`;
  return sql`SELECT COUNT(*) AS row_count FROM ${catalogue.table('REACH_EXPOSURES').ref} WHERE KEY_NO IN (${keys})`;
}

function daysSql(catalogue: Catalogue, { product, log }: ProductSource, now: Date): Sql {
  const today = sql`CAST(CAST(${now} AS TIMESTAMP) AS DATE)`;
  return sql`SELECT COUNT(DISTINCT CASE WHEN KEPT AND DAY > ${NO_DAY} AND DAY <= ${today} THEN DAY END) AS days,
      CAST(MIN(CASE WHEN KEPT AND DAY > ${NO_DAY} THEN DAY END) AS VARCHAR) AS first_day,
      CAST(MAX(CASE WHEN KEPT AND DAY > ${NO_DAY} AND DAY <= ${today} THEN DAY END) AS VARCHAR) AS last_day,
      SUM(CASE WHEN DAY > ${today} THEN SOURCE_ROWS ELSE 0 END) AS future_rows,
      SUM(CASE WHEN DAY = ${NO_DAY} THEN SOURCE_ROWS ELSE 0 END) AS undated_rows
    FROM ${catalogue.table('REACH_DAYS').ref} WHERE PRODUCT = ${product} AND SOURCE = ${log.spec.name}`;
}
