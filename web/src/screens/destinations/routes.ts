import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/shell-route.tsx';

export const destinationsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/destinations',
    component: lazyRouteComponent(() => import('./destinations.tsx'), 'Destinations'),
  }),
] as const;
