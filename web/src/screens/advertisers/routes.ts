import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceParam, numberParam, textParam } from '../../lib/search-params.ts';
import { shellRoute } from '../../shell/shell-route.tsx';
import { DELIVERY_STATES, HAS, NEEDS, SORTS, STATUSES } from './choices.ts';
import { TABS, type Tab } from './tabs.ts';

const MOST_PAGES = 100_000;

/** What the list of advertisers is narrowed and sorted by. */
export interface AdvertisersSearch {
  readonly q?: string | undefined;
  readonly needs?: (typeof NEEDS)[number] | undefined;
  readonly has?: (typeof HAS)[number] | undefined;
  readonly status?: (typeof STATUSES)[number] | undefined;
  readonly delivery?: (typeof DELIVERY_STATES)[number] | undefined;
  /** One of `SORTS`, with - before it for the largest first. */
  readonly sort?: string | undefined;
  readonly page?: number | undefined;
}

/** What an advertiser's page shows, and how its list is narrowed. */
export interface AdvertiserSearch {
  readonly tab?: Tab | undefined;
  readonly q?: string | undefined;
  readonly state?: string | undefined;
  readonly page?: number | undefined;
}

function sortParam(value: unknown): string | undefined {
  const sort = textParam(value);
  return choiceParam(sort?.replace(/^-/, ''), SORTS) === undefined ? undefined : sort;
}

/** In the address it is text, in a link a number. */
function pageParam(value: unknown): number | undefined {
  return numberParam(String(value), { min: 1, max: MOST_PAGES });
}

export const advertisersRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/advertisers',
    staticData: { role: 'operator' },
    validateSearch: (search: Record<string, unknown>): AdvertisersSearch => ({
      q: textParam(search.q),
      needs: choiceParam(search.needs, NEEDS),
      has: choiceParam(search.has, HAS),
      status: choiceParam(search.status, STATUSES),
      delivery: choiceParam(search.delivery, DELIVERY_STATES),
      sort: sortParam(search.sort),
      page: pageParam(search.page),
    }),
    component: lazyRouteComponent(() => import('./hub/hub.tsx'), 'Hub'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/advertisers/$agencyId/$advertiserId',
    staticData: { role: 'operator' },
    validateSearch: (search: Record<string, unknown>): AdvertiserSearch => ({
      tab: choiceParam(search.tab, TABS),
      q: textParam(search.q),
      state: textParam(search.state),
      page: pageParam(search.page),
    }),
    component: lazyRouteComponent(() => import('./detail/advertiser.tsx'), 'Advertiser'),
  }),
] as const;
