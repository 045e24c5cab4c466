import type { AgencyHealth, SchemaCheckRow } from '../../../../src/shapes/config/health.ts';

/** What the lists can be narrowed to. */

export const USER_STATES = ['active', 'invited', 'disabled'] as const;
export type UserState = (typeof USER_STATES)[number];

export const KEY_STATES = ['active', 'expired', 'revoked'] as const;
export type KeyState = (typeof KEY_STATES)[number];

export const AGENCY_STATES = [
  'CRITICAL',
  'NEEDS_ATTENTION',
  'MINOR_GAPS',
  'NOT_CHECKED',
  'HEALTHY',
] as const satisfies readonly AgencyHealth['OVERALL'][];

export const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly SchemaCheckRow['SEVERITY'][];

/** What an entry of the activity log can be of. */
export const SUBJECTS = ['run', 'delivery', 'suppression', 'destination', 'user', 'key', 'session', 'alert'] as const;
