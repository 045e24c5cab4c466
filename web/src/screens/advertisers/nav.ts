import { IconUsersGroup } from '@tabler/icons-react';
import type { NavItem } from '../../shell/nav-item.ts';

export const advertisersNav: NavItem = { to: '/advertisers', label: 'Advertisers', icon: IconUsersGroup, role: 'operator' };
