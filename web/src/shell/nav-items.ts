import { adminNav } from '../screens/admin/nav.ts';
import { advertisersNav } from '../screens/advertisers/nav.ts';
import { destinationsNav } from '../screens/destinations/nav.ts';
import { discoveryNav } from '../screens/discovery/nav.ts';
import { runsNav } from '../screens/runs/nav.ts';
import { todayNav } from '../screens/today/nav.ts';
import type { NavItem } from './nav-item.ts';

/** The navigation, from top to bottom. */
export const NAV_ITEMS: readonly NavItem[] = [todayNav, advertisersNav, discoveryNav, runsNav, destinationsNav, adminNav];
