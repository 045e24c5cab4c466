import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { ApiEnv } from './env.ts';
import { routeOf } from './route-of.ts';

const SANE_ID = /^[\w.:-]{1,128}$/;

/**
 * Names every request and logs one line for it. The line has the route's pattern, never the path, the query or a body: those hold
 * what people typed.
 */
export function requestLog(log: Logger): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const startedAt = performance.now();
    const given = c.req.header('x-request-id');
    const requestId = given !== undefined && SANE_ID.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    await next();
    c.res.headers.set('X-Request-Id', requestId);
    const route = routeOf(c)?.path ?? 'none';
    const ms = Math.round((performance.now() - startedAt) * 10) / 10;
    log.info({ requestId, method: c.req.method, route, status: c.res.status, ms }, 'request');
  };
}
