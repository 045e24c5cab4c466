import type { SetupStep } from '../../../../../src/shapes/config/advertisers.ts';
import type { Tab } from '../tabs.ts';

/** Where a step of the set-up is done, and what its button says. `edit` opens the editor of the configuration. */
export const STEP_PLACES: Readonly<Record<SetupStep['code'], { readonly place: Tab | 'edit'; readonly button: string }>> = {
  create_config: { place: 'edit', button: 'Configure it' },
  activate: { place: 'edit', button: 'Change its status' },
  map_campaigns: { place: 'campaigns', button: 'Map campaigns' },
  map_domains: { place: 'pixels', button: 'Add a domain' },
  assign_places: { place: 'places', button: 'Assign places' },
  add_destination: { place: 'delivery', button: 'Add a destination' },
  enable_delivery: { place: 'delivery', button: 'Switch delivery on' },
  fix_config: { place: 'edit', button: 'Look at its configuration' },
  fix_delivery: { place: 'delivery', button: 'Look at its delivery' },
};
