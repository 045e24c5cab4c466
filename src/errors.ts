/**
 * The one error class of the project. Every failure that a person can do something about is thrown as an `AquariusError`;
 * anything else that surfaces is a bug and is shown as one.
 */

/**
 * What the engine and the exit code make of a failure:
 * - `config`: somebody must change a setting, a file or a permission. Never retried.
 * - `transient`: it may work later. Retried with backoff until the slot's deadline.
 * - `rejected`: the partner or the data said no. The receipt is kept, nothing is retried.
 */
export type ErrorKind = 'config' | 'transient' | 'rejected';

/** One of several problems found together, such as all mistakes of a config file. */
export interface Problem {
  /** Where: a setting's path (`destinations.liveramp-us.port`), a file and row, or a table and column. */
  readonly path: string;
  /** Line in the file that was read, from 1. */
  readonly line?: number;
  readonly message: string;
  readonly hint?: string;
}

export interface AquariusErrorDetails {
  /** What to do next, as a sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
  readonly problems?: readonly Problem[];
  /** How long the partner asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** A failure with a kind, a stable code, and a hint. Messages never hold an identifier of a person or a secret. */
export class AquariusError extends Error {
  readonly kind: ErrorKind;
  /** Stable, snake_case, for programs: `sftp_host_key`, `unknown_column`. */
  readonly code: string;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];
  readonly retryAfterMs: number | undefined;

  constructor(kind: ErrorKind, code: string, message: string, details: AquariusErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AquariusError';
    this.kind = kind;
    this.code = code;
    this.hint = details.hint;
    this.problems = details.problems ?? [];
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** Makes a `config` error. */
export function configError(code: string, message: string, details?: AquariusErrorDetails): AquariusError {
  return new AquariusError('config', code, message, details);
}

/** Makes a `transient` error. */
export function transientError(code: string, message: string, details?: AquariusErrorDetails): AquariusError {
  return new AquariusError('transient', code, message, details);
}

/** Makes a `rejected` error. */
export function rejectedError(code: string, message: string, details?: AquariusErrorDetails): AquariusError {
  return new AquariusError('rejected', code, message, details);
}

/** A code for the log: an `AquariusError`'s own, or the name of what was thrown, whose message may quote data. */
export function codeOf(error: unknown): string {
  if (error instanceof AquariusError) return error.code;
  return error instanceof Error ? error.constructor.name : typeof error;
}
