import type { DeliveryState, RunState } from '../../api/types.ts';

/** What lists can be narrowed to. */

export const RUN_STATES = [
  'planned',
  'extracting',
  'staged',
  'delivering',
  'delivered',
  'partial',
  'failed',
  'skipped',
] as const satisfies readonly RunState[];

/** A state; `unfinished`: those that are not over yet; `held`: those that wait for a person. */
export const RUN_CHOICES = ['unfinished', 'held', ...RUN_STATES] as const;

export const DELIVERY_STATES = ['on', 'paused', 'blocked', 'off'] as const satisfies readonly DeliveryState[];
