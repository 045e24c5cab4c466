import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceParam } from '../../lib/search-params.ts';
import { shellRoute } from '../../shell/shell-route.tsx';
import { ALERT_KINDS } from './alert-kinds.ts';

/** What the list of alerts is narrowed by; those that are over are shown when asked for. */
export interface AlertsSearch {
  readonly kind?: (typeof ALERT_KINDS)[number] | undefined;
  readonly state?: 'resolved' | undefined;
}

export const todayRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./today.tsx'), 'Today'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/alerts',
    validateSearch: (search: Record<string, unknown>): AlertsSearch => ({
      kind: choiceParam(search.kind, ALERT_KINDS),
      state: choiceParam(search.state, ['resolved'] as const),
    }),
    component: lazyRouteComponent(() => import('./alerts.tsx'), 'Alerts'),
  }),
] as const;
