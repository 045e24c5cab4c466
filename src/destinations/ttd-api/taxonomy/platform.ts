import { z } from 'zod';
import type { CheckCtx } from '../../destination.ts';
import { call, type HttpAnswer } from '../../http/http.ts';
import { patiently } from '../../http/patiently.ts';
import { contentOf, notAuthenticated } from './answers.ts';
import type { TaxonomySettings } from './settings.ts';

/** The Trade Desk's Platform API, where taxonomies and rates are. */
export interface Platform {
  /** Calls it, patiently; gives the body with numbers as text, or null for none. `what` follows "The Trade Desk refuses to". */
  ask(method: 'GET' | 'POST' | 'PUT', path: string, what: string, body?: unknown): Promise<unknown>;
}

/** As long as one command needs: short tokens cannot be taken back. */
const TOKEN_MINUTES = 60;

const tokenAnswer = z.object({ Token: z.string().min(1) });

/** Refused here what is no header: the HTTP client would quote it in its error. */
function headerOf(token: string): string {
  const trimmed = token.trim();
  if (!/^[\x21-\x7e]+$/.test(trimmed)) throw notAuthenticated();
  return trimmed;
}

/**
 * Opens it for one piece of work; a token that is fetched is kept as long. Wrong credentials are `config` `ttd_auth`, missing access
 * `ttd_permission`; what the partner refuses is `rejected` `ttd_request_refused`; all that may pass is waited for, then `transient`.
 */
export function openPlatform(settings: TaxonomySettings, ctx: CheckCtx): Platform {
  const { auth, timeoutSeconds } = settings;
  const base = settings.platformUrl.replace(/\/+$/, '');
  const send = (method: 'GET' | 'POST' | 'PUT', path: string, body: unknown, token?: string): Promise<HttpAnswer> =>
    call({
      method,
      url: `${base}/${path}`,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { 'ttd-auth': token }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: timeoutSeconds * 1000,
      signal: ctx.signal,
    });

  async function fetchToken(): Promise<string> {
    if (auth.token !== undefined) return headerOf(await ctx.secrets(auth.token));
    if (auth.login === undefined || auth.password === undefined) throw notAuthenticated();
    const body = {
      Login: await ctx.secrets(auth.login),
      Password: await ctx.secrets(auth.password),
      TokenExpirationInMinutes: TOKEN_MINUTES,
    };
    const answer = await send('POST', 'authentication', body);
    // Its message is left out: it may repeat what was sent.
    if (answer.status >= 400 && answer.status < 404) throw notAuthenticated();
    const content = tokenAnswer.safeParse(contentOf(answer, 'log in', ctx.clock.now()));
    if (!content.success) throw notAuthenticated();
    return headerOf(content.data.Token);
  }

  let current: Promise<string> | undefined;
  function token(): Promise<string> {
    current ??= fetchToken().catch((error: unknown) => {
      current = undefined;
      throw error;
    });
    return current;
  }

  return {
    ask(method, path, what, body) {
      return patiently(ctx.sleep, async () => {
        const used = token();
        let answer = await send(method, path, body, await used);
        if (answer.status === 401 && auth.token === undefined) {
          // It has expired, or was taken back: logged in anew once, by whoever notices first.
          if (current === used) current = undefined;
          answer = await send(method, path, body, await token());
        }
        if (answer.status === 401) throw notAuthenticated();
        return contentOf(answer, what, ctx.clock.now());
      });
    },
  };
}
