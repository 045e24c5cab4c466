import { IconRadar2 } from '@tabler/icons-react';
import type { NavItem } from '../../shell/nav-item.ts';

export const discoveryNav: NavItem = {
  to: '/discovery',
  label: 'Discovery',
  icon: IconRadar2,
  role: 'operator',
};
