import type { ReadinessReport } from '../../../../../src/shapes/config/delivery.ts';

type Rule = ReadinessReport['entries'][number]['rules'][number]['rule'];

/** What each rule asks. */
const WORDS: Readonly<Record<Rule, string>> = {
  CONFIG_ACTIVE: 'The advertiser is active',
  DELIVERY_ON: 'Delivery is on',
  DESTINATIONS: 'There is a destination',
  CREDENTIALS: "The destination's secrets are there",
  CADENCE: 'The cadence can be read',
  LOOKBACK: 'The look-back can be read',
  MAPPING: 'Campaigns are mapped',
  DOMAINS: 'Domains are mapped',
  SOURCE_ROW_LEVEL: 'The source has rows of people',
  SOURCE_PRESENT: 'The source is there',
  TYPES_OVERLAP: 'The source has identifiers that may go',
  PLACES: 'Places may be delivered',
  CONFLICTS: 'No conflict takes too much',
  SOURCE_FRESH: 'The source is fresh',
  SOURCE_ROWS: 'The source has rows in the look-back',
  FLOOR: 'There are enough identifiers',
};

export function ruleWords(rule: Rule): string {
  return WORDS[rule];
}
