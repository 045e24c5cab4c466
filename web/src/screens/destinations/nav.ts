import { IconBuildingWarehouse } from '@tabler/icons-react';
import type { NavItem } from '../../shell/nav-item.ts';

export const destinationsNav: NavItem = {
  to: '/destinations',
  label: 'Destinations',
  icon: IconBuildingWarehouse,
  role: 'viewer',
};
