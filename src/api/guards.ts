import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { configError } from '../errors.ts';
import { STORE_LIST_BYTES } from '../shapes/config/store-lists.ts';
import { mayDo } from '../users/role.ts';
import { ACCESS, accessKey } from './access.ts';
import { clientAddress, proxyTest } from './client-address.ts';
import type { ApiEnv } from './env.ts';
import type { Identify } from './principal.ts';
import { routeOf } from './route-of.ts';

/** What stands between the network and the routes, in the order in which it is passed. */

/**
 * On a loopback address only the names of this machine are answered, and that of the site of `users.url`, for which a proxy calls: a page
 * whose name was made to point here (DNS rebinding) would bring its own.
 */
export function hostGuard(site: string | null): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const host = (c.req.header('host') ?? '').toLowerCase();
    const isOwn = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/.test(host) || (site !== null && host === hostOf(site));
    if (c.env.loopback && !isOwn) {
      throw configError('host_refused', 'This server answers to the names of its own machine alone.', {
        hint: 'Call it as localhost, or set serve.host and serve.token in aquarius.yaml.',
      });
    }
    await next();
  };
}

/** A browser says from which site a write comes; only our own may. Programs that are no browser send no such header. */
export function originGuard(site: string | null): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (!reads(c) && origin !== undefined && origin !== site && hostOf(origin) !== c.req.header('host')?.toLowerCase()) {
      throw originRefused();
    }
    await next();
  };
}

/**
 * A browser sends the cookie with whatever asks it to write here, so that such a request must say that it comes from our own page. That of
 * an https site is told with its scheme: what came over http may be anybody's.
 */
function requireOwnPage(c: Context<ApiEnv>, site: string | null): void {
  const origin = c.req.header('origin');
  const isOwn =
    origin === undefined ? c.req.header('sec-fetch-site') === 'same-origin' : !site?.startsWith('https:') || origin === site;
  if (!isOwn) throw originRefused();
}

function originRefused(): Error {
  return configError('origin_refused', 'This request does not come from a page of this site.', {
    hint: 'Use a page that this server delivers; a program sends a key or the token, and no cookie.',
  });
}

function reads(c: Context<ApiEnv>): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD';
}

/** Keeps whence a request comes. */
export function clientOf(proxies: readonly string[]): MiddlewareHandler<ApiEnv> {
  const isProxy = proxyTest(proxies);
  return async (c, next) => {
    c.set('client', {
      address: clientAddress(c.env.remoteAddress, c.req.header('x-forwarded-for'), isProxy),
      name: c.req.header('user-agent') ?? null,
      cookie: c.req.header('cookie') ?? null,
    });
    await next();
  };
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

export const BODY_LIMIT_BYTES = 1024 * 1024;
/** What a form has around its file. */
const FORM_BYTES = 64 * 1024;

const smallBody = bodyOf(BODY_LIMIT_BYTES, 'The body of the request is larger than 1 MiB.', 'Ask for less at once.');
/** By path: where files are taken. */
const LARGE_BODIES: ReadonlyMap<string, MiddlewareHandler<ApiEnv>> = new Map([
  [
    '/api/config/upload-storelist',
    bodyOf(
      STORE_LIST_BYTES + FORM_BYTES,
      'The file is larger than 10 MiB.',
      'Split the list, or leave out columns that are not needed.',
    ),
  ],
]);

export const bodyGuard: MiddlewareHandler<ApiEnv> = (c, next) => (LARGE_BODIES.get(c.req.path) ?? smallBody)(c, next);

function bodyOf(maxSize: number, message: string, hint: string): MiddlewareHandler<ApiEnv> {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw configError('body_too_large', message, { hint });
    },
  });
}

const CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** A year: for so long a browser that has been at an https site asks for it in no other way. */
const HTTPS_SECONDS = 365 * 24 * 60 * 60;

/** Headers of all answers: nothing is kept, guessed, framed or loaded. A page that shows something sets a policy of its own, and what may be kept says so. */
export function securityHeaders(site: string | null): MiddlewareHandler<ApiEnv> {
  const isHttps = site?.startsWith('https:') === true;
  return async (c, next) => {
    await next();
    secure(c.res.headers);
    if (isHttps) c.res.headers.set('Strict-Transport-Security', `max-age=${HTTPS_SECONDS}`);
  };
}

/** Sets them on the headers of an answer. */
export function secure(headers: Headers): void {
  headers.set('X-Content-Type-Options', 'nosniff');
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  headers.set('Referrer-Policy', 'no-referrer');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  headers.set('X-Frame-Options', 'DENY');
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', CONTENT_POLICY);
}

/** Makes the principal of every request that is not to a public route, and sees that they may call it. */
export function accessGuard(identify: Identify, site: string | null): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const route = routeOf(c);
    // What does not exist needs a token too: nobody without one learns what does.
    const needed = route === null ? 'viewer' : (ACCESS[accessKey(route.method, route.path)] ?? 'admin');
    if (needed === 'public') {
      // Whoever makes somebody sign in as another, or out, needs no cookie for it.
      if (!reads(c)) requireOwnPage(c, site);
    } else {
      const [authorization, actsFor] = ['authorization', 'x-aquarius-actor'].map((name) => c.req.header(name));
      const principal = await identify({ authorization, actsFor, client: c.get('client') });
      if (principal.kind === 'user' && !reads(c)) requireOwnPage(c, site);
      if (!mayDo(principal.role, needed)) {
        throw configError('role_insufficient', `This needs the role ${needed}.`, {
          hint: 'Ask an administrator to do it, or for the role.',
        });
      }
      c.set('principal', principal);
    }
    await next();
  };
}
