import { ScreenTabs } from '../../components/screen-tabs.tsx';

const TABS = [
  { to: '/runs', label: 'Runs' },
  { to: '/deliveries', label: 'Deliveries' },
] as const;

/** The two lists of this area. */
export function RunsTabs() {
  return <ScreenTabs label="Lists" tabs={TABS} />;
}
