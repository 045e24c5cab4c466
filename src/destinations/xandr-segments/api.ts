import { configError, transientError } from '../../errors.ts';
import { inTurn } from '../../lib/in-turn.ts';
import type { CheckCtx } from '../destination.ts';
import { call, type HttpAnswer } from '../http/http.ts';
import { errorIdOf, type Response, responseOf, saidBy } from './answer.ts';
import type { XandrSettings } from './settings.ts';

interface Token {
  readonly text: string;
  readonly issuedAt: number;
  usedAt: number;
}

/** What this process keeps of a seat between deliveries. */
export interface Seat {
  token?: Token | undefined;
  /** When the last upload began, in milliseconds since 1970. */
  lastUploadAt?: number;
}

export interface ApiCall {
  readonly method: 'GET' | 'POST';
  /** Path and query: `/segment?member_id=1`. */
  readonly path: string;
  readonly json?: unknown;
  /** What it is for, to complete 'Xandr could not …'. */
  readonly what: string;
}

export interface Api {
  readonly seat: Seat;
  /** Makes one call, logging in when there is no token that lives. Nothing is tried again but a call whose token had died. */
  once(request: ApiCall): Promise<Response>;
}

/** A token dies after 2 hours without a call, and 24 hours after the login. It is given up a minute earlier. */
const IDLE_MS = 2 * 3_600_000 - 60_000;
const LIFE_MS = 24 * 3_600_000 - 60_000;

/** Logins are counted by the partner: 10 in 5 minutes. So tokens outlive a delivery, by settings. */
const seats = new Map<string, Seat>();
const oneLogin = inTurn<Seat>();

function seatOf({ apiUrl, memberId, username, password }: XandrSettings): Seat {
  const key = JSON.stringify([apiUrl, memberId, username, password]);
  const seat = seats.get(key) ?? {};
  seats.set(key, seat);
  return seat;
}

/** The API of a seat. */
export function xandrApi(settings: XandrSettings, ctx: CheckCtx): Api {
  const seat = seatOf(settings);
  const now = () => ctx.clock.now().getTime();
  const exchange = ({ method, path, json }: ApiCall, token: string | null): Promise<HttpAnswer> =>
    call({
      method,
      url: `${settings.apiUrl.replace(/\/+$/, '')}${path}`,
      headers: {
        ...(token === null ? {} : { authorization: token }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      timeoutMs: settings.timeoutSeconds * 1000,
      signal: ctx.signal,
    });

  async function living(dead: Token | undefined): Promise<Token> {
    const { token } = seat;
    if (token !== undefined && token !== dead && now() - token.usedAt < IDLE_MS && now() - token.issuedAt < LIFE_MS) return token;
    seat.token = undefined;
    const text = await login(settings, ctx, exchange);
    seat.token = { text, issuedAt: now(), usedAt: now() };
    return seat.token;
  }

  async function ask(request: ApiCall, token: Token): Promise<HttpAnswer> {
    token.usedAt = now();
    return exchange(request, token.text);
  }

  return {
    seat,
    async once(request) {
      const token = await oneLogin(seat, () => living(undefined));
      const first = await ask(request, token);
      const answer = isDeadToken(first) ? await ask(request, await oneLogin(seat, () => living(token))) : first;
      return responseOf(answer, request.what, ctx.clock.now());
    },
  };
}

/** The partner says so in HTTP 401 and in HTTP 200 alike. A user who was switched off gets no new token by asking. */
function isDeadToken(answer: HttpAnswer): boolean {
  const id = errorIdOf(saidBy(answer));
  return id?.startsWith('NOAUTH') === true && id !== 'NOAUTH_DISABLED';
}

async function login(
  { username, password }: XandrSettings,
  ctx: CheckCtx,
  exchange: (request: ApiCall, token: null) => Promise<HttpAnswer>,
): Promise<string> {
  const auth = { username: await ctx.secrets(username), password: await ctx.secrets(password) };
  const what = 'log in';
  const answer = await exchange({ method: 'POST', path: '/auth', json: { auth }, what }, null);
  const id = errorIdOf(saidBy(answer));
  if (id === 'UNAUTH' || id?.startsWith('NOAUTH') || answer.status === 401)
    throw configError('xandr_login', `Xandr refused the user name or the password (${id ?? 'HTTP 401'}).`, {
      hint: 'Check the secrets behind username and password. A password that has expired is set anew at Xandr.',
    });
  const { token } = responseOf(answer, what, ctx.clock.now());
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  throw transientError('xandr_answer', "Xandr's answer to the login has no token.", { hint: 'It is tried again.' });
}
