import { type AquariusError, configError, transientError } from '../../../errors.ts';
import { retryAfterMs } from '../../../lib/retry-after.ts';
import type { CheckCtx } from '../../destination.ts';
import { call, type HttpAnswer, type HttpCall, jsonOf } from '../../http/http.ts';
import { type Patience, patiently } from '../../http/patiently.ts';
import { openAccessTokens } from './access-token.ts';
import type { PrivacySettings } from './settings.ts';

/** LiveRamp's own advice: 1, 2 and 4 seconds; a longer wait is left to a later delivery. */
const PATIENCE: Patience = { attempts: 4, firstMs: 1_000, longestMs: 60_000 };

/** What became of a request about one device id. */
export type PrivacyOutcome = 'accepted' | 'duplicate' | 'invalid' | 'failed';

export interface PrivacyApi {
  /** Asks LiveRamp to forget a device id. Asked twice, it says `duplicate`. */
  request(maid: string, signal: AbortSignal): Promise<PrivacyOutcome>;
  /** Proves that requests may be made, and makes none. */
  check(signal: AbortSignal): Promise<void>;
}

/** LiveRamp's Privacy API. Nothing is sent before the first call. */
export function openPrivacyApi(settings: PrivacySettings, ctx: CheckCtx): PrivacyApi {
  const tokens = openAccessTokens(settings, ctx);
  const base = `${settings.url.replace(/\/$/, '')}/requests`;

  /** One call, with a token in force. A token that is refused is replaced once. */
  async function authorised(what: Pick<HttpCall, 'method' | 'url' | 'body'>, signal: AbortSignal): Promise<HttpAnswer> {
    const send = (token: string): Promise<HttpAnswer> =>
      call({
        ...what,
        headers: {
          authorization: `Bearer ${token}`,
          'lr-org-id': settings.orgId,
          accept: 'application/json',
          ...(what.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        timeoutMs: settings.timeoutSeconds * 1000,
        signal,
      });
    const token = await tokens.current(signal);
    const answer = await send(token);
    return answer.status === 401 ? send(await tokens.insteadOf(token, signal)) : answer;
  }

  return {
    request: (maid, signal) =>
      patiently(
        ctx.sleep,
        async () => {
          const body = JSON.stringify({ maid, request_type: settings.requestType });
          const answer = await authorised({ method: 'POST', url: base, body }, signal);
          if (answer.status === 422) return 'invalid';
          if (answer.status !== 200 && answer.status !== 201) throw refusal(answer, ctx);
          return outcomeOf(answer);
        },
        PATIENCE,
      ),
    async check(signal) {
      const answer = await authorised({ method: 'GET', url: `${base}?page_size=1` }, signal);
      if (answer.status !== 200) throw refusal(answer, ctx);
    },
  };
}

function outcomeOf(answer: HttpAnswer): PrivacyOutcome {
  const body = jsonOf(answer);
  const {
    request_uuid: id,
    status,
    is_duplicate: isDuplicate,
  } = typeof body === 'object' && body !== null ? (body as Fields) : {};
  // Without its id nobody can say that LiveRamp has the request.
  if (typeof id !== 'string' || id === '')
    throw transientError('privacy_answer', 'LiveRamp answered a privacy request without saying what became of it.', {
      hint: 'It is tried again. If it stays so, check url of privacyApi.',
    });
  if (status === 'FAILED') return 'failed';
  return isDuplicate === true ? 'duplicate' : 'accepted';
}

type Fields = Readonly<Record<string, unknown>>;

/** What an answer means that is about no single device id. Its text stays out: it may repeat what was sent. */
function refusal(answer: HttpAnswer, ctx: CheckCtx): AquariusError {
  const { status } = answer;
  if (status === 408 || status === 429 || status >= 500) {
    const wait = retryAfterMs(answer, ctx.clock.now());
    return transientError('privacy_unavailable', `LiveRamp's Privacy API cannot take requests now (HTTP ${status}).`, {
      hint: 'It is tried again later.',
      ...(wait === null ? {} : { retryAfterMs: wait }),
    });
  }
  if (status === 401)
    return configError('privacy_auth', "LiveRamp's Privacy API refuses a token that it has just been given.", {
      hint: 'Check that tokenUrl and url of privacyApi belong together, and ask LiveRamp whether the account may use the Privacy API.',
    });
  if (status === 403)
    return configError('privacy_permission', "LiveRamp's Privacy API refuses this account or organisation (HTTP 403).", {
      hint: 'Check orgId of privacyApi, and ask LiveRamp to give the service account access to it.',
    });
  return configError('privacy_refused', `LiveRamp's Privacy API refuses the request (HTTP ${status}).`, {
    hint: 'Check url and orgId of privacyApi.',
  });
}
