import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './context.ts';
import { readEngineError } from './engine-errors.ts';
import { SnowflakeError, suspendedWarehouse, timedOut } from './errors.ts';
import { execute } from './execute.ts';
import { Query } from './query.ts';
import type { Result } from './result.ts';
import type { Session } from './session.ts';

/** All statements of the account, from their arrival on. */
export class Queries {
  readonly #account: Account;
  readonly #all: Query[] = [];
  readonly #byRequest = new Map<string, Query>();
  readonly #byId = new Map<string, Query>();
  /** Rows at which the connection breaks whenever the result is fetched. */
  readonly #breaks = new Map<Query, number>();
  readonly #reported = new Map<Query, number>();
  readonly #lost = new Map<Query, number>();
  /** Untrue answers about queries that are still to be given. */
  readonly statuses = new Map<string, string[]>();
  /** Without this key no chunk is given out. */
  readonly chunkKey = randomBytes(32).toString('base64');

  constructor(account: Omit<Account, 'history'>) {
    this.#account = { ...account, history: () => this.#all };
  }

  byRequest(requestId: string): Query | undefined {
    return this.#byRequest.get(requestId);
  }

  byId(queryId: string): Query | undefined {
    return this.#byId.get(queryId);
  }

  breakAt(query: Query): number | null {
    return this.#breaks.get(query) ?? null;
  }

  /** Begins a statement; the session runs it when those before it have ended. */
  start(
    session: Session,
    { sql, requestId, body }: { sql: string; requestId: string; body: Readonly<Record<string, unknown>> },
  ): Query {
    const { faults, now } = this.#account;
    const parameters = (body.parameters ?? {}) as Readonly<Record<string, unknown>>;
    const tag = String(parameters.QUERY_TAG ?? session.parameter('QUERY_TAG'));
    const bindings = (body.bindings ?? {}) as Readonly<Record<string, unknown>>;
    const query = new Query(
      {
        sql,
        requestId,
        isAsync: body.asyncExec === true,
        tag: tag === '' ? null : tag,
        boundValues: Object.keys(bindings).length,
      },
      session,
      now,
      (self) => this.#run(self, body),
      readEngineError,
    );
    this.#all.push(query);
    this.#byRequest.set(requestId, query);
    this.#byId.set(query.queryId, query);
    const breaks = faults.take('break-chunk', sql);
    if (breaks !== null) this.#breaks.set(query, breaks.row);
    const reports = faults.take('report-rows', sql);
    if (reports !== null) this.#reported.set(query, reports.rows);
    const loses = faults.take('lose-rows', sql);
    if (loses !== null) this.#lost.set(query, loses.from);
    const statuses = faults.take('statuses', sql);
    if (statuses !== null) this.statuses.set(query.queryId, [...statuses.statuses]);
    return query;
  }

  #run(query: Query, body: Readonly<Record<string, unknown>>): Promise<Result> {
    const { session } = query;
    const result = session.busy.then(() => this.#runNow(query, body));
    session.busy = result.catch(() => undefined);
    return result;
  }

  async #runNow(query: Query, body: Readonly<Record<string, unknown>>): Promise<Result> {
    const { session, signal } = query;
    const { sql } = query.request;
    const { faults } = this.#account;
    signal.throwIfAborted();
    if (session.state === 'ended') throw new SnowflakeError('390111', '08001', 'Session no longer exists.');
    const fails = faults.take('fail', sql);
    if (fails !== null) throw new SnowflakeError(fails.code, fails.sqlState ?? '42000', fails.message);
    if (faults.take('suspended', sql) !== null) throw suspendedWarehouse();
    const limit = Number(
      (body.parameters as Readonly<Record<string, unknown>>)?.STATEMENT_TIMEOUT_IN_SECONDS ??
        session.parameter('STATEMENT_TIMEOUT_IN_SECONDS'),
    );
    if (faults.take('statement-timeout', sql) !== null) throw timedOut(limit);
    const interrupt = () => session.connection.interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    const timer = limit > 0 && limit < 100_000 ? setTimeout(() => query.abort(timedOut(limit)), limit * 1000) : undefined;
    try {
      const slow = faults.take('slow', sql);
      if (slow !== null) await sleep(slow.milliseconds, undefined, { signal });
      return await execute(this.#account, query, body);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
    }
  }

  /** What the answer says about a query that has ended well. */
  describe(query: Query, origin: string): Readonly<Record<string, unknown>> {
    const { session, result } = query;
    if (result === null) throw new Error('The query has no result yet.');
    const lostFrom = this.#lost.get(query) ?? Number.POSITIVE_INFINITY;
    const count = this.#reported.get(query) ?? result.total;
    const chunks = result.chunks
      .map(({ rows, bytes }, index) => ({
        url: `${origin}/chunks/${query.queryId}/${index}`,
        rowCount: rows,
        uncompressedSize: bytes * 4,
        compressedSize: bytes,
        firstRow: result.chunks[index]?.firstRow ?? 0,
      }))
      .filter(({ firstRow }) => firstRow < lostFrom)
      .map(({ firstRow: _, ...chunk }) => chunk);
    return {
      parameters: session.parameters(),
      rowtype: result.columns,
      rowset: result.rows.slice(0, lostFrom),
      total: count,
      returned: count,
      queryId: query.queryId,
      databaseProvider: null,
      finalDatabaseName: session.database,
      finalSchemaName: session.schema,
      finalWarehouseName: session.warehouse,
      finalRoleName: session.role,
      numberOfBinds: query.request.boundValues,
      arrayBindSupported: false,
      statementTypeId: result.statementType,
      version: 1,
      queryResultFormat: 'json',
      ...(chunks.length === 0
        ? {}
        : {
            chunks,
            chunkHeaders: {
              'x-amz-server-side-encryption-customer-algorithm': 'AES256',
              'x-amz-server-side-encryption-customer-key': this.chunkKey,
            },
          }),
    };
  }

  /** Cancels what runs and waits for its end. */
  async stop(): Promise<void> {
    for (const query of this.#all) query.abort();
    await Promise.all(this.#all.map(({ done }) => done));
  }
}
