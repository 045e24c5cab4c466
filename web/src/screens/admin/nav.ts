import { IconSettings } from '@tabler/icons-react';
import type { NavItem } from '../../shell/nav-item.ts';

export const adminNav: NavItem = { to: '/admin', label: 'Admin', icon: IconSettings, role: 'operator' };
