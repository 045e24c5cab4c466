import { tokenOfTab } from './access-token.ts';
import { ApiError } from './api-error.ts';
import { readError } from './read-error.ts';
import { setSignedOut, signedOut } from './signed-out.ts';

/** Calls to the server that gave out this page. Every failure is an `ApiError`. */

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

interface CallOptions {
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** In milliseconds. */
  readonly timeoutMs?: number;
  /** A call that signs in: it may be made while nobody is, and its 401 is an answer. */
  readonly signsIn?: boolean;
  /** A status that is an answer too, where it would be a failure else. */
  readonly alsoStatus?: number;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const READ_MS = 30_000;
const WRITE_MS = 120_000;

export function get<T>(path: string, options: Omit<CallOptions, 'body'> = {}): Promise<T> {
  return call('GET', path, options);
}

/** Each call has an Idempotency-Key of its own. */
export function post<T>(path: string, body: unknown = {}, options: Omit<CallOptions, 'body'> = {}): Promise<T> {
  return call('POST', path, { ...options, body });
}

export function patch<T>(path: string, body: unknown, options: Omit<CallOptions, 'body'> = {}): Promise<T> {
  return call('PATCH', path, { ...options, body });
}

export function remove<T>(path: string, options: Omit<CallOptions, 'body'> = {}): Promise<T> {
  return call('DELETE', path, options);
}

/** The answer as it comes, for streams and files. The deadline is the caller's. */
export async function open(path: string, { query, signal }: Pick<CallOptions, 'query' | 'signal'> = {}): Promise<Response> {
  return send('GET', path, { ...(query === undefined ? {} : { query }) }, signal ?? null);
}

async function call<T>(method: Method, path: string, options: CallOptions): Promise<T> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? (method === 'GET' ? READ_MS : WRITE_MS));
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  try {
    const response = await send(method, path, options, signal);
    return (response.status === 204 ? undefined : await response.json()) as T;
  } catch (error) {
    if (!timeout.aborted || error instanceof ApiError) throw error;
    throw new ApiError('The server took too long to answer.', { status: 0, code: 'timeout', hint: 'Try again.' });
  }
}

async function send(method: Method, path: string, options: CallOptions, signal: AbortSignal | null): Promise<Response> {
  const { query, body, signsIn = false, alsoStatus } = options;
  if (signedOut() && !signsIn) throw new ApiError('You are signed out.', { status: 401, code: 'signed_out' });
  const response = await fetched(`${path}${queryText(query)}`, {
    method,
    signal,
    // Never two ways of saying who one is: with a token the cookie stays here.
    credentials: tokenOfTab() === null ? 'same-origin' : 'omit',
    headers: headersOf(method, body),
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  if (response.ok || response.status === alsoStatus) return response;
  if (response.status === 401 && !signsIn) setSignedOut(true);
  throw await readError(response);
}

async function fetched(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ApiError('The server cannot be reached.', {
      status: 0,
      code: 'offline',
      hint: 'Look whether `aquarius serve` runs and whether you are online; this page tries again by itself.',
    });
  }
}

function headersOf(method: Method, body: unknown): Record<string, string> {
  const token = tokenOfTab();
  return {
    Accept: 'application/json',
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    ...(body === undefined || body instanceof FormData ? {} : { 'Content-Type': 'application/json' }),
    ...(method === 'POST' ? { 'Idempotency-Key': randomKey() } : {}),
  };
}

export function queryText(query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

/** `crypto.randomUUID` is not there on a page that came over plain HTTP. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
