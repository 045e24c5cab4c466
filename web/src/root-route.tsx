import { createRootRoute, Outlet, retainSearchParams } from '@tanstack/react-router';
import { textParam } from './lib/search-params.ts';
import { agencyOfLastTime } from './shell/agency-of-last-time.ts';

export interface RootSearch {
  /** The agency whose data is shown; left out for all. Every link keeps it. */
  readonly agency?: string | undefined;
}

export const rootRoute = createRootRoute({
  validateSearch: (search: Record<string, unknown>): RootSearch => {
    const agency = textParam(search.agency) ?? agencyOfLastTime();
    return agency === undefined ? {} : { agency };
  },
  search: { middlewares: [retainSearchParams<RootSearch>(['agency'])] },
  component: Outlet,
});
