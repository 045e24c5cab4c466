import { type Sql, sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { type Chunk, NO_DAY, observedDays, rowsOfDays } from './source-days.ts';

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
  };
}

export async function writeState(
  session: Session,
  catalogue: Catalogue,
  source: ProductSource,
  { shape, sourceRows, watermark, horizon, checkedAt }: ReachState,
): Promise<void> {
  const table = catalogue.table('REACH_STATE');
  await session.transaction(async () => {
    await session.execute(sql`DELETE FROM ${table.ref} WHERE ${ofSource(table, source)}`);
    await session.execute(
      sql`INSERT INTO ${table.ref} (PRODUCT, SOURCE, SHAPE, SOURCE_ROWS, WATERMARK, HORIZON, CHECKED_AT)
        VALUES (${source.product}, ${source.log.spec.name}, ${shape}, ${sourceRows}, ${watermark}, ${horizon}, ${checkedAt})`,
    );
  });
}

/** The days that are made, as `agency`, `day`, `row_count`, `newest`, `kept`. */
export function madeDays(catalogue: Catalogue, source: ProductSource): Sql {
  const table = catalogue.table('REACH_DAYS');
  return sql`(SELECT AGENCY_ID AS agency, DAY AS day, SOURCE_ROWS AS row_count, SOURCE_WATERMARK AS newest, KEPT AS kept
    FROM ${table.ref} WHERE ${ofSource(table, source)})`;
}

/** Notes days as made of what the log holds at this moment; in the transaction in which they were made. */
export async function noteDays(
  session: Session,
  catalogue: Catalogue,
  source: ProductSource,
  days: Chunk,
  builtAt: Date,
): Promise<void> {
  const table = catalogue.table('REACH_DAYS');
  // Where all of the log is taken, none of it was made before.
  if (days.days !== null) await forgetDays(session, catalogue, source, days.days);
  const rows = rowsOfDays(session.dialect, source.log, days);
  await session.execute(
    sql`INSERT INTO ${table.ref} (PRODUCT, SOURCE, AGENCY_ID, DAY, SOURCE_ROWS, SOURCE_WATERMARK, KEPT, BUILT_AT)
      SELECT ${source.product}, ${source.log.spec.name}, agency, day, row_count, newest, ${days.isKept}, ${builtAt}
      FROM (${observedDays(session.dialect, source.log, rows)})`,
  );
}

/** Takes days `(agency, day)` off the ledger; all of them without a table of such. */
export async function forgetDays(session: Session, catalogue: Catalogue, source: ProductSource, days?: Sql): Promise<void> {
  const table = catalogue.table('REACH_DAYS');
  const chosen = days === undefined ? sql`TRUE` : sql`(AGENCY_ID, DAY) IN (SELECT agency, day FROM ${days})`;
  await session.execute(sql`DELETE FROM ${table.ref} WHERE ${ofSource(table, source)} AND ${chosen}`);
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
