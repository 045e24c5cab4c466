import { IconSend } from '@tabler/icons-react';
import type { NavItem } from '../../shell/nav-item.ts';

export const runsNav: NavItem = { to: '/runs', label: 'Runs', icon: IconSend, role: 'viewer', also: ['/deliveries'] };
