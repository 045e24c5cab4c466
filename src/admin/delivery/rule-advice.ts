import type { ReadinessRule, RuleResult } from '../../delivery/readiness.ts';

/** What a person does about a rule that is not passed. */
const ADVICE: Readonly<Record<ReadinessRule, string>> = {
  CONFIG_ACTIVE: 'Set CONFIG_STATUS to ACTIVE once the advertiser is set up.',
  DELIVERY_ON: 'Switch delivery on with DELIVERY_ENABLED.',
  DESTINATIONS: 'Correct the entries under DELIVERY_DESTINATIONS, or switch the entry on.',
  CREDENTIALS: 'Set the secret that aquarius.yaml refers to, then test the destination.',
  CADENCE: 'Choose DAILY, WEEKLY or MONTHLY, or write a cron expression with its time zone.',
  LOOKBACK: 'Choose 1 to 365 days, or null for an audience that never expires.',
  MAPPING: 'Map the campaigns of this advertiser.',
  DOMAINS: 'Map the hosts of its site.',
  SOURCE_ROW_LEVEL: 'Name a log with single rows under sources, or leave sources out.',
  SOURCE_PRESENT: 'Create or load the table; the check of the schema has the statement.',
  TYPES_OVERLAP: 'Choose identifier types that the source has and the destination takes.',
  PLACES: 'Take the places of denied categories away, or give places their category.',
  CONFLICTS: 'Settle which advertiser the campaigns belong to.',
  SOURCE_FRESH: 'Find out why the source has no new rows.',
  SOURCE_ROWS: 'Choose a longer look-back, or see whether the mapped campaigns have run.',
  FLOOR: 'Choose a longer look-back or more identifier types; small audiences are not delivered.',
};

const UNKNOWN = 'Try again; when it stays so, look at the health of the warehouse.';

/** What to do next; null for a rule that passes. Rules that were not looked at wait for the others. */
export function adviceFor({ rule, status }: Pick<RuleResult, 'rule' | 'status'>): string | null {
  if (status === 'UNKNOWN') return UNKNOWN;
  return status === 'FAIL' || status === 'WARN' ? ADVICE[rule] : null;
}
