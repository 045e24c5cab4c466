import type { Connection, RowStatement } from 'snowflake-sdk';
import { transientError } from '../../errors.ts';
import { compile, ident, raw, type Sql, sql } from '../../lib/sql.ts';
import { endTransaction } from '../end-transaction.ts';
import type { About, Exporter, QueryOptions, Row, Session, StepCost, Unloaded } from '../warehouse.ts';
import { bindsOf } from './binds.ts';
import { classify } from './classify.ts';
import { copyInto } from './copy-into.ts';
import { readCosts } from './costs.ts';
import { snowflakeDialect } from './dialect.ts';
import { exactName, stageParts } from './names.ts';
import { PATIENCE, type Patience, type SnowflakeOptions } from './options.ts';
import { queryTag } from './query-tag.ts';
import { readRows } from './read-rows.ts';
import { rowShape } from './row-shape.ts';
import { type Link, runStatement } from './run-statement.ts';
import { signIn } from './sign-in.ts';
import { writeLines } from './write-lines.ts';

/** A session that was used so recently is not asked whether it lives. */
const FRESH_MS = 30_000;
/** Longest wait for Snowflake to hear that a session is closed. */
const CLOSE_MS = 10_000;

const COMMITS = /^\s*(?:CREATE|DROP|ALTER|TRUNCATE|COMMENT|GRANT|REVOKE|UNDROP)\b/i;
const MAKES_TEMPORARY = /^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:(?:LOCAL|GLOBAL)\s+)?TEMP/i;
/** Columns in which Snowflake says what a statement has changed; an UPDATE also says how many of those were ambiguous. */
const CHANGED = /^number of rows (?!.*multi-joined)/i;

/** A session of Snowflake's. */
export class SnowflakeSession implements Session {
  readonly dialect = snowflakeDialect;
  readonly exporter?: Exporter;
  readonly #options: SnowflakeOptions;
  readonly #patience: Patience;
  readonly #closed: (session: SnowflakeSession) => void;
  #connection: Connection;
  #turn: Promise<unknown> = Promise.resolve();
  #about: About | null = null;
  #warehouse: string;
  #inTransaction = false;
  #hasTemporaryTables = false;
  #isLost = false;
  #open = true;
  readonly #closing = new AbortController();
  #usedAt = performance.now();

  private constructor(options: SnowflakeOptions, connection: Connection, closed: (session: SnowflakeSession) => void) {
    this.#options = options;
    this.#patience = { ...PATIENCE, ...options.patience };
    this.#connection = connection;
    this.#closed = closed;
    this.#warehouse = options.warehouse;
    if (options.externalStage !== undefined) {
      const stage = stageParts(options.externalStage, options.database, options.schema);
      this.exporter = copyInto(stage, (statement, how) => this.query(statement, how));
    }
  }

  /** Signs in. `closed` is told when the session is closed. */
  static async open(options: SnowflakeOptions, closed: (session: SnowflakeSession) => void): Promise<SnowflakeSession> {
    const session = new SnowflakeSession(options, await signIn(options), closed);
    try {
      await session.#prepare();
      return session;
    } catch (error) {
      await session[Symbol.asyncDispose]();
      throw error;
    }
  }

  async *query(statement: Sql, options: QueryOptions = {}): AsyncGenerator<readonly Row[]> {
    const { text, answer } = await this.#run(statement, { ...options, isLong: true });
    const shape = rowShape(answer.getColumns() ?? []);
    for await (const batch of this.#rows(text, answer, options)) yield batch.map(shape);
  }

  async all(statement: Sql, options: QueryOptions = {}): Promise<readonly Row[]> {
    const { text, answer } = await this.#run(statement, options);
    const shape = rowShape(answer.getColumns() ?? []);
    const rows: Row[] = [];
    for await (const batch of this.#rows(text, answer, options)) rows.push(...batch.map(shape));
    return rows;
  }

  async execute(statement: Sql, options: QueryOptions = {}): Promise<number> {
    const { text, answer } = await this.#run(statement, { ...options, isLong: true });
    const changed = (answer.getColumns() ?? []).flatMap((column, index) => (CHANGED.test(column.getName()) ? [index] : []));
    if (changed.length === 0) return 0;
    let rows = 0;
    for await (const batch of this.#rows(text, answer, options)) {
      for (const row of batch) for (const index of changed) rows += Number(row[index]);
    }
    return rows;
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inTransaction) throw new Error('This session is in a transaction already.');
    await this.#run(raw('BEGIN TRANSACTION'));
    this.#inTransaction = true;
    try {
      return await endTransaction((statement) => this.#run(statement), work);
    } finally {
      this.#inTransaction = false;
    }
  }

  async unload(lines: Sql, path: string, options: QueryOptions = {}): Promise<Unloaded> {
    options.signal?.throwIfAborted();
    const session = this;
    const rows = await writeLines(path, async function* () {
      const { text, answer } = await session.#run(lines, { ...options, isLong: true });
      for await (const batch of session.#rows(text, answer, options)) yield batch.map(([line]) => String(line ?? ''));
    });
    return { rows };
  }

  label(about: About | null): void {
    this.#about = about;
  }

  costs(since: Date): Promise<readonly StepCost[]> {
    return readCosts(this, this.#options, since);
  }

  async renew(): Promise<boolean> {
    if (!this.#open || this.#inTransaction) return false;
    await this.#turn;
    if (this.#isLost || !this.#connection.isUp()) return false;
    this.#about = null;
    if (performance.now() - this.#usedAt < FRESH_MS) return true;
    // Asking also renews tokens that have run out.
    return this.#connection.isValidAsync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#closing.abort(closedError());
    await this.#turn;
    await disconnect(this.#connection);
    this.#closed(this);
  }

  /** Rows of a result that was selected, as lists. */
  async *#rows(text: string, answer: RowStatement, { signal }: QueryOptions): AsyncGenerator<readonly (readonly unknown[])[]> {
    try {
      yield* readRows(answer, { stall: this.#patience.stall, signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw classify(error, { options: this.#options, statement: text });
    }
  }

  /** Runs a statement when the ones before it have ended. */
  #run(
    statement: Sql,
    options: QueryOptions & { readonly isLong?: boolean } = {},
  ): Promise<{ text: string; answer: RowStatement }> {
    if (!this.#open) return Promise.reject(closedError());
    const about = this.#about;
    const result = this.#turn.then(async () => {
      await this.#takeWarehouse(about);
      return this.#runNow(statement, about, options);
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #runNow(
    statement: Sql,
    about: About | null,
    { signal: asked, isLong = false }: QueryOptions & { readonly isLong?: boolean },
  ): Promise<{ text: string; answer: RowStatement }> {
    const signal = asked === undefined ? this.#closing.signal : AbortSignal.any([asked, this.#closing.signal]);
    signal.throwIfAborted();
    if (this.#isLost) throw lost();
    const { text, values } = compile(statement, snowflakeDialect.placeholder);
    if (this.#inTransaction && COMMITS.test(text)) {
      throw new Error(`Snowflake would commit the transaction before \`${text.trim().split(/\s+/).slice(0, 4).join(' ')} …\`.`);
    }
    // Also when it fails, since it may have been done all the same.
    if (MAKES_TEMPORARY.test(text)) this.#hasTemporaryTables = true;
    const { queryTag: prefix, statementTimeoutSeconds, queuedTimeoutSeconds } = this.#options;
    try {
      const answer = await runStatement(this.#linkFor(about), {
        text,
        binds: bindsOf(values),
        tag: queryTag(prefix, about),
        // Within a transaction one statement must have ended before the next one begins, and Snowflake itself sees to that.
        isAsync: isLong && !this.#inTransaction,
        timeout: (statementTimeoutSeconds + queuedTimeoutSeconds) * 1000 + this.#patience.outage,
        patience: this.#patience,
        signal,
      });
      this.#usedAt = performance.now();
      return { text, answer };
    } catch (error) {
      signal.throwIfAborted();
      throw classify(error, { options: this.#options, statement: text });
    }
  }

  #linkFor(about: About | null): Link {
    const session = this;
    return {
      get connection() {
        return session.#connection;
      },
      reconnect: () => this.#reconnect(about),
    };
  }

  /** Makes the session use the virtual warehouse of the step that it works for. */
  async #takeWarehouse(about: About | null): Promise<void> {
    const { warehouse, warehouses } = this.#options;
    const wanted = (about && warehouses[about.step]) ?? warehouse;
    if (wanted === this.#warehouse) return;
    await this.#runNow(sql`USE WAREHOUSE ${ident(exactName(wanted))}`, about, {});
    this.#warehouse = wanted;
  }

  /**
   * What our SQL and our reading rely on, whatever the account, the user or the client has been told. The SDK can give
   * no such parameters while it signs in.
   */
  async #prepare(): Promise<void> {
    const { statementTimeoutSeconds, queuedTimeoutSeconds } = this.#options;
    const parameters = {
      TIMEZONE: `'UTC'`,
      TIMESTAMP_TYPE_MAPPING: `'TIMESTAMP_NTZ'`,
      TIMESTAMP_INPUT_FORMAT: `'AUTO'`,
      TIMESTAMP_NTZ_OUTPUT_FORMAT: `'YYYY-MM-DD HH24:MI:SS.FF9'`,
      DATE_INPUT_FORMAT: `'AUTO'`,
      DATE_OUTPUT_FORMAT: `'YYYY-MM-DD'`,
      BINARY_INPUT_FORMAT: `'HEX'`,
      BINARY_OUTPUT_FORMAT: `'HEX'`,
      WEEK_START: 1,
      QUOTED_IDENTIFIERS_IGNORE_CASE: 'FALSE',
      // A limit of rows would cut results short without a word.
      ROWS_PER_RESULTSET: 0,
      AUTOCOMMIT: 'TRUE',
      ABORT_DETACHED_QUERY: 'FALSE',
      LOCK_TIMEOUT: LOCK_SECONDS,
      STATEMENT_TIMEOUT_IN_SECONDS: statementTimeoutSeconds,
      STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: queuedTimeoutSeconds,
    };
    const list = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
    await this.#runNow(raw(`ALTER SESSION SET ${list.join(', ')}`), null, {});
  }

  /** A new session, where the old one had nothing that the new one lacks. */
  async #reconnect(about: About | null): Promise<void> {
    if (this.#hasTemporaryTables || this.#inTransaction) {
      this.#isLost = true;
      throw lost();
    }
    await disconnect(this.#connection);
    this.#connection = await signIn(this.#options);
    this.#warehouse = this.#options.warehouse;
    await this.#prepare();
    await this.#takeWarehouse(about);
  }
}

/** Other sessions hold locks for as long as their transactions take, which are short. */
const LOCK_SECONDS = 600;

const closedError = (): Error => new Error('This session is closed.');

const lost = () =>
  transientError('warehouse_session_lost', 'Snowflake ended the session, and with it its temporary tables.', {
    hint: 'The run is tried again by itself.',
  });

/** Closes a session on Snowflake's side too, where that can be reached. */
async function disconnect(connection: Connection): Promise<void> {
  const done = Promise.withResolvers<void>();
  const late = setTimeout(done.resolve, CLOSE_MS);
  connection.destroy(() => done.resolve());
  await done.promise;
  clearTimeout(late);
}
