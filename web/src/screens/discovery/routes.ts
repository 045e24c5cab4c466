import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceParam, numberParam, textParam } from '../../lib/search-params.ts';
import { shellRoute } from '../../shell/shell-route.tsx';
import { CONFLICT_KINDS, IMPRESSION_STATES, PANELS, PLATFORMS } from './choices.ts';

/** What Discovery is narrowed to: names that begin with p are of pixels, with i of impressions. */
export interface DiscoverySearch {
  /** Which of the two is shown where there is no room for both. */
  readonly panel?: (typeof PANELS)[number] | undefined;
  readonly pq?: string | undefined;
  readonly pdays?: number | undefined;
  readonly pmin?: number | undefined;
  readonly platform?: (typeof PLATFORMS)[number] | undefined;
  readonly ignored?: 'yes' | undefined;
  readonly ppage?: number | undefined;
  readonly iq?: string | undefined;
  readonly idays?: number | undefined;
  readonly imin?: number | undefined;
  readonly istate?: (typeof IMPRESSION_STATES)[number] | undefined;
  readonly ipage?: number | undefined;
}

export interface ConflictsSearch {
  readonly kind?: (typeof CONFLICT_KINDS)[number] | undefined;
  readonly page?: number | undefined;
}

/** In the address it is text, in a link a number. */
const number = (value: unknown, min: number, max: number): number | undefined => numberParam(String(value), { min, max });
const page = (value: unknown): number | undefined => number(value, 1, 100_000);
const least = (value: unknown): number | undefined => number(value, 0, 1_000_000_000);

export const discoveryRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/discovery',
    staticData: { role: 'operator' },
    validateSearch: (search: Record<string, unknown>): DiscoverySearch => ({
      panel: choiceParam(search.panel, PANELS),
      pq: textParam(search.pq),
      pdays: number(search.pdays, 1, 30),
      pmin: least(search.pmin),
      platform: choiceParam(search.platform, PLATFORMS),
      ignored: choiceParam(search.ignored, ['yes'] as const),
      ppage: page(search.ppage),
      iq: textParam(search.iq),
      idays: number(search.idays, 1, 90),
      imin: least(search.imin),
      istate: choiceParam(search.istate, IMPRESSION_STATES),
      ipage: page(search.ipage),
    }),
    component: lazyRouteComponent(() => import('./discovery.tsx'), 'Discovery'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/discovery/conflicts',
    staticData: { role: 'operator' },
    validateSearch: (search: Record<string, unknown>): ConflictsSearch => ({
      kind: choiceParam(search.kind, CONFLICT_KINDS),
      page: page(search.page),
    }),
    component: lazyRouteComponent(() => import('./conflicts.tsx'), 'Conflicts'),
  }),
] as const;
