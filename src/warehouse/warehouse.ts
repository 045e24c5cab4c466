import type { Sql, SqlValue } from '../lib/sql.ts';
import type { Dialect } from './dialect.ts';
import type { Step } from './step.ts';

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

/** What statements are run for. */
export interface About {
  /** The id of the run, or of the call that works for several. */
  readonly run?: string;
  readonly step: Step;
}

/** What statements have cost that were run for one thing; null and null for those that had no label. */
export interface StepCost {
  readonly run: string | null;
  readonly step: string | null;
  readonly statements: number;
  readonly bytesScanned: number;
  /** Of all statements together, waiting included, in milliseconds. */
  readonly elapsedMs: number;
  /** An estimate, in Snowflake's unit. */
  readonly credits: number;
  /** When the last of them ended, by the warehouse's clock. */
  readonly endedAt: Date;
}

/** What `unload` wrote. */
export interface Unloaded {
  readonly rows: number;
}

/** Writes finished files to a place that the warehouse shares with us: the stage. */
export interface Exporter {
  /** The most bytes of a file, compressed or not. */
  readonly maxBytes: number;
  /**
   * Writes the one text column of `lines` to a new file under a key of the stage, by the warehouse itself: a line each, LF ended, in the
   * statement's order, without any quoting or escaping. A file that is there already is never replaced. Zero rows give no file.
   */
  write(
    lines: Sql,
    file: { readonly key: string; readonly compression: 'none' | 'gzip' },
    options?: QueryOptions,
  ): Promise<Unloaded>;
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
  /** Absent where the warehouse cannot write to the stage. */
  readonly exporter?: Exporter;
  /** Says what the next statements are run for, where the engine keeps an account of it or has computers of their own for steps. */
  label?(about: About | null): void;
  /** What the statements of all our sessions have cost that ended after a time, where the engine says. */
  costs?(since: Date): Promise<readonly StepCost[]>;
  /** To be asked before a session that was kept is used again: whether it can be. What it was told when it was opened is told anew. Never rejects. */
  renew(): Promise<boolean>;
}

export interface Warehouse extends AsyncDisposable {
  readonly dialect: Dialect;
  readonly readOnly: boolean;
  /** For how long the answer to a small question stands for asking it again, in milliseconds: 0 where a statement costs next to nothing. */
  readonly answersLastMs: number;
  /** Opens a connection; close it with `await using`. */
  session(): Promise<Session>;
}
