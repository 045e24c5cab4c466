/** A field of a request that is wrong. The path is as the server names it, without the part of the request that it stands in. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

interface ApiErrorFacts {
  readonly status: number;
  readonly code: string;
  readonly hint?: string | null;
  readonly fields?: readonly FieldProblem[];
  readonly retryAfterMs?: number;
}

/** Whatever went wrong with a call, in one form. Status 0: no answer came. */
export class ApiError extends Error {
  readonly status: number;
  /** Stable, for programs. `offline` and `timeout` are ours. */
  readonly code: string;
  /** What to do next. */
  readonly hint: string | null;
  readonly fields: readonly FieldProblem[];
  /** When the server asks to be called again. */
  readonly retryAfterMs: number | null;

  constructor(message: string, { status, code, hint, fields, retryAfterMs }: ApiErrorFacts) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.hint = hint ?? null;
    this.fields = fields ?? [];
    this.retryAfterMs = retryAfterMs ?? null;
  }

  /** Whether the same call may well succeed later. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 503 || this.status === 504;
  }
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof ApiError;
}
