import { stored } from './stored.ts';

/** Whether times are shown as here or in UTC. */
export type TimeZoneChoice = 'local' | 'utc';

export const timeZone = stored<TimeZoneChoice>(
  'aquarius.timeZone',
  'local',
  (value): value is TimeZoneChoice => value === 'local' || value === 'utc',
);

const LOCAL_NAME = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function zoneName(choice: TimeZoneChoice): string {
  return choice === 'utc' ? 'UTC' : LOCAL_NAME;
}
