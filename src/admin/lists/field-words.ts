/** What the words of a configuration do, for people who choose one: the one place where it is said. */
export const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CONFIG_STATUS: {
    ACTIVE: 'Computed, reported and, where switched on, delivered.',
    INACTIVE: 'Out of use: not computed, and not counted among the advertisers of the agency.',
    PENDING: 'Being set up: not computed yet, but counted among the advertisers of the agency.',
  },
  EXPOSURE_SOURCE: {
    IMPRESSION: 'People who were shown its ads: device ids and, where the destination allows them, addresses.',
    WEB: "People who were on its site: pixel events of the advertiser's domains. They have addresses only.",
    OOH: 'People who were seen at its places: device ids.',
  },
  IMPRESSION_JOIN_STRATEGY: {
    PCM_4KEY:
      'Impressions whose platform, DSP advertiser, insertion order and line item are mapped to the advertiser. A blank insertion order or line item matches any, and the most specific mapping wins. Reports are weekly.',
    ADM_PREFIX:
      "All impressions of the DSP advertisers that are mapped to it, within the agency, whatever the insertion order and line item. One that is mapped to two advertisers goes to neither. Reports are daily. The advertiser's domains play no part.",
    DIRECT_AG:
      "No mapping: impressions of the agency whose DSP advertiser is the advertiser's id, or all of the agency's when it has one advertiser that is not INACTIVE. Reports are of pixel events.",
  },
  MATCH_STRATEGY: {
    HOUSEHOLD: 'By household: the way in which reports are computed.',
    IP_MAID: 'Kept, and reported as HOUSEHOLD.',
    DEVICE: 'Kept, and reported as HOUSEHOLD.',
    IP_ONLY: 'Kept, and reported as HOUSEHOLD.',
  },
  WEB_VISIT_SOURCE: {
    QUORUM_ADV_WEB_VISITS: 'The usual source of web visits.',
    PARAMOUNT_SITEVISITS: 'Web visits that Paramount reports.',
  },
  STORE_VISIT_SOURCE: {
    BOTH: 'Both tables of store visits together, each visit once.',
    BASE: 'Only the canonical table.',
    DERIVED: 'Only the derived table.',
  },
};
