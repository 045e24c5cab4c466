import type { AdvertiserConfig } from '../../config/advertiser-config.ts';
import type { SetupStep } from '../../shapes/config/advertisers.ts';
import type { Assigned } from './assigned.ts';
import type { AdvertiserDeliveryState } from './delivery-states.ts';

/** How far an advertiser's set-up has come, and what it still needs: one definition for the hub, the detail and the scorecard. */

export type Part = 'campaigns' | 'domains' | 'places' | 'delivery';

export interface SetUp {
  /** 0 to 3: campaigns, domains and places. */
  readonly score: number;
  readonly steps: readonly SetupStep[];
}

export interface SetUpFacts {
  /** Null when it is not configured. */
  readonly config: AdvertiserConfig | null;
  readonly assigned: Assigned;
  readonly deliveryState: AdvertiserDeliveryState;
}

/** Whether the advertiser has it, or needs none: who gets the agency's own rows needs no campaign. */
export function hasPart(part: Part, { config, assigned }: Omit<SetUpFacts, 'deliveryState'>): boolean {
  switch (part) {
    case 'campaigns':
      return assigned.campaigns > 0 || config?.joinStrategy === 'DIRECT_AG';
    case 'domains':
      return assigned.hosts.length > 0;
    case 'places':
      return assigned.places > 0;
    case 'delivery':
      return config?.deliveryEnabled === true && config.destinations.some(({ enabled }) => enabled);
  }
}

export function setUpOf(facts: SetUpFacts): SetUp {
  const score = (['campaigns', 'domains', 'places'] as const).filter((part) => hasPart(part, facts)).length;
  return { score, steps: [...configSteps(facts), ...partSteps(facts), ...deliverySteps(facts)] };
}

/** Whether somebody has to do something, other than to switch the delivery on, which is a choice. */
export function needsSetUp({ steps }: SetUp, config: AdvertiserConfig | null): boolean {
  return config?.status !== 'INACTIVE' && steps.some(({ code }) => code !== 'add_destination' && code !== 'enable_delivery');
}

function configSteps({ config }: SetUpFacts): SetupStep[] {
  if (config === null) {
    return [
      { code: 'create_config', text: 'Save a configuration: until then nothing is computed for it.', blocks_delivery: true },
    ];
  }
  const steps: SetupStep[] = [];
  if (config.problems.length > 0) {
    const what = config.problems.map(({ path, message }) => `${path} ${message}`).join('; ');
    steps.push({ code: 'fix_config', text: `Correct the configuration: ${what}.`, blocks_delivery: true });
  }
  if (config.status !== 'ACTIVE') {
    const text = `Set the status to ACTIVE: it is ${config.status}, and only active advertisers are computed and delivered.`;
    steps.push({ code: 'activate', text, blocks_delivery: true });
  }
  return steps;
}

function partSteps(facts: SetUpFacts): SetupStep[] {
  const needed = neededParts(facts.config);
  const steps: (SetupStep & { readonly part: Part })[] = [
    {
      part: 'campaigns',
      code: 'map_campaigns',
      text: 'Map campaigns: no impression belongs to it yet.',
      blocks_delivery: needed.has('campaigns'),
    },
    {
      part: 'domains',
      code: 'map_domains',
      text: "Map the advertiser's domains: no web visit counts for it yet.",
      blocks_delivery: needed.has('domains'),
    },
    {
      part: 'places',
      code: 'assign_places',
      text: 'Assign places: no store visit counts for it yet.',
      blocks_delivery: needed.has('places'),
    },
  ];
  return steps
    .filter(({ part }) => !hasPart(part, facts))
    .toSorted((left, right) => Number(right.blocks_delivery) - Number(left.blocks_delivery))
    .map(({ part: _, ...step }) => step);
}

/** What its audiences are made of, and cannot be made without. */
function neededParts(config: AdvertiserConfig | null): ReadonlySet<Part> {
  if (config === null) return new Set(['campaigns']);
  const exposed: Part = { IMPRESSION: 'campaigns', WEB: 'domains', OOH: 'places' }[config.exposureSource] as Part;
  const needed = new Set<Part>(config.destinations.length === 0 ? [exposed] : []);
  for (const { audience, enabled } of config.destinations) {
    if (!enabled) continue;
    if (audience === 'SITE_VISITORS' || audience === 'CONVERTERS') needed.add('domains');
    else if (audience === 'STORE_VISITORS') needed.add('places');
    else needed.add(exposed);
  }
  return needed;
}

function deliverySteps(facts: SetUpFacts): SetupStep[] {
  const { config, deliveryState } = facts;
  if (config === null) return [];
  if (!config.destinations.some(({ enabled }) => enabled)) {
    const text = config.destinations.length === 0 ? 'Add a destination.' : 'Switch a destination on: all are off.';
    return [{ code: 'add_destination', text, blocks_delivery: true }];
  }
  if (!config.deliveryEnabled) return [{ code: 'enable_delivery', text: 'Switch the delivery on.', blocks_delivery: true }];
  switch (deliveryState) {
    case 'BLOCKED':
      return [
        {
          code: 'fix_delivery',
          text: 'See why its delivery is blocked: something must be changed first.',
          blocks_delivery: true,
        },
      ];
    case 'FAILED':
      return [{ code: 'fix_delivery', text: 'See why its newest delivery failed.', blocks_delivery: false }];
    case 'PAUSED':
      return [{ code: 'fix_delivery', text: 'Resume its delivery, which is paused.', blocks_delivery: true }];
    default:
      return [];
  }
}
