import type { Preset } from './form.ts';

/**
 * Partners whose rules are known, as data. What is not published about one is a guess that its contact must confirm;
 * docs/destinations/partner-file.md says which is which.
 */
export const PRESETS = {
  /** Stands for PARAMOUNT_CUSTOM_AUDIENCE_DELIVERY. Nothing is published: all of it is a proposal. */
  paramount: {
    columns: [
      { header: 'device_id', value: 'identifier' },
      { header: 'id_type', value: 'type' },
      { header: 'segment_id', value: 'segmentId' },
      { header: 'segment_name', value: 'segmentName' },
      { header: 'action', value: 'action' },
      { header: 'event_ts', value: 'lastSeen:iso' },
      { header: 'expires_at', value: 'expiresAt:iso' },
    ],
    delimiter: 'comma',
    compression: 'gzip',
    idCase: { IDFA: 'upper' },
    identifiers: ['IDFA', 'GAID', 'IP', 'RAMPID', 'UID2', 'UUID2'],
    semantics: 'add',
    expiryDays: 90,
    manifest: { per: 'file' },
    done: { per: 'file' },
  },
  /** Experian's first-party onboarding: one file for an audience, device ids and addresses in columns of their own, below 20 GB. */
  experian: {
    columns: [
      { header: 'MAID', value: 'identifier[IDFA,GAID,MAID]' },
      { header: 'IP', value: 'identifier[IP]' },
    ],
    delimiter: 'pipe',
    compression: 'gzip',
    identifiers: ['IDFA', 'GAID', 'MAID', 'IP'],
    semantics: 'add',
    expiryDays: 180,
    maxBytes: 19_999_999_999,
  },
  /** PubMatic's audiences over SFTP: columns, name and suffix as its guide has them. */
  pubmatic: {
    columns: [
      { header: 'DPID', value: 'field:dpid' },
      { header: 'USERID', value: 'identifier' },
      { header: 'SEGID', value: 'segmentId' },
      { header: 'IP', value: 'constant:' },
      { header: 'COUNTRY', value: 'field:country' },
      { header: 'UIDTYPE', value: 'type' },
    ],
    delimiter: 'tab',
    header: false,
    compression: 'gzip',
    nameTemplate: '{dpid}_{timestamp:unix}_{md5}',
    identifiers: ['IDFA', 'GAID'],
    semantics: 'add',
    sftp: { temp: 'suffix', tempSuffix: '.UPLOADING' },
  },
} as const satisfies Readonly<Record<string, Preset>>;
