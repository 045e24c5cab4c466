import { IconSun } from '@tabler/icons-react';
import type { NavItem } from '../../shell/nav-item.ts';

export const todayNav: NavItem = { to: '/', label: 'Today', icon: IconSun, role: 'viewer', also: ['/alerts'] };
