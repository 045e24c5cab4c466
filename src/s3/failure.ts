/** The facts of an SDK or network error that decide what it means, without its secrets. */
export interface Failure {
  /** The store's code (`NoSuchBucket`) or the error's name. */
  readonly name: string;
  /** The store's words, without a full stop and without anything that looks like an access key. */
  readonly message: string;
  readonly status: number | null;
  readonly requestId: string | null;
  /** `ECONNREFUSED` and the like. */
  readonly systemCode: string | null;
  /** The Date header of the answer. */
  readonly serverTime: Date | null;
  readonly region: string | null;
  readonly retryAfterMs: number | null;
  /** An answer without a body, as to HEAD: only the status says something. */
  readonly isNameless: boolean;
}

// Names that the SDK makes up when the answer had no body.
const NAMELESS = /^(Unknown|UnknownError|Error|S3ServiceException|BadRequest|Forbidden|Unauthorized|\d{3})$/;
const ACCESS_KEY = /\b[A-Z0-9]{20}\b/g;
const MESSAGE_CHARACTERS = 300;

export function describeFailure(error: unknown): Failure {
  const fields = recordOf(error);
  const metadata = recordOf(fields.$metadata);
  const headers = recordOf(recordOf(fields.$response).headers);
  const status = typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
  const name = textOf(fields.name) ?? 'Error';
  const date = Date.parse(textOf(headers.date) ?? '');
  const retryAfter = Number(textOf(headers['retry-after']) ?? Number.NaN);
  return {
    name,
    message: (textOf(fields.message) ?? '').replace(ACCESS_KEY, '…').replace(/\.$/, '').slice(0, MESSAGE_CHARACTERS),
    status,
    requestId: textOf(metadata.requestId),
    systemCode: textOf(fields.code),
    serverTime: Number.isNaN(date) ? null : new Date(date),
    region: textOf(headers['x-amz-bucket-region']),
    retryAfterMs: Number.isNaN(retryAfter) ? null : retryAfter * 1000,
    isNameless: status !== null && NAMELESS.test(name),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
