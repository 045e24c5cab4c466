import type { HubQuery, HubRow } from '../../../../src/shapes/config/advertisers.ts';

/** What the list of advertisers can be narrowed to and sorted by. */

export const NEEDS = ['any', 'campaigns', 'domains', 'places', 'delivery'] as const satisfies readonly HubQuery['needs'][];

export const HAS = ['campaigns', 'domains', 'places', 'delivery'] as const satisfies readonly HubQuery['has'][];

export const STATUSES = ['ACTIVE', 'PENDING', 'INACTIVE', 'NOT_CONFIGURED'] as const satisfies readonly HubRow['CONFIG_STATUS'][];

export const DELIVERY_STATES = [
  'ON',
  'BLOCKED',
  'FAILED',
  'PAUSED',
  'OFF',
  'NONE',
  'NOT_CHECKED',
] as const satisfies readonly HubRow['DELIVERY_STATE'][];

export const SORTS = [
  'impressions',
  'name',
  'score',
  'last_impression',
  'updated',
] as const satisfies readonly HubQuery['sort'][];
