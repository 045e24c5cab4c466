import type { Logger } from 'pino';
import { configError, transientError } from '../errors.ts';
import { recordAction } from '../ledger/audit-log.ts';
import type { Store } from '../ledger/store.ts';
import { PROVIDER_ID } from './admit.ts';
import { askLibrary, isRefusal } from './ask-library.ts';
import { attemptOf, countAttempt, forgiveAttempt } from './attempts.ts';
import { AUTH_PATH, type Auth, cookieName } from './auth.ts';
import { type Client, headersOf } from './client.ts';
import { subject } from './sessions.ts';

/** Signing in at a provider: away to it, and back. */

/** Where the provider sends people back; registered there with the address of the pages before it. */
export const CALLBACK_PATH = `${AUTH_PATH}/callback/${PROVIDER_ID}`;
/** The query by which a page learns why a sign-in at the provider has failed. */
export const PROBLEM_QUERY = 'signInProblem';

/** How long the provider may take to say where it answers. */
const DISCOVERY_MS = 15_000;

export interface OidcParts {
  readonly store: Store;
  readonly origin: string;
  readonly log: Logger;
  /** The library with the provider. It waits for the provider when it is first used. */
  readonly auth: Auth;
}

/** An answer that sends the browser on. */
export interface Onward {
  readonly location: string;
  readonly cookies: readonly string[];
  /** They are signed in by it. */
  readonly isIn: boolean;
}

/**
 * Begins: the provider's page, which comes back to `returnTo`, a path of this site. `config`: `return_refused` for any other place;
 * `transient`: `oidc_unreachable`, `too_many_attempts`.
 */
export async function startOidc({ store, origin, auth }: OidcParts, returnTo: string, client: Client): Promise<Onward> {
  const back = pathOf(returnTo, origin);
  await countAttempt(store, attemptOf(null, client.address));
  await reachable(auth);
  try {
    const { headers, response } = await askLibrary(store, () =>
      auth.api.signInSocial({
        body: { provider: PROVIDER_ID, callbackURL: `${origin}${back}`, disableRedirect: true },
        headers: headersOf(client),
        returnHeaders: true,
      }),
    );
    if (response.url !== undefined) return { location: response.url, cookies: headers.getSetCookie(), isIn: false };
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  throw unreachable();
}

/**
 * Ends: takes what the provider sent back, in the query. Whoever is refused comes to the first page, which is told why. `transient`:
 * `oidc_unreachable`, `too_many_attempts`.
 */
export async function finishOidc({ store, origin, log, auth }: OidcParts, query: string, client: Client): Promise<Onward> {
  await reachable(auth);
  const attempt = attemptOf(null, client.address);
  await countAttempt(store, attempt);
  const request = new Request(`${origin}${CALLBACK_PATH}${query}`, { headers: headersOf(client) });
  const answer = await askLibrary(store, () => auth.handler(request));
  const cookies = answer.headers.getSetCookie();
  const location = answer.headers.get('location');
  const isIn = cookies.some((cookie) => cookie.startsWith(`${cookieName(origin, 'session')}=`) && !/;\s*max-age=0/i.test(cookie));
  if (isIn && location !== null) {
    // One attempt was the way there, one the way back.
    for (let counted = 0; counted < 2; counted += 1) await forgiveAttempt(store, attempt);
    return { location: pathOf(location, origin), cookies, isIn };
  }
  const problem = await problemOf(answer, location, origin);
  log.warn({ problem }, 'a sign-in at the provider was refused');
  await recordAction(store, { name: 'unknown', via: 'api', reason: null }, [
    { action: 'session.refuse', ...subject(PROVIDER_ID), before: null, after: { way: 'oidc', problem } },
  ]);
  return { location: `/?${PROBLEM_QUERY}=${encodeURIComponent(problem)}`, cookies, isIn: false };
}

/** The stable code of what went wrong; what a provider says may be anything, and is not told on. */
async function problemOf(answer: Response, location: string | null, origin: string): Promise<string> {
  const said: unknown = location === null ? await answer.json().catch(() => null) : null;
  const code =
    location === null
      ? typeof said === 'object' && said !== null && 'code' in said && said.code
      : new URL(location, origin).searchParams.get('error');
  return typeof code === 'string' && /^[a-z_]{1,60}$/i.test(code) ? code.toLowerCase() : 'oidc_failed';
}

/** Path, query and fragment of a place on this site. */
function pathOf(place: string, origin: string): string {
  const url = URL.canParse(place, origin) ? new URL(place, origin) : null;
  if (url?.origin === origin && !place.includes('\\')) return `${url.pathname}${url.search}${url.hash}`.replace(/^\/+/, '/');
  throw configError('return_refused', 'Only a path of this site can be come back to.', { hint: 'Send a path such as /runs.' });
}

/** The library asks the provider where it answers, and has no deadline of its own for it. */
async function reachable(auth: Auth): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(unreachable()), DISCOVERY_MS);
  try {
    await Promise.race([auth.$context, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function unreachable(): Error {
  return transientError('oidc_unreachable', 'The provider cannot be reached at the moment.', {
    hint: 'Try again; look at users.oidc.issuer in aquarius.yaml if it stays so.',
  });
}
