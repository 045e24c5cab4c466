import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { AquariusError } from '../errors.ts';
import { problemShape } from '../shapes/shapes.ts';

/** Failures as HTTP has them: a status and a problem document (RFC 9457). */

export const problemDocument = z
  .strictObject({
    type: z.string().describe('the kind of problem as a URN: `urn:aquarius:` and the code'),
    title: z.string().describe('the kind of problem in words'),
    status: z.int().describe('the HTTP status'),
    detail: z.string().describe('what happened'),
    code: z.string().describe('the kind of problem, stable, for programs'),
    hint: z.string().nullable().describe('what to do next'),
    problems: z.array(problemShape).describe('what is wrong with the request, each with the path of the field'),
    requestId: z.string().describe('names the request in the log'),
  })
  .meta({ id: 'Problem', description: 'What went wrong, and what to do about it.' });

export type ProblemDocument = z.infer<typeof problemDocument>;

/** Codes whose status is not the one of their kind. Any code that ends in `_unknown` is 404 besides, and in `_conflict` 409. */
const STATUS: Readonly<Record<string, number>> = {
  request_malformed: 400,
  json_malformed: 400,
  request_invalid: 400,
  idempotency_key_missing: 400,
  actor_invalid: 400,
  cursor_invalid: 400,
  credentials_two: 400,
  return_refused: 400,
  token_missing: 401,
  token_wrong: 401,
  sign_in_failed: 401,
  session_ended: 401,
  key_wrong: 401,
  key_revoked: 401,
  key_expired: 401,
  key_maker_disabled: 401,
  role_insufficient: 403,
  agency_forbidden: 403,
  key_exceeds_maker: 403,
  session_needed: 403,
  host_refused: 403,
  origin_refused: 403,
  unknown_destination: 404,
  method_not_allowed: 405,
  idempotency_busy: 409,
  config_version_stale: 409,
  undo_done: 409,
  advertiser_exists: 409,
  user_exists: 409,
  user_disabled: 409,
  last_admin: 409,
  run_finished: 409,
  run_delivered: 409,
  run_not_held: 409,
  link_expired: 410,
  body_too_large: 413,
  media_type_unsupported: 415,
  destination_test_busy: 429,
  warehouse_timeout: 504,
  idempotency_mismatch: 422,
  too_many_attempts: 429,
};

const OF_KIND = { config: 422, transient: 503, rejected: 502 } as const;

/** The HTTP status of a failure. What is not an `AquariusError` is a bug of ours. */
export function statusOf(error: unknown): number {
  if (!(error instanceof AquariusError)) return 500;
  if (error.code.endsWith('_conflict')) return 409;
  return STATUS[error.code] ?? (error.code.endsWith('_unknown') ? 404 : OF_KIND[error.kind]);
}

/** The failure as a document. Of a bug nothing is told but the request's id: its message may quote data. */
export function problemOf(error: unknown, requestId: string): ProblemDocument {
  const status = statusOf(error);
  if (!(error instanceof AquariusError)) {
    return {
      ...named('bug', status),
      detail: 'This is a fault in Aquarius.',
      hint: `Please report it with the lines of request ${requestId} in the log.`,
      problems: [],
      requestId,
    };
  }
  const { code, message, hint, problems } = error;
  return { ...named(code, status), detail: message, hint: hint ?? null, problems: [...problems], requestId };
}

function named(code: string, status: number) {
  const words = code.replaceAll('_', ' ');
  const title = code === 'bug' ? (STATUS_CODES[status] ?? words) : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
  return { type: `urn:aquarius:${code}`, title, status, code };
}

/** After what time to ask again when nobody said. */
const RETRY_MS = 5_000;

/** Headers that belong to a failure. */
export function problemHeaders(error: unknown): Record<string, string> {
  const status = statusOf(error);
  if (status === 401) return { 'WWW-Authenticate': 'Bearer realm="aquarius"' };
  const waitMs = error instanceof AquariusError ? error.retryAfterMs : undefined;
  if (waitMs === undefined && status !== 503) return {};
  return { 'Retry-After': String(Math.max(1, Math.ceil((waitMs ?? RETRY_MS) / 1000))) };
}
