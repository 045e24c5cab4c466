import type { TablerIcon } from '@tabler/icons-react';
import type { Role } from '../auth/use-me.ts';

/** An entry of the navigation. */
export interface NavItem {
  /** The path of a route. */
  readonly to: string;
  readonly label: string;
  readonly icon: TablerIcon;
  /** Who sees it: this role and the ones above it. */
  readonly role: Role;
  /** Paths besides its own that belong to it. */
  readonly also?: readonly string[];
}
