import { z } from 'zod';
import { type AquariusError, configError, rejectedError, transientError } from '../../errors.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';
import { type HttpAnswer, jsonOf } from '../http/http.ts';

const envelope = z.object({ response: z.looseObject({ status: z.string().optional() }) });

/** The partner's answer without its envelope. */
export type Response = z.infer<typeof envelope>['response'];

/** The partner takes one upload a minute. Source: Batch Segment Service. */
export const BETWEEN_UPLOADS_MS = 60_000;

/** What the partner advises after a limit of bytes or lines for an hour or a day. Source: its best practices. */
export const QUOTA_MS = 3_600_000;

/** How long the partner is left alone when it names a limit and no time: logins are counted over five minutes. */
const LIMIT_MS = 300_000;

const THROTTLES: ReadonlySet<string | undefined> = new Set(['RATE_EXCEEDED', 'LIMIT']);

/** Codes that ask for something else than their kind of failure does. */
const LIMITS: ReadonlySet<string> = new Set([
  'RATE_EXCEEDED',
  'RATE_LIMIT_EXCEEDED',
  'FILESIZE_LIMIT_EXCEEDED',
  'uploading-error',
]);

/** What the partner says in whatever status; undefined when it is not the partner's own form. */
export function saidBy(answer: HttpAnswer): Response | undefined {
  return envelope.safeParse(jsonOf(answer)).data?.response;
}

/**
 * The partner's code for what went wrong, if there is one. `error_id` is only the kind of failure (`SYSTEM`, `SYNTAX`), and `error_code`
 * beside it says which limit was reached. Its texts are never passed on: they may quote what was sent.
 */
export function errorIdOf(said: Response | undefined): string | undefined {
  const codes = [said?.error_id, said?.error_code, said?.code].filter(
    (code): code is string => typeof code === 'string' && /^[A-Za-z_-]{1,60}$/.test(code),
  );
  return codes.find((code) => LIMITS.has(code)) ?? codes[0];
}

/** The answer to a call that went well, which is not the same as HTTP 200; anything else is thrown. `what` says what was asked. */
export function responseOf(answer: HttpAnswer, what: string, now: Date): Response {
  const said = saidBy(answer);
  if (answer.status < 300 && said?.status === 'OK') return said;
  throw failureOf(answer, said, what, now);
}

function failureOf(answer: HttpAnswer, said: Response | undefined, what: string, now: Date): AquariusError {
  const { status, headers } = answer;
  const id = errorIdOf(said);
  const told = id === undefined ? `HTTP ${status}` : `HTTP ${status}, ${id}`;
  const wait = retryAfterMs(answer, now) ?? (id === 'LIMIT' ? LIMIT_MS : undefined);
  const later = wait === undefined ? {} : { retryAfterMs: wait };
  if (status === 429 || (status === 503 && headers.has('x-ratelimit-code')) || THROTTLES.has(id))
    return transientError('xandr_throttled', `Xandr asked to be left alone for a while when asked to ${what} (${told}).`, {
      hint: 'It is tried again after the time that Xandr names. If it stays so, somebody else uses the same API user or seat.',
      ...later,
    });
  if (id === 'RATE_LIMIT_EXCEEDED') return limitReached([said?.errors, said?.error, said?.error_description]);
  if (status >= 500 || status === 408 || id === 'SYSTEM')
    return transientError('xandr_unavailable', `Xandr could not ${what} (${told}).`, { hint: 'It is tried again.', ...later });
  if (id?.startsWith('NOAUTH') || (status === 401 && id === undefined))
    return configError('xandr_auth', `Xandr does not accept the login of the API user any more (${told}).`, {
      hint: 'Check with Xandr whether the API user is switched off or its password has expired.',
    });
  if (id === 'UNAUTH' || status === 403)
    return configError('xandr_permission', `The API user may not ${what} (${told}).`, {
      hint: 'Check memberId, and ask Xandr to give the API user access to segments and batch uploads of this seat.',
    });
  if (status < 300 && said?.status === undefined && id === undefined)
    return transientError('xandr_answer', `Xandr's answer when asked to ${what} cannot be read.`, {
      hint: 'It is tried again. If it stays so, something between here and Xandr changes its answers.',
    });
  if (said === undefined)
    return configError('xandr_address', `The server at apiUrl does not know how to ${what} (${told}).`, {
      hint: 'Check apiUrl: it is https://api.appnexus.com or https://api.adnxs.com.',
    });
  if (status === 404 || isNotFound(said))
    return rejectedError('xandr_not_found', `Xandr does not find what it needs to ${what} (${told}).`, {
      hint: 'Check memberId and the segment.',
    });
  return rejectedError('xandr_refused', `Xandr refused to ${what} (${told}).`, {
    hint: 'Ask Xandr what the code means; `docs/destinations/xandr-segments.md` has those that are known.',
  });
}

/** One code stands for the pace of uploads, and for the limits of an hour and of a day; only its text tells them apart. */
function limitReached(texts: readonly unknown[]): AquariusError {
  if (/\b(hour|day)\b/i.test(JSON.stringify(texts)))
    return transientError('xandr_quota', "The seat's limit of bytes or lines for an hour or a day is used up at Xandr.", {
      hint: 'It goes on by itself an hour later. Send changes only (refresh: incremental), or ask Xandr for a higher limit.',
      retryAfterMs: QUOTA_MS,
    });
  return transientError('xandr_rate_limit', 'Xandr takes one upload a minute, and there was another one.', {
    hint: 'It is tried again a minute later. If it stays so, somebody else uploads for the same seat.',
    retryAfterMs: BETWEEN_UPLOADS_MS,
  });
}

const isNotFound = ({ error }: Response): boolean => typeof error === 'string' && /not found|does not exist/i.test(error);
