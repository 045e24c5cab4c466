import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceParam, dayParam, textParam } from '../../lib/search-params.ts';
import { shellRoute } from '../../shell/shell-route.tsx';
import { DELIVERY_STATES, RUN_CHOICES } from './choices.ts';

/** What the list of runs is narrowed by. */
export interface RunsSearch {
  readonly state?: (typeof RUN_CHOICES)[number] | undefined;
  readonly advertiser?: string | undefined;
  readonly destination?: string | undefined;
  readonly delivery?: string | undefined;
  readonly slot?: string | undefined;
  /** Days in UTC on which they were planned. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What the list of deliveries is narrowed and sorted by. */
export interface DeliveriesSearch {
  readonly state?: (typeof DELIVERY_STATES)[number] | undefined;
  readonly advertiser?: string | undefined;
  readonly destination?: string | undefined;
  readonly sort?: string | undefined;
}

export const runsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/runs',
    validateSearch: (search: Record<string, unknown>): RunsSearch => ({
      state: choiceParam(search.state, RUN_CHOICES),
      advertiser: textParam(search.advertiser),
      destination: textParam(search.destination),
      delivery: textParam(search.delivery),
      slot: textParam(search.slot),
      from: dayParam(search.from),
      to: dayParam(search.to),
    }),
    component: lazyRouteComponent(() => import('./runs.tsx'), 'Runs'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/runs/$id',
    component: lazyRouteComponent(() => import('./run.tsx'), 'RunScreen'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/deliveries',
    validateSearch: (search: Record<string, unknown>): DeliveriesSearch => ({
      state: choiceParam(search.state, DELIVERY_STATES),
      advertiser: textParam(search.advertiser),
      destination: textParam(search.destination),
      sort: textParam(search.sort),
    }),
    component: lazyRouteComponent(() => import('./deliveries.tsx'), 'Deliveries'),
  }),
] as const;
