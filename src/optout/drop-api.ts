import { z } from 'zod';
import { call, exchange, type HttpAnswer, type HttpCall, jsonOf, readText } from '../destinations/http/http.ts';
import { configError, rejectedError, transientError } from '../errors.ts';
import { writeDurableFile } from '../format/durable-file.ts';
import type { Clock } from '../lib/clock.ts';
import { retryAfterMs } from '../lib/retry-after.ts';

/**
 * The interface of California's DROP (OpenAPI 1.2.0): one call each, without retries. Refused credentials are `config` errors; what
 * passes by waiting is `transient`, with the wait that DROP asks for.
 */

export interface DropApi {
  readonly url: string;
  /** The key itself. */
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Fetches the lists into a new file of that name; `nothing` when there is no news. */
export async function download(api: DropApi, path: string): Promise<'archive' | 'nothing'> {
  const request = requestOf(api, 'GET', '/data/download', { accept: 'application/zip, application/json' });
  const answer = await exchange(request, async (response) => {
    const type = response.headers.get('content-type') ?? '';
    if (response.status === 200 && /^application\/(zip|octet-stream|x-zip-compressed)\b/.test(type) && response.body !== null) {
      await writeDurableFile(path, response.body, api.signal);
      return null;
    }
    return { status: response.status, headers: response.headers, text: await readText(response) };
  });
  if (answer === null) return 'archive';
  if (answer.status === 200 && messageOf(answer) !== null) return 'nothing';
  if (answer.status === 202) {
    throw transientError('drop_preparing', 'DROP is still preparing the lists.', {
      hint: 'Run the command again later.',
      ...waitOf(answer, api.clock),
    });
  }
  if (answer.status === 409) {
    throw configError('drop_batch_open', `DROP waits for the answers to lists that were fetched before.${said(answer)}`, {
      hint: 'Send the answers for lists that Aquarius does not answer, or from where they were fetched; or ask DROP to give them again.',
    });
  }
  throw refusal(answer, api.clock);
}

const uploadAnswer = z.object({
  accepted: z.array(z.object({ fileName: z.string() })),
  rejected: z.array(z.object({ fileName: z.string(), message: z.string() })),
});

/**
 * Sends the answers to one list. `already` when DROP has them: a file of that name, or an answer to everything that it asked.
 */
export async function upload(api: DropApi, fileName: string, csv: string): Promise<'accepted' | 'already'> {
  // No line of a CSV has a hyphen.
  const boundary = 'aquarius-answers';
  const body = `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${fileName}"\r\nContent-Type: text/csv\r\n\r\n${csv}\r\n--${boundary}--\r\n`;
  const headers = { accept: 'application/json', 'content-type': `multipart/form-data; boundary=${boundary}` };
  const answer = await call({ ...requestOf(api, 'POST', '/data/upload', headers), body });
  if (answer.status === 409) return 'already';
  if (answer.status !== 202 && answer.status !== 400) throw refusal(answer, api.clock);
  const parsed = uploadAnswer.safeParse(jsonOf(answer));
  if (!parsed.success) throw refusal(answer, api.clock);
  if (parsed.data.accepted.some((file) => file.fileName === fileName)) return 'accepted';
  const reason = parsed.data.rejected.find((file) => file.fileName === fileName)?.message ?? 'It does not say why.';
  if (/already uploaded/i.test(reason)) return 'already';
  throw rejectedError('drop_answers_refused', `DROP does not take ${fileName}: ${reason.slice(0, 200)}`, {
    hint: 'Nothing of it counts as answered. Ask DROP what it expects, then run the command again.',
  });
}

function requestOf(
  { url, apiKey, timeoutMs, signal }: DropApi,
  method: HttpCall['method'],
  path: string,
  headers: Readonly<Record<string, string>>,
): HttpCall {
  return { method, url: `${url.replace(/\/+$/, '')}${path}`, headers: { 'x-api-key': apiKey, ...headers }, timeoutMs, signal };
}

/** What an answer that is none means. */
function refusal(answer: HttpAnswer, clock: Clock): Error {
  const { status } = answer;
  if (status === 401) {
    return configError('drop_auth', `DROP does not know the key.${said(answer)}`, {
      hint: 'Make a new key in the Data Broker Portal and put it where drop.apiKey points.',
    });
  }
  if (status === 403) {
    return configError('drop_forbidden', `DROP does not let this account in.${said(answer)}`, {
      hint: 'Look in the Data Broker Portal at registration, payment and the lists that are chosen.',
    });
  }
  if (status === 404) {
    return configError('drop_url', 'There is no DROP at the address.', { hint: 'Correct drop.url in aquarius.yaml.' });
  }
  if (status === 429 || status >= 500) {
    return transientError('drop_unavailable', `DROP cannot be asked now (HTTP ${status}).${said(answer)}`, {
      hint: 'Run the command again later.',
      ...waitOf(answer, clock),
    });
  }
  return rejectedError('drop_unexpected', `DROP answers HTTP ${status}, which it should not.${said(answer)}`, {
    hint: 'Ask DROP; if its interface has changed, Aquarius has to follow.',
  });
}

function waitOf(answer: HttpAnswer, clock: Clock): { readonly retryAfterMs?: number } {
  const wait = retryAfterMs(answer, clock.now());
  return wait === null ? {} : { retryAfterMs: wait };
}

const LONGEST_MESSAGE = 200;

function messageOf(answer: HttpAnswer): string | null {
  const parsed = z.object({ message: z.string() }).safeParse(jsonOf(answer));
  return parsed.success ? parsed.data.message.slice(0, LONGEST_MESSAGE) : null;
}

/** Its own words, which speak of accounts and files only. */
function said(answer: HttpAnswer): string {
  const message = messageOf(answer);
  return message === null ? '' : ` It says: ${message}`;
}
