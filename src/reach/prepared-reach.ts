import { type Sql, sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type ProductSource, type ReachState, readState } from './day-ledger.ts';
import { exposuresProduct, prepareInto } from './exposures-product.ts';
import { refuseMasked } from './masked-ids.ts';
import { type Chunk, dayOf, rowsOfDays, sampledDays } from './source-days.ts';
import { findTouched, isUnchanged } from './touched-days.ts';
import { workTable } from './work-table.ts';

/** A log's prepared exposures as they can be read. */
export interface PreparedReach {
  /** As REACH_KEYS and REACH_EXPOSURES. */
  readonly keys: Sql;
  /** Changes whenever the keys do; null where they are this session's own. */
  readonly version: string | null;
  readonly exposures: Sql;
  /** The first day that is in them; null when all are. */
  readonly horizon: Date | null;
  /** The log's newest ingestion time; null where it does not say. */
  readonly watermark: Date | null;
  /** Whether what was read of it since it was opened belongs together: nothing that it needs was made anew or removed meanwhile. */
  isStill(): Promise<boolean>;
}

/** What was prepared of a log by the rules that hold now; null when nothing was, or not to its end. */
export async function usableState(session: Session, catalogue: Catalogue, source: ProductSource): Promise<ReachState | null> {
  if (!catalogue.table('REACH_STATE').exists) return null;
  const state = await readState(session, catalogue, source);
  const isUsable = state !== null && state.sourceRows >= 0 && state.shape === exposuresProduct.shape(source.log);
  return isUsable ? state : null;
}

/** Whether a log is prepared as it is now, and as far back as an instant; null for all of it. */
export async function isPrepared(
  session: Session,
  catalogue: Catalogue,
  log: BoundTable,
  from: Date | null,
  signal?: AbortSignal,
): Promise<boolean> {
  const source: ProductSource = { product: exposuresProduct.name, log };
  const state = await usableState(session, catalogue, source);
  if (state === null || !reachesBack(state, from)) return false;
  return isUnchanged(session, catalogue, source, state, signal);
}

/** Whether what is kept begins early enough. */
export function reachesBack({ horizon }: Pick<ReachState, 'horizon'>, from: Date | null): boolean {
  return horizon === null || (from !== null && from >= horizon);
}

/**
 * What is prepared of a log, as fresh as the log: rows that have come since are prepared for this session, in temporary tables, so that
 * who may not write sees them too. Null when nothing was prepared yet, or by other rules.
 */
export async function openPrepared(
  session: Session,
  catalogue: Catalogue,
  log: BoundTable,
  maxMaskedShare?: number,
  signal?: AbortSignal,
): Promise<PreparedReach | null> {
  const source: ProductSource = { product: exposuresProduct.name, log };
  const state = await usableState(session, catalogue, source);
  if (state === null) return null;
  const { horizon } = state;
  const [keys, exposures] = [catalogue.table('REACH_KEYS').ref, catalogue.table('REACH_EXPOSURES').ref];
  const isStill = async (own: boolean): Promise<boolean> => {
    const now = await readState(session, catalogue, source);
    const isSame = now?.generation === state.generation && now.horizon?.getTime() === horizon?.getTime();
    // Numbers that this session has given to new keys may be given to others by whoever prepares the same rows for good.
    return isSame && (!own || now.version === state.version);
  };
  if (await isUnchanged(session, catalogue, source, state, signal))
    return {
      keys,
      version: `${state.generation} ${state.version}`,
      exposures,
      horizon,
      watermark: state.watermark,
      isStill: () => isStill(false),
    };

  const { chunks, watermark } = await findTouched(session, catalogue, source, state, horizon, signal);
  const touchedRows = chunks.map((chunk) => rowsOfDays(session.dialect, log, chunk));
  await refuseMasked(session, log, sampledDays(session.dialect, log, chunks), maxMaskedShare, signal);
  const ownKeys = await workTable(session, 'reach_keys', sql`SELECT * FROM ${keys}`, signal);
  const ownRows = await workTable(session, 'reach_rows', sql`SELECT * FROM ${exposures} LIMIT 0`, signal);
  for (const rows of touchedRows) {
    await prepareInto(session, log, rows, { keys: ownKeys, exposures: ownRows }, signal);
  }
  const others = sql`SELECT e.* FROM ${exposures} e WHERE NOT ${isTouched(keys, log, chunks)}`;
  return {
    keys: ownKeys,
    version: null,
    exposures: sql`(${others} UNION ALL SELECT * FROM ${ownRows})`,
    horizon,
    watermark,
    isStill: () => isStill(true),
  };
}

/** Whether a prepared row `e` is of a day that was prepared anew for this session. */
function isTouched(keys: Sql, log: BoundTable, chunks: readonly Chunk[]): Sql {
  const days = chunks[0]?.days ?? null;
  if (days === null) return chunks.length === 0 ? sql`FALSE` : sql`TRUE`;
  return sql`EXISTS (SELECT 1 FROM ${keys} k JOIN ${days} t ON t.agency = k.RAW_AGENCY
    WHERE k.KEY_NO = e.KEY_NO AND k.SOURCE = ${log.spec.name} AND t.day = ${dayOf(sql`e.SEEN_AT`)})`;
}
