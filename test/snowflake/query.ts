import { randomUUID } from 'node:crypto';
import { canceled, type SnowflakeError } from './errors.ts';
import type { Result } from './result.ts';
import type { Session } from './session.ts';

export type Status = 'RUNNING' | 'SUCCESS' | 'FAILED_WITH_ERROR';

/** What a statement was sent with. */
export interface Request {
  readonly sql: string;
  readonly requestId: string;
  readonly isAsync: boolean;
  readonly tag: string | null;
  readonly boundValues: number;
}

/** A statement from its arrival on. */
export class Query {
  readonly queryId = randomUUID();
  readonly request: Request;
  readonly session: Session;
  readonly role: string;
  readonly warehouse: string | null;
  readonly startedAt: Date;
  endedAt: Date | null = null;
  status: Status = 'RUNNING';
  result: Result | null = null;
  error: SnowflakeError | null = null;
  /** When the statement has ended, well or not. */
  readonly done: Promise<void>;
  readonly #abort = new AbortController();

  constructor(
    request: Request,
    session: Session,
    now: () => Date,
    run: (query: Query) => Promise<Result>,
    known: (error: unknown) => SnowflakeError,
  ) {
    this.request = request;
    this.session = session;
    this.role = session.role;
    this.warehouse = session.warehouse;
    this.startedAt = now();
    this.done = run(this).then(
      (result) => {
        this.result = result;
        this.status = 'SUCCESS';
        this.endedAt = now();
      },
      (error: unknown) => {
        this.error = this.#abort.signal.aborted ? this.#abort.signal.reason : known(error);
        this.status = 'FAILED_WITH_ERROR';
        this.endedAt = now();
      },
    );
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  abort(why: SnowflakeError = canceled()): void {
    if (this.status === 'RUNNING') this.#abort.abort(why);
  }
}
