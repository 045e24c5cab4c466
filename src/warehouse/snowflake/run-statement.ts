import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bind, Connection, DataType, RowStatement } from 'snowflake-sdk';
import { transientError } from '../../errors.ts';
import { isSessionGone, readFailure } from './failure.ts';
import type { Patience } from './options.ts';
import { AS_TEXT } from './values.ts';

/** The connection that a session has at the moment. */
export interface Link {
  readonly connection: Connection;
  /** Signs in anew after the session is gone. Rejects when the session had what a new one does not have. */
  reconnect(): Promise<void>;
}

export interface StatementRequest {
  readonly text: string;
  readonly binds: readonly Bind[];
  readonly tag: string;
  /** Whether Snowflake is asked how far it is, or answers when it is done. */
  readonly isAsync: boolean;
  /** After so many milliseconds it is cancelled, whatever Snowflake's own limits do. */
  readonly timeout: number;
  readonly patience: Patience;
  readonly signal?: AbortSignal | undefined;
}

const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 5_000;
const RETRY_WAIT_MS = 1_000;
const CANCEL_EVERY_MS = 1_000;

const ENDED_BADLY = new Set(['FAILED_WITH_ERROR', 'FAILED_WITH_INCIDENT', 'ABORTED', 'DISCONNECTED']);
const UNKNOWN = new Set(['NO_DATA', 'NO_QUERY_DATA']);

/** How every statement's result is read: row by row, as lists, with what numbers and JSON look like in Snowflake. */
const READING = {
  streamResult: true,
  rowMode: 'array',
  // The list of types that the SDK declares is shorter than the one that it takes.
  fetchAsString: AS_TEXT as DataType[],
} as const;

/**
 * Runs a statement to its end and gives the SDK's statement, whose rows can then be read. A statement is never run twice: what is sent
 * again after a failure on the way has the same request id, by which Snowflake knows it, and once it has a query id it is only asked
 * for. Failures are thrown as the SDK has them.
 */
export async function runStatement(link: Link, request: StatementRequest): Promise<RowStatement> {
  const { signal, patience } = request;
  signal?.throwIfAborted();
  const run = new StatementRun(link, request);
  const stopped = Promise.withResolvers<never>();
  let reason: { readonly error: unknown } | null = null;
  const cleanup = new DisposableStack();
  const stop = (error: unknown): void => {
    if (reason !== null) return;
    reason = { error };
    run.cancel();
    // One that is on its way is not known to Snowflake yet.
    const repeat = setInterval(() => run.cancel(), CANCEL_EVERY_MS);
    const giveUp = setTimeout(() => stopped.reject(error), patience.cancel);
    cleanup.defer(() => clearInterval(repeat));
    cleanup.defer(() => clearTimeout(giveUp));
  };
  const deadline = setTimeout(() => stop(noAnswer(request.timeout)), request.timeout);
  cleanup.defer(() => clearTimeout(deadline));
  const abort = (): void => stop(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  cleanup.defer(() => signal?.removeEventListener('abort', abort));
  // It is given up, but not forgotten, when it does not end after it was cancelled.
  const ended = run.toItsEnd();
  ended.catch(() => {});
  try {
    const statement = await Promise.race([ended, stopped.promise]);
    if (reason === null) return statement;
  } catch (error) {
    if (reason === null) throw error;
  } finally {
    run.leave();
    cleanup.dispose();
  }
  throw (reason as { readonly error: unknown }).error;
}

const noAnswer = (timeout: number) =>
  transientError('warehouse_timeout', `A statement has not ended within ${Math.round(timeout / 1000)} seconds.`, {
    hint: 'It was cancelled. See whether Snowflake works, and warehouse.statementTimeoutSeconds and queuedTimeoutSeconds.',
  });

class StatementRun {
  readonly #link: Link;
  readonly #request: StatementRequest;
  readonly #requestId = randomUUID();
  #statement: RowStatement | null = null;
  #queryId: string | null = null;
  #outageSince: number | null = null;
  #isRenewed = false;
  #isReconnected = false;
  #isCancelled = false;
  #isLeft = false;

  constructor(link: Link, request: StatementRequest) {
    this.#link = link;
    this.#request = request;
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#statement?.cancel(() => {});
  }

  /** Nobody waits for the end any more. */
  leave(): void {
    this.#isLeft = true;
  }

  async toItsEnd(): Promise<RowStatement> {
    for (;;) {
      try {
        const answer = this.#queryId === null ? await this.#submit() : null;
        if (answer !== null && !this.#request.isAsync) return answer;
        await this.#untilEnded();
        return await this.#fetch();
      } catch (error) {
        if (this.#isLeft) throw error;
        await this.#overcome(error);
      }
    }
  }

  /** Sends the statement; rejects as the SDK does. What is sent again is known to Snowflake by its request id. */
  async #submit(): Promise<RowStatement> {
    const { text, binds, tag, isAsync } = this.#request;
    const answer = Promise.withResolvers<RowStatement>();
    this.#statement = this.#link.connection.execute({
      ...READING,
      sqlText: text,
      binds: [...binds],
      requestId: this.#requestId,
      parameters: { QUERY_TAG: tag },
      ...(isAsync ? { asyncExec: true } : {}),
      complete: (error, statement) => {
        // Known also when only the result could not be fetched.
        this.#queryId = statement?.getQueryId() ?? null;
        if (error) answer.reject(error);
        else answer.resolve(statement);
      },
    });
    const statement = await answer.promise;
    if (this.#isCancelled) this.cancel();
    return statement;
  }

  async #untilEnded(): Promise<void> {
    const queryId = this.#knownId();
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const status = await this.#link.connection.getQueryStatus(queryId);
      if (UNKNOWN.has(status)) this.#holdOut(new Error(`Snowflake does not know a query that it has taken (${queryId}).`));
      else this.#outageSince = null;
      if (status === 'SUCCESS') return;
      if (ENDED_BADLY.has(status)) await this.#throwFailure(queryId);
      if (this.#isLeft) throw new Error('Nobody waits for it.');
      await sleep(this.#isCancelled ? FIRST_WAIT_MS : wait);
    }
  }

  /** Why a query failed: as its status says, or else as the answer to who asks for its result. */
  async #throwFailure(queryId: string): Promise<void> {
    const told = await this.#link.connection.getQueryStatusThrowIfError(queryId).then(
      () => null,
      (error: unknown) => error,
    );
    if (told !== null && (readFailure(told).code !== null || readFailure(told).isOnTheWay)) throw told;
    await this.#fetch();
    throw told ?? new Error(`A query failed, and Snowflake does not say why (${queryId}).`);
  }

  async #fetch(): Promise<RowStatement> {
    const answer = Promise.withResolvers<RowStatement>();
    const statement = this.#link.connection.fetchResult({
      ...READING,
      queryId: this.#knownId(),
      complete: (error, fetched) => (error ? answer.reject(error) : answer.resolve(fetched)),
    });
    this.#statement = statement;
    return answer.promise;
  }

  #knownId(): string {
    if (this.#queryId === null) throw new Error('Snowflake took a statement and gave it no id.');
    return this.#queryId;
  }

  /** Returns when it is worth to ask again; throws the failure otherwise. */
  async #overcome(error: unknown): Promise<void> {
    const { connection } = this.#link;
    const failure = readFailure(error);
    // The SDK forgets to say so itself where it is asked for a status.
    if (isSessionGone(failure) || !connection.isUp()) {
      // Each once for a statement. The first question of another kind after a token has expired has it renewed.
      if (connection.isUp() && !this.#isRenewed) {
        this.#isRenewed = true;
        if (await connection.isValidAsync()) return;
      }
      if (this.#isReconnected) throw error;
      this.#isReconnected = true;
      await this.#link.reconnect();
      return;
    }
    if (!failure.isOnTheWay || (failure.status !== null && !isPassing(failure.status))) throw error;
    this.#holdOut(error);
    await sleep(RETRY_WAIT_MS);
  }

  /** Throws the failure when Snowflake has been out of reach for too long. */
  #holdOut(error: unknown): void {
    const now = performance.now();
    this.#outageSince ??= now;
    if (now - this.#outageSince >= this.#request.patience.outage) throw error;
  }
}

const isPassing = (status: number): boolean => status >= 500 || status === 408 || status === 429;
