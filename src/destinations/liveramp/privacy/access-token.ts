import { configError, transientError } from '../../../errors.ts';
import { retryAfterMs } from '../../../lib/retry-after.ts';
import type { CheckCtx } from '../../destination.ts';
import { call, jsonOf } from '../../http/http.ts';
import type { PrivacySettings } from './settings.ts';

/** Tokens are given up this long before they end, since calls take their time. */
const MARGIN_MS = 30_000;
/** What LiveRamp's tokens live when it does not say. */
const USUAL_SECONDS = 600;

export interface AccessTokens {
  /** A token in force; the same one while it is. */
  current(signal: AbortSignal): Promise<string>;
  /** One to use in place of `refused`, fetched once for all who ask. */
  insteadOf(refused: string, signal: AbortSignal): Promise<string>;
}

/** Fetches tokens by the password grant and keeps each while it is in force. Wrong credentials are a `config` error `privacy_auth`. */
export function openAccessTokens(settings: PrivacySettings, ctx: CheckCtx): AccessTokens {
  let held: { readonly token: string; readonly until: number } | null = null;
  let fetching: Promise<string> | null = null;

  async function fetchToken(): Promise<string> {
    // Not the caller's own signal: others wait for the same token.
    const { token, seconds } = await requestToken(settings, ctx);
    held = { token, until: ctx.clock.now().getTime() + seconds * 1000 - MARGIN_MS };
    return token;
  }

  function renewed(): Promise<string> {
    fetching ??= fetchToken().finally(() => {
      fetching = null;
    });
    return fetching;
  }

  return {
    async current(signal) {
      signal.throwIfAborted();
      return held !== null && ctx.clock.now().getTime() < held.until ? held.token : renewed();
    },
    async insteadOf(refused, signal) {
      signal.throwIfAborted();
      return held !== null && held.token !== refused ? held.token : renewed();
    },
  };
}

async function requestToken(settings: PrivacySettings, ctx: CheckCtx): Promise<{ token: string; seconds: number }> {
  const [username, password] = await Promise.all([ctx.secrets(settings.username), ctx.secrets(settings.password)]);
  const answer = await call({
    method: 'POST',
    url: settings.tokenUrl,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'password',
      username,
      password,
      client_id: settings.clientId,
      scope: settings.scope,
    }).toString(),
    timeoutMs: settings.timeoutSeconds * 1000,
    signal: ctx.signal,
  });
  const { status } = answer;
  if (status === 429 || status >= 500) {
    const wait = retryAfterMs(answer, ctx.clock.now());
    throw transientError('privacy_unavailable', `LiveRamp gives no access token now (HTTP ${status}).`, {
      hint: 'It is tried again later.',
      ...(wait === null ? {} : { retryAfterMs: wait }),
    });
  }
  if (status !== 200)
    throw configError('privacy_auth', `LiveRamp gives this service account no access token (HTTP ${status}).`, {
      hint: 'Check username, password, clientId and scope of privacyApi; ask LiveRamp whether the account is still in force.',
    });
  const body = jsonOf(answer);
  const { access_token: token, expires_in: seconds } = typeof body === 'object' && body !== null ? (body as Fields) : {};
  if (typeof token !== 'string' || token === '')
    throw transientError('privacy_answer', 'LiveRamp answered without an access token.', {
      hint: 'It is tried again. If it stays so, check tokenUrl of privacyApi.',
    });
  return { token, seconds: typeof seconds === 'number' ? seconds : USUAL_SECONDS };
}

type Fields = Readonly<Record<string, unknown>>;
