import type { Sql, SqlValue } from '../lib/sql.ts';
import type { Dialect } from './dialect.ts';

/**
 * The warehouse: exposure data and business tables. This room runs SQL and writes files; it never knows what an audience is.
 */

/**
 * One row by column name, as written in the query. Integers of 64 bits and more come as `bigint`, times as `Date` (UTC),
 * DECIMAL as number, JSON as text.
 */
export type Row = Readonly<Record<string, SqlValue>>;

export interface QueryOptions {
  /** Aborts the statement in the warehouse; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told the share done, 0 to 1, where the engine knows it. */
  readonly onProgress?: (share: number) => void;
}

/** What `unload` wrote. */
export interface Unloaded {
  readonly rows: number;
}

/**
 * One connection: statements run one after the other, and temporary tables live until it is closed.
 */
export interface Session extends AsyncDisposable {
  readonly dialect: Dialect;
  /**
   * Streams the rows of a SELECT in batches of a few thousand at most; memory does not grow with the result. A failure in a late row
   * is thrown, never mistaken for the end. Other statements may run while the result is read.
   */
  query(statement: Sql, options?: QueryOptions): AsyncIterable<readonly Row[]>;
  /** All rows at once, for small results only; also for statements that cannot be a subquery, such as DESCRIBE. */
  all(statement: Sql, options?: QueryOptions): Promise<readonly Row[]>;
  /** Runs a statement and gives the number of rows that it changed (0 where there is no such number). */
  execute(statement: Sql, options?: QueryOptions): Promise<number>;
  /** Runs `work` in a transaction: committed when it returns, rolled back when it throws. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Writes the one text column of `lines` to a local file, a line each, LF ended, in the statement's order, without any quoting
   * or escaping, by the warehouse itself. Zero rows give an empty file. The file must not exist,
   * unless it is a named pipe that somebody reads; should they stop, the statement fails.
   */
  unload(lines: Sql, path: string, options?: QueryOptions): Promise<Unloaded>;
  /** To be asked before a session that was kept is used again: whether it can be. What it was told when it was opened is told anew. Never rejects. */
  renew(): Promise<boolean>;
}

export interface Warehouse extends AsyncDisposable {
  readonly dialect: Dialect;
  readonly readOnly: boolean;
  /** Opens a connection; close it with `await using`. */
  session(): Promise<Session>;
}
