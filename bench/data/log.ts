import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ident, join as joined, raw, sql } from '../../src/lib/sql.ts';
import { withResource } from '../../src/lib/with-resource.ts';
import { createTables } from '../../src/warehouse/ddl.ts';
import { openDuckDB } from '../../src/warehouse/duckdb/duckdb.ts';
import type { Session } from '../../src/warehouse/warehouse.ts';
import { makeBusinessTables } from './business.ts';
import { logRows, MOST_ROWS, makeLookups, ROW_COLUMNS } from './rows.ts';
import { DATA_FOLDER, DAYS, dataName, FIRST_DAYS } from './shape.ts';

/** The kept data of one size: the warehouse without the log's last week, and that week as a file to load. */
export interface BenchLog {
  readonly rows: number;
  /** Rows of the log in `warehouse`; the others are in `week`. */
  readonly firstRows: number;
  readonly warehouse: string;
  readonly week: string;
}

const MEMORY = '3GB';
const COLUMNS = joined(ROW_COLUMNS.map((name) => ident(name)));

/** Gives the data of `rows` impressions in all, made when it is not there yet. */
export async function benchLog(rows: number, say: (line: string) => void = () => {}): Promise<BenchLog> {
  const folder = join(DATA_FOLDER, dataName(rows));
  const log = {
    rows,
    firstRows: Math.floor((rows * FIRST_DAYS) / DAYS),
    warehouse: join(folder, 'warehouse.duckdb'),
    week: join(folder, 'week.parquet'),
  };
  if (existsSync(folder)) return log;
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await withSession(join(unfinished, 'warehouse.duckdb'), async (session) => {
    await createTables(session);
    await makeBusinessTables(session, rows);
    await makeLookups(session);
    for (let from = 0; from < log.firstRows; from += MOST_ROWS) {
      const to = Math.min(from + MOST_ROWS, log.firstRows);
      await session.execute(sql`INSERT INTO BASE_TABLES.AD_IMPRESSION_LOG_V2 (${COLUMNS}) ${logRows(from, to, rows)}`);
      say(`${to} of ${rows} rows`);
    }
    await makeWeek(session, log, join(unfinished, 'week.parquet'));
  });
  await rename(unfinished, folder);
  return log;
}

async function makeWeek(session: Session, { firstRows, rows }: BenchLog, path: string): Promise<void> {
  await session.execute(sql`CREATE TEMPORARY TABLE week AS SELECT * FROM BASE_TABLES.AD_IMPRESSION_LOG_V2 LIMIT 0`);
  await session.execute(sql`INSERT INTO week (${COLUMNS}) ${logRows(firstRows, rows, rows)}`);
  await session.execute(sql`COPY (SELECT ${COLUMNS} FROM week) TO ${raw(`'${path}'`)} (FORMAT parquet)`);
}

function withSession<T>(path: string, work: (session: Session) => Promise<T>): Promise<T> {
  return withResource(openDuckDB({ path, readOnly: false, memoryLimit: MEMORY, threads: 2 }), (warehouse) =>
    withResource(warehouse.session(), work),
  );
}

/** Puts a warehouse of its own at `path`, with all of the log or all but its last week. */
export async function copyWarehouse(log: BenchLog, path: string, parts: 'all' | 'first'): Promise<void> {
  await copyFile(log.warehouse, path, constants.COPYFILE_FICLONE);
  if (parts === 'all') await withSession(path, (session) => appendWeek(session, log));
}

/** Loads the last week. */
export async function appendWeek(session: Session, { week }: BenchLog): Promise<void> {
  await session.execute(
    sql`INSERT INTO BASE_TABLES.AD_IMPRESSION_LOG_V2 (${COLUMNS}) SELECT ${COLUMNS} FROM read_parquet(${raw(`'${week}'`)})`,
  );
}
