import { transientError } from '../errors.ts';
import { raw, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type Chunk, type DayRange, NO_DAY } from './source-days.ts';

/** What is made of the logs day by day. */
export type ProductName = 'EXPOSURES' | 'SUMMARY';

/** A log in the view of one product. */
export interface ProductSource {
  readonly product: ProductName;
  readonly log: BoundTable;
}

/** How far a log has been read. */
export interface ReachState {
  readonly shape: string;
  readonly sourceRows: number;
  readonly watermark: Date | null;
  /** The first day that is kept; null when all are. */
  readonly horizon: Date | null;
  readonly checkedAt: Date;
  /** Counts how often everything, and how often anything, was made: who reads for long sees by them whether it stood still. */
  readonly generation: number;
  readonly version: number;
}

export async function readState(session: Session, catalogue: Catalogue, source: ProductSource): Promise<ReachState | null> {
  const table = catalogue.table('REACH_STATE');
  const [row] = await session.all(sql`SELECT * FROM ${table.ref} WHERE ${ofSource(table, source)}`);
  if (row === undefined) return null;
  const time = (name: string): Date | null => (row[name] instanceof Date ? row[name] : null);
  return {
    shape: String(row.SHAPE),
    sourceRows: Number(row.SOURCE_ROWS),
    watermark: time('WATERMARK'),
    horizon: time('HORIZON'),
    checkedAt: time('CHECKED_AT') ?? new Date(0),
    generation: Number(row.GENERATION),
    version: Number(row.VERSION),
  };
}

/** Within a transaction of the caller's, with whatever the state is the end of. */
export async function writeState(
  session: Session,
  catalogue: Catalogue,
  source: ProductSource,
  { shape, sourceRows, watermark, horizon, checkedAt, generation, version }: ReachState,
): Promise<void> {
  const table = catalogue.table('REACH_STATE');
  await session.execute(sql`DELETE FROM ${table.ref} WHERE ${ofSource(table, source)}`);
  await session.execute(
    sql`INSERT INTO ${table.ref} (PRODUCT, SOURCE, SHAPE, SOURCE_ROWS, WATERMARK, HORIZON, CHECKED_AT, GENERATION, VERSION)
      VALUES (${source.product}, ${source.log.spec.name}, ${shape}, ${sourceRows}, ${watermark}, ${horizon}, ${checkedAt}, ${generation}, ${version})`,
  );
}

/**
 * Says in a transaction that a refresh is at work, and gives the version that this makes of the one that it knows. Of two at the same moment
 * one fails, as does one that was overtaken by another since: `transient` error `warehouse_conflict`.
 */
export async function holdState(
  session: Session,
  catalogue: Catalogue,
  source: ProductSource,
  version: number,
  now: Date,
): Promise<number> {
  const table = catalogue.table('REACH_STATE');
  const held = await session.execute(
    sql`UPDATE ${table.ref} SET CHECKED_AT = ${now}, VERSION = ${version + 1} WHERE ${ofSource(table, source)} AND VERSION = ${version}`,
  );
  if (held === 0)
    throw transientError('warehouse_conflict', 'Another session prepared the same exposures at the same time.', {
      hint: 'Try again.',
    });
  return version + 1;
}

/** The days that are made, as `agency`, `day`, `row_count`, `newest`, `mark`, `kept`. */
export function madeDays(catalogue: Catalogue, source: ProductSource): Sql {
  const table = catalogue.table('REACH_DAYS');
  return sql`(SELECT AGENCY_ID AS agency, DAY AS day, SOURCE_ROWS AS row_count, SOURCE_WATERMARK AS newest, SOURCE_MARK AS mark, KEPT AS kept
    FROM ${table.ref} WHERE ${ofSource(table, source)})`;
}

/** Notes, within a transaction, how far the log was read. */
export async function endState(
  session: Session,
  catalogue: Catalogue,
  source: ProductSource,
  { sourceRows, watermark, horizon }: Pick<ReachState, 'sourceRows' | 'watermark' | 'horizon'>,
): Promise<void> {
  const table = catalogue.table('REACH_STATE');
  await session.execute(
    sql`UPDATE ${table.ref} SET SOURCE_ROWS = ${sourceRows}, WATERMARK = ${watermark}, HORIZON = ${horizon} WHERE ${ofSource(table, source)}`,
  );
}

/** Whether any of a chunk's days is made. */
export async function isMade(session: Session, catalogue: Catalogue, source: ProductSource, chunk: DayRange): Promise<boolean> {
  const table = catalogue.table('REACH_DAYS');
  const [found] = await session.all(
    sql`SELECT COUNT(*) AS days FROM ${table.ref} WHERE ${ofSource(table, source)} AND ${ofChunk(chunk)}`,
  );
  return Number(found?.days ?? 0) > 0;
}

/**
 * Notes days as made of what the log held when `observed` was taken of them, a table of `observedDays`: before they were read to be made, so
 * that rows which came since are found the next time. In the transaction in which the days were made.
 */
export async function noteDays(
  session: Session,
  catalogue: Catalogue,
  source: ProductSource,
  { chunk, observed }: { readonly chunk: Chunk; readonly observed: Sql },
  builtAt: Date,
): Promise<void> {
  const table = catalogue.table('REACH_DAYS');
  await forgetDays(session, catalogue, source, chunk);
  await session.execute(
    sql`INSERT INTO ${table.ref} (PRODUCT, SOURCE, AGENCY_ID, DAY, SOURCE_ROWS, SOURCE_WATERMARK, SOURCE_MARK, KEPT, BUILT_AT)
      SELECT ${source.product}, ${source.log.spec.name}, agency, day, row_count, newest, mark, ${chunk.isKept}, ${builtAt} FROM ${observed}`,
  );
}

/** Takes a chunk's days off the ledger, or all. */
export async function forgetDays(
  session: Session,
  catalogue: Catalogue,
  source: ProductSource,
  chunk: DayRange | null,
): Promise<void> {
  const table = catalogue.table('REACH_DAYS');
  const chosen = chunk === null ? sql`TRUE` : ofChunk(chunk);
  await session.execute(sql`DELETE FROM ${table.ref} WHERE ${ofSource(table, source)} AND ${chosen}`);
}

function ofChunk({ days, range }: DayRange): Sql {
  const within = range === null ? sql`DAY = ${NO_DAY}` : raw(`DAY BETWEEN DATE '${range.first}' AND DATE '${range.last}'`);
  return days === null ? within : sql`${within} AND (AGENCY_ID, DAY) IN (SELECT agency, day FROM ${days})`;
}

/** Notes that the rows of days before `horizon` are not kept. */
export async function noteLeftOut(session: Session, catalogue: Catalogue, source: ProductSource, horizon: Date): Promise<void> {
  const table = catalogue.table('REACH_DAYS');
  await session.execute(
    sql`UPDATE ${table.ref} SET KEPT = FALSE WHERE ${ofSource(table, source)} AND KEPT AND DAY < ${horizon} AND DAY > ${NO_DAY}`,
  );
}

function ofSource(table: BoundTable, { product, log }: ProductSource): Sql {
  return sql`${table.column('PRODUCT')} = ${product} AND ${table.column('SOURCE')} = ${log.spec.name}`;
}
