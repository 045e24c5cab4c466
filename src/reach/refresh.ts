import type { Clock } from '../lib/clock.ts';
import { sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import {
  endState,
  forgetDays,
  holdState,
  isMade,
  noteDays,
  noteLeftOut,
  type ProductSource,
  type ReachState,
  readState,
  writeState,
} from './day-ledger.ts';
import { refuseMasked } from './masked-ids.ts';
import type { Product } from './product.ts';
import { observedDays, rowsOfDays, sampledDays } from './source-days.ts';
import { countRows, findTouched, type Touched } from './touched-days.ts';
import { workTable } from './work-table.ts';

/** What a refresh did with one log. */
export interface Refreshed {
  readonly product: Product['name'];
  readonly source: string;
  /** Rows of the log that were read, about, and rows that were made of them. */
  readonly read: number;
  readonly made: number;
  /** Rows that were removed since they are older than the longest look-back. */
  readonly pruned: number;
  /** Whether everything was made anew since rules or columns have changed, or nothing was there. */
  readonly isRebuild: boolean;
}

export interface RefreshOptions {
  readonly clock: Clock;
  /** The first day that any audience looks back to; null when one never expires. */
  readonly horizon: Date | null;
  /** Only these logs, by name; all when absent. */
  readonly only?: ReadonlySet<string>;
  /** Rows that a log which was never read must have. */
  readonly leastRows?: number;
  /** Make everything anew. */
  readonly rebuild?: boolean;
  /** Rows that are made in one go. */
  readonly chunkRows?: number | undefined;
  /** Largest share of a column's new identifiers that may look masked. */
  readonly maxMaskedShare?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told the rows read so far and in all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Brings a product up to date with its logs. Each part is written in a transaction of its own together with the note of what it was made of,
 * so that whatever stops it, what is there is right, and the next refresh goes on where this one ended.
 */
export async function refreshProduct(
  session: Session,
  catalogue: Catalogue,
  product: Product,
  options: RefreshOptions,
): Promise<readonly Refreshed[]> {
  const results: Refreshed[] = [];
  const { only, leastRows = 0 } = options;
  const logs = product.sources(catalogue).filter(({ spec }) => only === undefined || only.has(spec.name));
  for (const log of logs) {
    if (await isWorthwhile(session, catalogue, { product: product.name, log }, leastRows)) {
      results.push(await refreshLog(session, catalogue, product, log, options));
    }
  }
  return results;
}

async function isWorthwhile(session: Session, catalogue: Catalogue, source: ProductSource, leastRows: number): Promise<boolean> {
  if (leastRows === 0 || (await readState(session, catalogue, source)) !== null) return true;
  return (await countRows(session, source)) >= leastRows;
}

async function refreshLog(
  session: Session,
  catalogue: Catalogue,
  product: Product,
  log: BoundTable,
  { clock, rebuild = false, chunkRows, maxMaskedShare, signal, onProgress, ...options }: RefreshOptions,
): Promise<Refreshed> {
  const source: ProductSource = { product: product.name, log };
  const horizon = product.keepsAll ? null : options.horizon;
  const shape = product.shape(log);
  const before = await readState(session, catalogue, source);
  const isUsable = !rebuild && before?.shape === shape;
  // Before anything is forgotten: a role that sees masks must not cost what was prepared by another one.
  if (!isUsable && product.readsIdentifiers) await refuseMasked(session, log, [sql`TRUE`], maxMaskedShare, signal);
  if (!isUsable) await startAnew(session, catalogue, product, source, { shape, before, clock });
  const touched = await findTouched(session, catalogue, source, isUsable ? before : null, horizon, signal, chunkRows);
  if (isUsable && product.readsIdentifiers) {
    const kept = touched.chunks.filter(({ isKept }) => isKept);
    await refuseMasked(session, log, sampledDays(session.dialect, log, kept), maxMaskedShare, signal);
  }
  let version = isUsable ? before.version : nextVersion(before);
  const total = touched.chunks.reduce((sum, { rows }) => sum + rows, 0);
  let read = 0;
  let made = 0;
  for (const chunk of touched.chunks) {
    const rows = rowsOfDays(session.dialect, log, chunk);
    const observed = await workTable(session, 'noted_days', observedDays(session.dialect, log, rows), signal);
    const days = chunk.isKept ? await product.prepare(session, catalogue, log, chunk, rows, signal) : null;
    await session.transaction(async () => {
      version = await holdState(session, catalogue, source, version, clock.now());
      if (await isMade(session, catalogue, source, chunk)) await product.clear(session, catalogue, log, chunk);
      if (days !== null) made += await days.write();
      await noteDays(session, catalogue, source, { chunk, observed }, clock.now());
    });
    for (const table of [observed, ...(days?.tables ?? [])]) await session.execute(sql`DROP TABLE ${table}`);
    read += chunk.rows;
    onProgress?.(read, total);
  }
  const outcome = { version, horizon, before: isUsable ? before : null, touched, clock };
  const pruned = await close(session, catalogue, product, source, outcome);
  return { product: product.name, source: log.spec.name, read, made, pruned, isRebuild: !isUsable };
}

function nextVersion(before: ReachState | null): number {
  return (before?.version ?? 0) + 1;
}

/** Forgets a log. Its state has no row count until all is made, so that nobody reads a part. */
async function startAnew(
  session: Session,
  catalogue: Catalogue,
  product: Product,
  source: ProductSource,
  { shape, before, clock }: { readonly shape: string; readonly before: ReachState | null; readonly clock: Clock },
): Promise<void> {
  await session.transaction(async () => {
    await product.clear(session, catalogue, source.log, null);
    await forgetDays(session, catalogue, source, null);
    await writeState(session, catalogue, source, {
      shape,
      sourceRows: -1,
      watermark: null,
      horizon: null,
      checkedAt: clock.now(),
      generation: (before?.generation ?? 0) + 1,
      version: nextVersion(before),
    });
  });
}

interface Outcome {
  readonly version: number;
  readonly horizon: Date | null;
  readonly before: ReachState | null;
  readonly touched: Touched;
  readonly clock: Clock;
}

/** Removes what no audience looks back to any more, and notes how far the log was read. */
async function close(
  session: Session,
  catalogue: Catalogue,
  product: Product,
  source: ProductSource,
  { version, horizon, before, touched, clock }: Outcome,
): Promise<number> {
  const { sourceRows, watermark } = touched;
  const isSame =
    before !== null &&
    touched.chunks.length === 0 &&
    before.sourceRows === sourceRows &&
    before.horizon?.getTime() === horizon?.getTime();
  // A look that finds nothing writes nothing.
  if (isSame) return 0;
  return session.transaction(async () => {
    await holdState(session, catalogue, source, version, clock.now());
    let pruned = 0;
    if (horizon !== null && before?.horizon?.getTime() !== horizon.getTime()) {
      await noteLeftOut(session, catalogue, source, horizon);
      pruned = await product.prune(session, catalogue, source.log, horizon);
    }
    await endState(session, catalogue, source, { sourceRows, watermark, horizon });
    return pruned;
  });
}
