import { ScreenTabs } from '../../components/screen-tabs.tsx';
import { useIsAdministrator } from './use-administrator.ts';

const FOR_ALL = [
  { to: '/admin/changes', label: 'Changes' },
  { to: '/admin/activity', label: 'Activity' },
  { to: '/admin/health', label: 'Health' },
] as const;

const FOR_ADMINISTRATORS = [
  { to: '/admin/users', label: 'Users' },
  { to: '/admin/keys', label: 'API keys' },
  ...FOR_ALL,
] as const;

/** The screens of this area that are for them. */
export function AdminTabs() {
  return <ScreenTabs label="Admin" tabs={useIsAdministrator() ? FOR_ADMINISTRATORS : FOR_ALL} />;
}
