import type { MiddlewareHandler } from 'hono';
import type { ApiDeps } from './deps.ts';
import type { ApiEnv } from './env.ts';
import { routeOf } from './route-of.ts';

/**
 * Gives browsers the pages: whatever is no route and does not lie under /api. It stands before the guard, since who is not signed in
 * needs the page to do so; nothing in it is of anybody's data.
 */
export function webPages(pages: NonNullable<ApiDeps['pages']>): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    const isApi = routeOf(c) !== null || /^\/api(?:\/|$)/.test(c.req.path);
    const answer = reads && !isApi ? pages(c.req.raw) : null;
    if (answer === null) await next();
    else return answer;
  };
}
