import { configError, rejectedError, transientError } from '../../errors.ts';
import type { Clock } from '../../lib/clock.ts';
import { retryAfterMs } from '../../lib/retry-after.ts';

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/**
 * Posts JSON; done when the answer is 2xx. Redirects are not followed: an alert goes where the settings say. Throws
 * `alert_channel_gone`, `rejected`, for 410; `alert_channel_redirects`, `config`, for 3xx; `alert_channel_refused` or
 * `alert_channel_unreachable`, `transient`, for the rest, with what Retry-After asks for. The URL is in no message: it may be a secret.
 */
export async function post({ url, headers, body, signal, clock }: PostRequest): Promise<void> {
  const response = await answer(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'aquarius', ...headers },
    body,
    redirect: 'manual',
    signal,
  });
  // Nothing in it is of use, and a body left unread would keep the connection.
  await response.body?.cancel();
  const { status } = response;
  if (response.ok) return;
  if (status === 410) {
    throw rejectedError('alert_channel_gone', 'The receiver of alerts says that it is gone for good (HTTP 410).', {
      hint: 'Take the channel out of aquarius.yaml, or give it a new URL.',
    });
  }
  if (status >= 300 && status < 400) {
    throw configError('alert_channel_redirects', `The receiver of alerts answers with a redirect (HTTP ${status}).`, {
      hint: 'Give the channel the URL that it redirects to.',
    });
  }
  const askedMs = retryAfterMs(response, clock.now());
  throw transientError('alert_channel_refused', `The receiver of alerts answers with HTTP ${status}.`, {
    hint: 'It is tried again; if it stays so, look at the URL and the receiver.',
    ...(askedMs !== null && { retryAfterMs: askedMs }),
  });
}

async function answer(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw transientError('alert_channel_unreachable', `The receiver of alerts cannot be reached (${reason(error)}).`, {
      hint: 'It is tried again; if it stays so, look at the URL and the way there.',
    });
  }
}

/** The system's code alone: the message may quote the URL. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection';
}
