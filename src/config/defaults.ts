/**
 * What holds where nobody has said anything: the one place for it. The lookback's default also stands for an absent column; a null
 * in the column means that an audience never expires.
 */
export const DEFAULTS = {
  attributionWindowDays: 30,
  lookbackDays: 30,
  matchStrategy: 'HOUSEHOLD',
  joinStrategy: 'PCM_4KEY',
  exposureSource: 'IMPRESSION',
  cadence: 'WEEKLY',
  storeVisitSource: 'BOTH',
  webVisitSource: 'QUORUM_ADV_WEB_VISITS',
  deliveryEnabled: false,
  /** Status of an advertiser that is configured for the first time. */
  newStatus: 'ACTIVE',
  /** Status of a row that does not say: nothing is delivered for it. */
  blankStatus: 'PENDING',
} as const;
