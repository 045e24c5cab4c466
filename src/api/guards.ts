import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { configError } from '../errors.ts';
import { ACCESS, accessKey } from './access.ts';
import type { ApiEnv } from './env.ts';
import { type Identify, mayDo } from './principal.ts';
import { routeOf } from './route-of.ts';

/** What stands between the network and the routes, in the order in which it is passed. */

/**
 * On a loopback address only the names of this machine are answered: a page whose name was made to point here (DNS rebinding) would
 * bring its own.
 */
export const hostGuard: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const host = c.req.header('host') ?? '';
  if (c.env.loopback && !/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(host)) {
    throw configError('host_refused', 'This server answers to the names of its own machine alone.', {
      hint: 'Call it as localhost, or set serve.host and serve.token in aquarius.yaml.',
    });
  }
  await next();
};

/** A browser says from which site a write comes; only our own may. Programs that are no browser send no such header. */
export const originGuard: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const origin = c.req.header('origin');
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!reads && origin !== undefined && hostOf(origin) !== c.req.header('host')?.toLowerCase()) {
    throw configError('origin_refused', 'This request comes from the page of another site.', {
      hint: 'Call the API from a program, or from a page that this server delivers.',
    });
  }
  await next();
};

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

export const BODY_LIMIT_BYTES = 1024 * 1024;

export const bodyGuard: MiddlewareHandler<ApiEnv> = bodyLimit({
  maxSize: BODY_LIMIT_BYTES,
  onError: () => {
    throw configError('body_too_large', 'The body of the request is larger than 1 MiB.', { hint: 'Ask for less at once.' });
  },
});

const CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Headers of all answers: nothing is kept, guessed, framed or loaded. A page that shows something sets a policy of its own. */
export const securityHeaders: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  secure(c.res.headers);
};

/** Sets them on the headers of an answer. */
export function secure(headers: Headers): void {
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Cache-Control', 'no-store');
  headers.set('Referrer-Policy', 'no-referrer');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  headers.set('X-Frame-Options', 'DENY');
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', CONTENT_POLICY);
}

/** Makes the principal of every request that is not to a public route, and sees that they may call it. */
export function accessGuard(identify: Identify): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const route = routeOf(c);
    // What does not exist needs a token too: nobody without one learns what does.
    const needed = route === null ? 'viewer' : (ACCESS[accessKey(route.method, route.path)] ?? 'admin');
    if (needed !== 'public') {
      const credentials = { authorization: c.req.header('authorization'), actsFor: c.req.header('x-aquarius-actor') };
      const principal = await identify(credentials);
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
