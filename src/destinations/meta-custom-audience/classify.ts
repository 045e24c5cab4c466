import type { AquariusError } from '../../errors.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';
import { type HttpAnswer, jsonOf } from '../http/http.ts';
import { type MetaCode, metaFailure } from './codes.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What an answer means. Two failures are mended by whoever sends members: a session that is broken goes on under a new id, a body that
 * is too large in smaller batches.
 */
export type Verdict =
  | { readonly kind: 'ok'; readonly body: JsonObject }
  | { readonly kind: 'session_broken' | 'too_large' | 'failed'; readonly error: AquariusError };

/** Codes of Meta's errors; the HTTP status says nothing beside them (190 comes with 400 and 401, throttling with 400). */
const BY_CODE: Readonly<Record<number, MetaCode>> = {
  1: 'meta_failure',
  2: 'meta_failure',
  4: 'meta_throttled',
  10: 'meta_permission',
  17: 'meta_throttled',
  99: 'meta_failure',
  100: 'meta_parameter',
  105: 'meta_too_large',
  190: 'meta_token',
  200: 'meta_permission',
  294: 'meta_permission',
  341: 'meta_throttled',
  368: 'meta_abusive',
  613: 'meta_throttled',
  // What an audience that was made a moment ago may say of its edges (facebook-ruby-business-sdk#124).
  803: 'meta_failure',
  2650: 'meta_session',
  2655: 'meta_terms',
  5000: 'meta_failure',
  21009: 'meta_failure',
  80003: 'meta_throttled',
  1487301: 'meta_audience_gone',
  1487366: 'meta_audience_gone',
};

/** Subcodes that say more than their code. */
const BY_SUBCODE: Readonly<Record<number, MetaCode>> = {
  33: 'meta_object_missing',
  1487301: 'meta_audience_gone',
  1487366: 'meta_audience_gone',
  1713228: 'meta_audience_blocked',
  1713230: 'meta_audience_blocked',
  1870090: 'meta_terms',
};

/** Wait when Meta throttles without saying for how long. Its windows are of minutes and hours. */
const THROTTLE_WAIT_MS = 60_000;

/** What Meta's answer means. `what` is said in messages: `the audience 238...`. Texts of the answer are never quoted: ids may be in them. */
export function verdictOf(answer: HttpAnswer, what: string, now: Date): Verdict {
  const { status } = answer;
  const json = jsonOf(answer);
  const body = isObject(json) ? json : null;
  const error = body !== null && isObject(body.error) ? body.error : null;
  if (body !== null && error === null && status >= 200 && status < 300) return { kind: 'ok', body };
  const code = error === null ? codeOfStatus(status, json !== undefined) : codeOfError(error, status);
  const wait = code === 'meta_throttled' ? { retryAfterMs: throttleMs(answer, now) } : {};
  const failure = metaFailure(code, `${what} (${detailsOf(error, status)})`, wait);
  if (code === 'meta_session') return { kind: 'session_broken', error: failure };
  if (code === 'meta_too_large') return { kind: 'too_large', error: failure };
  return { kind: 'failed', error: failure };
}

function codeOfError(error: JsonObject, status: number): MetaCode {
  const own = BY_SUBCODE[Number(error.error_subcode)] ?? BY_CODE[Number(error.code)];
  if (own === 'meta_parameter' && String(error.message).includes('appsecret_proof')) return 'meta_app_secret';
  if (own !== undefined) return own;
  if (status === 429) return 'meta_throttled';
  return error.is_transient === true || status >= 500 ? 'meta_failure' : 'meta_refused';
}

/** For answers that are not Meta's own: its edge, or a proxy, speaks HTML. */
function codeOfStatus(status: number, isJson: boolean): MetaCode {
  if ((status === 400 && !isJson) || status === 413) return 'meta_too_large';
  if (status === 401) return 'meta_token';
  if (status === 403) return 'meta_permission';
  if (status === 404) return 'meta_parameter';
  if (status === 429) return 'meta_throttled';
  return 'meta_failure';
}

/** Only numbers and Meta's trace, which its support asks for. */
function detailsOf(error: JsonObject | null, status: number): string {
  const { code, error_subcode: subcode, fbtrace_id: trace } = error ?? {};
  return [
    `HTTP ${status}`,
    ...(Number.isInteger(code) ? [`code ${code}`] : []),
    ...(Number.isInteger(subcode) ? [`subcode ${subcode}`] : []),
    ...(typeof trace === 'string' && /^[\w-]{8,24}$/.test(trace) ? [`trace ${trace}`] : []),
  ].join(', ');
}

/** Meta sends no Retry-After, but minutes in a header for each kind of use; other proxies may send one. */
function throttleMs(answer: HttpAnswer, now: Date): number {
  const usage = jsonOf({ text: answer.headers.get('x-business-use-case-usage') ?? '' });
  const minutes = Object.values(isObject(usage) ? usage : {})
    .flatMap((uses) => (Array.isArray(uses) ? uses : []))
    .map((use: unknown) => (isObject(use) ? Number(use.estimated_time_to_regain_access) : 0))
    .filter((given) => given > 0 && Number.isFinite(given));
  const asked = Math.max(0, ...minutes) * 60_000;
  return Math.max(asked, retryAfterMs(answer, now) ?? 0) || THROTTLE_WAIT_MS;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
