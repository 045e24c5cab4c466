import { type AquariusError, configError, rejectedError, transientError } from '../../../errors.ts';
import { retryAfterMs } from '../../../lib/retry-after.ts';
import type { HttpAnswer } from '../../http/http.ts';
import { parseExact } from './exact-json.ts';

/** What The Trade Desk's Platform API means by its statuses. */

/** The wait where a call is throttled and the partner names none: its limits are by the minute. */
const THROTTLED_MS = 60_000;
const LONGEST_MESSAGE = 300;

/** The body of an answer that is well; null where there is none (204, and 240, which is The Trade Desk's own). Others are thrown. */
export function contentOf(answer: HttpAnswer, what: string, now: Date): unknown {
  const { status, text } = answer;
  if (status < 200 || status > 299) throw refusalOf(answer, what, now);
  if (status === 204 || status === 240 || text.trim() === '') return null;
  const content = parseExact(text);
  if (content !== undefined) return content;
  throw transientError('ttd_answer', `The Trade Desk answered something else than JSON when it was to ${what}.`, {
    hint: 'It is tried again. If it stays so, check taxonomy.platformUrl, and a proxy on the way.',
  });
}

/** Login and password, or the token, are not taken. */
export function notAuthenticated(): AquariusError {
  return configError('ttd_auth', 'The Trade Desk does not take the credentials of the Platform API.', {
    hint: 'Check the secrets that taxonomy.auth names: a token expires, and a password may have been changed.',
  });
}

function refusalOf(answer: HttpAnswer, what: string, now: Date): AquariusError {
  const { status } = answer;
  const told = (verb: string) => `The Trade Desk ${verb} to ${what} (${status}${requestOf(answer)})${messageOf(answer)}`;
  const wait = retryAfterMs(answer, now);
  if (status === 429 || status === 503) {
    return transientError(status === 429 ? 'ttd_rate_limited' : 'ttd_unavailable', told('has no time'), {
      retryAfterMs: wait ?? THROTTLED_MS,
      hint: 'It is tried again later. What was done is not done again.',
    });
  }
  if (status >= 500 || status === 408) {
    return transientError('ttd_server_error', told('was not able'), {
      hint: 'It is tried again. If it stays so, give The Trade Desk the number of the request.',
      ...(wait === null ? {} : { retryAfterMs: wait }),
    });
  }
  if (status === 403) {
    return configError('ttd_permission', told('does not allow'), {
      hint: 'Ask your contact at The Trade Desk for access to the taxonomy and the data rates of this provider id.',
    });
  }
  if (status === 404 || status === 410) {
    return configError('ttd_endpoint', told(status === 410 ? 'has given up the way' : 'knows no way'), {
      hint: 'Check taxonomy.platformUrl and taxonomy.providerId.',
    });
  }
  return rejectedError('ttd_request_refused', told('refuses'), {
    hint: 'Correct what it names. Where it names a field, ask your contact and set taxonomy.fieldNames.',
  });
}

function requestOf({ headers }: HttpAnswer): string {
  const id = headers.get('x-ttd-request-id');
  return id === null || !/^[\w:.-]{1,100}$/.test(id) ? '' : `, request ${id}`;
}

/** The partner's own words, where it has some. */
function messageOf({ text }: HttpAnswer): string {
  const content = parseExact(text);
  const message = typeof content === 'object' && content !== null && 'Message' in content ? content.Message : null;
  return typeof message === 'string' ? `: ${oneLine(message)}` : '.';
}

/** A partner's words on one line, not longer than a line of a log should be. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_MESSAGE);
}
