import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { ApiEnv } from './env.ts';

/** The route that answers this request, or null when there is none: middleware matches everything and is no route. */
export function routeOf(c: Context<ApiEnv>): { readonly method: string; readonly path: string } | null {
  return matchedRoutes(c).find(isRoute) ?? null;
}

export function isRoute({ method }: { readonly method: string }): boolean {
  return method !== 'ALL';
}
