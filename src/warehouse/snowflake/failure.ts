/** What is known of a failure of the SDK or of Snowflake, in one form. */
export interface Failure {
  /** Snowflake's or the SDK's code in six digits, such as `002003`; null where there is none. */
  readonly code: string | null;
  readonly sqlState: string | null;
  /** In Snowflake's words, which may quote values: to be recognised by, never to be shown. */
  readonly message: string;
  readonly queryId: string | null;
  /** Of an HTTP answer that is none of Snowflake's own. */
  readonly status: number | null;
  /** Of the system: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED. */
  readonly system: string | null;
  /** Whether it came from the way to Snowflake, so that what was asked may have been done or not. */
  readonly isOnTheWay: boolean;
}

/** The part of a failure that Snowflake tells of a query that failed by itself. */
interface QueryReport {
  readonly id?: unknown;
  readonly errorCode?: unknown;
  readonly errorMessage?: unknown;
}

interface SdkError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly sqlState?: unknown;
  readonly message?: unknown;
  readonly data?: { readonly queryId?: unknown; readonly data?: { readonly queries?: readonly QueryReport[] } | null } | null;
  readonly response?: { readonly status?: unknown; readonly statusCode?: unknown } | null;
  readonly cause?: { readonly code?: unknown } | null;
}

const ON_THE_WAY = new Set(['NetworkError', 'RequestFailedError', 'UnexpectedContentError', 'LargeResultSetError']);

export function readFailure(error: unknown): Failure {
  const own: SdkError = typeof error === 'object' && error !== null ? error : { message: error };
  const report = own.data?.data?.queries?.[0];
  const status = own.response?.status ?? own.response?.statusCode;
  return {
    code: sixDigits(report?.errorCode) ?? sixDigits(own.code),
    sqlState: typeof own.sqlState === 'string' ? own.sqlState : null,
    message: [own.message, report?.errorMessage].filter((part) => typeof part === 'string').join(' '),
    queryId: textOf(own.data?.queryId) ?? textOf(report?.id),
    status: typeof status === 'number' ? status : null,
    system: textOf(own.cause?.code) ?? (sixDigits(own.code) === null ? textOf(own.code) : null),
    isOnTheWay: ON_THE_WAY.has(String(own.name)),
  };
}

function sixDigits(code: unknown): string | null {
  const text = String(code ?? '');
  return /^\d{1,6}$/.test(text) && Number(text) > 0 ? text.padStart(6, '0') : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Codes of a session that is no more: its tokens have run out, or Snowflake has ended it, or the SDK has given it up. */
const GONE = new Set(['390104', '390111', '390112', '390114', '390115', '407001', '407002', '401004']);

/** Whether nothing can be asked of the session any more. */
export function isSessionGone({ code }: Failure): boolean {
  return code !== null && GONE.has(code);
}
