import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { CONFIG_ACTIONS } from '../../components/audit/action-words.ts';
import { choiceParam, numberParam, textParam } from '../../lib/search-params.ts';
import { shellRoute } from '../../shell/shell-route.tsx';
import { AGENCY_STATES, KEY_STATES, SEVERITIES, SUBJECTS, USER_STATES } from './choices.ts';

/** What the users, or the keys, are narrowed and sorted by. */
export interface UsersSearch {
  readonly q?: string | undefined;
  readonly state?: (typeof USER_STATES)[number] | undefined;
  readonly sort?: string | undefined;
}

export interface KeysSearch {
  readonly state?: (typeof KEY_STATES)[number] | undefined;
  readonly sort?: string | undefined;
}

export interface ChangesSearch {
  readonly advertiser?: string | undefined;
  readonly action?: string | undefined;
  readonly page?: number | undefined;
}

export interface ActivitySearch {
  readonly kind?: (typeof SUBJECTS)[number] | undefined;
  /** The id of what it was done to. */
  readonly subject?: string | undefined;
}

export interface HealthSearch {
  /** Agencies of this state. */
  readonly state?: (typeof AGENCY_STATES)[number] | undefined;
  readonly page?: number | undefined;
  /** Findings of the schema of this severity. */
  readonly severity?: (typeof SEVERITIES)[number] | undefined;
}

const page = (value: unknown): number | undefined => numberParam(String(value), { min: 1, max: 100_000 });

export const adminRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/admin',
    staticData: { role: 'operator' },
    component: lazyRouteComponent(() => import('./admin.tsx'), 'Admin'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/admin/users',
    staticData: { role: 'admin' },
    validateSearch: (search: Record<string, unknown>): UsersSearch => ({
      q: textParam(search.q),
      state: choiceParam(search.state, USER_STATES),
      sort: textParam(search.sort),
    }),
    component: lazyRouteComponent(() => import('./users/users.tsx'), 'Users'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/admin/keys',
    staticData: { role: 'admin' },
    validateSearch: (search: Record<string, unknown>): KeysSearch => ({
      state: choiceParam(search.state, KEY_STATES),
      sort: textParam(search.sort),
    }),
    component: lazyRouteComponent(() => import('./keys/keys.tsx'), 'Keys'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/admin/changes',
    staticData: { role: 'operator' },
    validateSearch: (search: Record<string, unknown>): ChangesSearch => ({
      advertiser: textParam(search.advertiser),
      action: choiceParam(search.action, CONFIG_ACTIONS),
      page: page(search.page),
    }),
    component: lazyRouteComponent(() => import('./audit/changes.tsx'), 'Changes'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/admin/activity',
    staticData: { role: 'operator' },
    validateSearch: (search: Record<string, unknown>): ActivitySearch => ({
      kind: choiceParam(search.kind, SUBJECTS),
      subject: textParam(search.subject),
    }),
    component: lazyRouteComponent(() => import('./audit/activity.tsx'), 'Activity'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/admin/health',
    staticData: { role: 'operator' },
    validateSearch: (search: Record<string, unknown>): HealthSearch => ({
      state: choiceParam(search.state, AGENCY_STATES),
      page: page(search.page),
      severity: choiceParam(search.severity, SEVERITIES),
    }),
    component: lazyRouteComponent(() => import('./health/health.tsx'), 'SystemHealth'),
  }),
] as const;
