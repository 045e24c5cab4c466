import { lstat, open, rm } from 'node:fs/promises';
import type { DuckDBConnection, DuckDBMaterializedResult } from '@duckdb/node-api';
import { configError } from '../../errors.ts';
import { compile, ident, raw, type Sql, sql } from '../../lib/sql.ts';
import { endTransaction } from '../end-transaction.ts';
import type { QueryOptions, Row, Session, Unloaded } from '../warehouse.ts';
import { classify } from './classify.ts';
import { duckdbDialect } from './dialect.ts';
import { batches, bindable } from './values.ts';

/** Rows that a query fetches at once: a row group, which is what DuckDB reads anyway. */
const PAGE_ROWS = 122_880n;
/** An interrupt reaches only a statement that has begun, so it is repeated until the statement ends. */
const INTERRUPT_EVERY_MS = 20;
const PROGRESS_EVERY_MS = 250;

/** A connection to an open DuckDB database. */
export class DuckDBSession implements Session {
  readonly dialect = duckdbDialect;
  readonly #connection: DuckDBConnection;
  readonly #database: string;
  readonly #opening: (connection: DuckDBConnection) => Promise<void>;
  readonly #closed: (session: DuckDBSession) => void;
  #turn: Promise<unknown> = Promise.resolve();
  #results = 0;
  #inTransaction = false;
  #open = true;

  /** `opening` tells the connection what changes with time, and is done again when the session is renewed. */
  constructor(
    connection: DuckDBConnection,
    database: string,
    opening: (connection: DuckDBConnection) => Promise<void>,
    closed: (session: DuckDBSession) => void,
  ) {
    this.#connection = connection;
    this.#database = database;
    this.#opening = opening;
    this.#closed = closed;
  }

  /**
   * The result is put into a temporary table first, then read in pages. DuckDB's own streaming reports a failure after the first
   * rows (a bad cast, a full disk, an interrupt) as the regular end of the result, which would lose rows without a word.
   */
  async *query(statement: Sql, options: QueryOptions = {}): AsyncGenerator<readonly Row[]> {
    this.#results += 1;
    const table = ident('temp', `aquarius_result_${this.#results}`);
    await this.#run(sql`CREATE TEMP TABLE ${table} AS (${statement})`, options);
    try {
      // Row numbers are consecutive, but begin at 0 only outside a transaction.
      const [facts] = await this.all(sql`SELECT count(*) AS row_count, coalesce(min(rowid), 0) AS first FROM ${table}`);
      const { row_count: rows, first } = facts as { row_count: bigint; first: bigint };
      let read = 0n;
      while (read < rows) {
        const [from, to] = [first + read, first + read + PAGE_ROWS];
        const page = await this.#run(sql`SELECT * FROM ${table} WHERE rowid >= ${from} AND rowid < ${to}`, {
          signal: options.signal,
        });
        const before = read;
        for await (const batch of batches(page)) {
          options.signal?.throwIfAborted();
          read += BigInt(batch.length);
          yield batch;
        }
        if (read === before) throw new Error(`A result of ${rows} rows ended after ${read}.`);
      }
    } finally {
      // Gone already when its transaction was rolled back meanwhile.
      if (this.#open) await this.#run(sql`DROP TABLE IF EXISTS ${table}`).catch(() => undefined);
    }
  }

  async all(statement: Sql, options: QueryOptions = {}): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for await (const batch of batches(await this.#run(statement, options))) rows.push(...batch);
    return rows;
  }

  async execute(statement: Sql, options: QueryOptions = {}): Promise<number> {
    return (await this.#run(statement, options)).rowsChanged;
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inTransaction) throw new Error('This session is in a transaction already.');
    this.#inTransaction = true;
    try {
      await this.#run(raw('BEGIN TRANSACTION'));
      return await endTransaction((statement) => this.#run(statement), work);
    } finally {
      this.#inTransaction = false;
    }
  }

  async unload(lines: Sql, path: string, options: QueryOptions = {}): Promise<Unloaded> {
    options.signal?.throwIfAborted();
    const isPipe = await this.#reserve(path);
    try {
      // With one column and an empty quote nothing is ever quoted, and the delimiter is never written.
      const format = raw(`(FORMAT csv, HEADER false, DELIMITER ',', QUOTE '', ESCAPE '', USE_TMP_FILE false)`);
      return { rows: await this.execute(sql`COPY (${lines}) TO ${path} ${format}`, options) };
    } catch (error) {
      if (!isPipe) await rm(path, { force: true });
      throw error;
    }
  }

  async renew(): Promise<boolean> {
    if (!this.#open || this.#inTransaction) return false;
    await this.#turn;
    return this.#opening(this.#connection).then(
      () => true,
      () => false,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    const repeat = setInterval(() => this.#connection.interrupt(), INTERRUPT_EVERY_MS);
    await this.#turn;
    clearInterval(repeat);
    this.#connection.closeSync();
    this.#closed(this);
  }

  /** Creates the file, so that no other run can have it; says whether a pipe is there instead. */
  async #reserve(path: string): Promise<boolean> {
    try {
      await (await open(path, 'wx')).close();
      return false;
    } catch (error) {
      const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
      if (isThere && (await lstat(path)).isFIFO()) return true;
      if (isThere) throw configError('file_exists', `${path} exists already.`, { hint: 'Remove it, or write somewhere else.' });
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        throw configError('files_missing', `There is no folder for ${path}.`, { hint: 'Create the folder.' });
      throw classify(error, { database: this.#database });
    }
  }

  /** Runs a statement when the ones before it have ended. */
  #run(statement: Sql, options: QueryOptions = {}): Promise<DuckDBMaterializedResult> {
    const result = this.#turn.then(() => this.#runNow(statement, options));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #runNow(statement: Sql, { signal, onProgress }: QueryOptions): Promise<DuckDBMaterializedResult> {
    if (!this.#open) throw new Error('This session is closed.');
    signal?.throwIfAborted();
    const { text, values } = compile(statement, duckdbDialect.placeholder);
    const bound = values.map(bindable);
    const cleanup = new DisposableStack();
    const every = (ms: number, task: () => void): void => {
      const timer = setInterval(task, ms).unref();
      cleanup.defer(() => clearInterval(timer));
    };
    const interrupt = (): void => {
      this.#connection.interrupt();
      every(INTERRUPT_EVERY_MS, () => this.#connection.interrupt());
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    cleanup.defer(() => signal?.removeEventListener('abort', interrupt));
    if (onProgress) every(PROGRESS_EVERY_MS, () => this.#report(onProgress));
    try {
      const result = await (bound.length === 0
        ? this.#connection.run(text)
        : this.#connection.run(
            text,
            bound.map(([value]) => value),
            bound.map(([, type]) => type),
          ));
      onProgress?.(1);
      return result;
    } catch (error) {
      signal?.throwIfAborted();
      throw classify(error, { database: this.#database, statement: text });
    } finally {
      cleanup.dispose();
    }
  }

  #report(onProgress: (share: number) => void): void {
    const { percentage } = this.#connection.progress;
    if (percentage >= 0) onProgress(percentage / 100);
  }
}
