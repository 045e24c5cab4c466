/** The parts of an advertiser's page, by what stands for them in the address. */
export const TABS = ['overview', 'delivery', 'campaigns', 'pixels', 'places', 'history', 'health'] as const;

export type Tab = (typeof TABS)[number];

export const TAB_LABELS: Readonly<Record<Tab, string>> = {
  overview: 'Overview',
  delivery: 'Delivery',
  campaigns: 'Campaigns',
  pixels: 'Web pixels',
  places: 'Places',
  history: 'History',
  health: 'Health',
};
