import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { parseSearch, stringifySearch } from './lib/search-params.ts';
import { rootRoute } from './root-route.tsx';
import { accountRoutes } from './screens/account/routes.ts';
import { adminRoutes } from './screens/admin/routes.ts';
import { advertisersRoutes } from './screens/advertisers/routes.ts';
import { destinationsRoutes } from './screens/destinations/routes.ts';
import { discoveryRoutes } from './screens/discovery/routes.ts';
import { runsRoutes } from './screens/runs/routes.ts';
import { todayRoutes } from './screens/today/routes.ts';
import { NotFound } from './shell/not-found.tsx';
import { RouteError } from './shell/route-error.tsx';
import { ScreenWaiting } from './shell/screen-waiting.tsx';
import { shellRoute } from './shell/shell-route.tsx';

const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./auth/welcome.tsx'), 'Welcome'),
});

/** An address that is no screen's, with the rest of the page around what is said. */
const unknownRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFound });

const routeTree = rootRoute.addChildren([
  welcomeRoute,
  shellRoute.addChildren([
    ...todayRoutes,
    ...advertisersRoutes,
    ...discoveryRoutes,
    ...runsRoutes,
    ...destinationsRoutes,
    ...adminRoutes,
    ...accountRoutes,
    unknownRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  // Within the shell: a screen that fails leaves the rest of the page alone.
  defaultErrorComponent: RouteError,
  defaultPendingComponent: ScreenWaiting,
  // Most screens are there sooner, and nothing flickers.
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
