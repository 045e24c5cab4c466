import { createRoute } from '@tanstack/react-router';
import type { Role } from '../auth/use-me.ts';
import { rootRoute } from '../root-route.tsx';
import { Shell } from './shell.tsx';

/** All screens of who is signed in: their routes have this one as their parent. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
});

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Who may open the screen; a viewer unless said. */
    readonly role?: Role;
  }
}
