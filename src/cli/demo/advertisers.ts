/** The invented agencies and advertisers of the demo. Each advertiser shows one thing, and `shows` says which. */

interface DemoAgency {
  readonly agencyId: string;
  readonly name: string;
}

export const AGENCIES: readonly DemoAgency[] = [
  { agencyId: '7001', name: 'Northlight Media' },
  { agencyId: '7002', name: 'Cedar & Main' },
];

export interface DemoAdvertiser {
  readonly agencyId: string;
  readonly advertiserId: string;
  /** As the name table has it, sometimes with the CRM's code in front. */
  readonly name: string;
  readonly shows: string;
  readonly status: 'ACTIVE' | 'INACTIVE' | 'PENDING';
  readonly strategy: 'PCM_4KEY' | 'ADM_PREFIX' | 'DIRECT_AG';
  readonly exposure: 'IMPRESSION' | 'WEB' | 'OOH' | null;
  readonly attributionWindowDays: number;
  /** As written in the table: booleans come as text there. */
  readonly deliveryEnabled: string;
  readonly cadence: string;
  readonly lookbackDays: number | null;
  /** JSON text as written in the table. */
  readonly destinations: string;
  /** Its devices among all: where they begin and how many, as shares of all, or at most so many. */
  readonly devices: { readonly from: number; readonly share: number; readonly atMost?: number };
}

const MAIDS = ['IDFA', 'GAID'];

const usual = {
  status: 'ACTIVE',
  strategy: 'PCM_4KEY',
  exposure: 'IMPRESSION',
  attributionWindowDays: 30,
  deliveryEnabled: 'TRUE',
  cadence: 'WEEKLY',
  lookbackDays: 30,
} as const;

export const ADVERTISERS: readonly DemoAdvertiser[] = [
  {
    ...usual,
    agencyId: '7001',
    advertiserId: '50101',
    name: 'Q4F7 - Harborview Coffee Roasters',
    shows:
      'PCM_4KEY with wildcards; a line item of its DSP advertiser belongs to Alder & Pine, since the most specific mapping wins; platform 6 written 06',
    destinations: JSON.stringify([
      { destination: 'liveramp-us', segmentId: '7001_50101_30D', segmentName: 'Harborview 30 days', identifiers: MAIDS },
      { destination: 'archive' },
    ]),
    devices: { from: 0, share: 0.25 },
  },
  {
    ...usual,
    agencyId: '7001',
    advertiserId: '50102',
    name: 'Alder & Pine Outfitters',
    shows:
      'split: a segment for each insertion order, one of them below the minimum, and one for rows without an insertion order',
    deliveryEnabled: 'true',
    destinations: JSON.stringify([
      { destination: 'liveramp-us', segmentId: 'ALDER_PINE', segmentName: 'Alder & Pine', identifiers: MAIDS, mode: 'split' },
    ]),
    devices: { from: 0.1, share: 0.3 },
  },
  {
    ...usual,
    agencyId: '7001',
    advertiserId: '50103',
    name: 'K118 - Kestrel Home Insurance',
    shows: 'never expires; contests a line item and a domain with Kestrel Auto, so that neither gets them',
    lookbackDays: null,
    destinations: JSON.stringify([{ destination: 'liveramp-us', segmentId: 'KESTREL_HOME_EVER', identifiers: MAIDS }]),
    devices: { from: 0.35, share: 0.2 },
  },
  {
    ...usual,
    agencyId: '7001',
    advertiserId: '50104',
    name: 'K119 - Kestrel Auto Insurance',
    shows: 'monthly; takes devices of unknown type; the other side of the conflict',
    deliveryEnabled: 'Y',
    cadence: 'MONTHLY',
    lookbackDays: 60,
    destinations: JSON.stringify([{ destination: 'archive', acceptUnknownDeviceType: true }]),
    devices: { from: 0.45, share: 0.2 },
  },
  {
    ...usual,
    agencyId: '7001',
    advertiserId: '50105',
    name: 'Bluebird Air',
    shows: 'ADM_PREFIX from two logs, with RampIDs to the archive; daily',
    strategy: 'ADM_PREFIX',
    cadence: 'DAILY',
    lookbackDays: 14,
    destinations: JSON.stringify([
      { destination: 'liveramp-us', segmentId: 'BLUEBIRD_AIR', identifiers: MAIDS },
      { destination: 'archive', sources: ['AD_IMPRESSION_LOG_V2', 'LIVERAMP_IMPRESSION_LOG'], acceptUnknownDeviceType: true },
    ]),
    devices: { from: 0.5, share: 0.25 },
  },
  {
    ...usual,
    agencyId: '7001',
    advertiserId: '50106',
    name: 'Bluebird Vacations',
    shows:
      'ADM_PREFIX beside Bluebird Air: the DSP advertiser id that both have mapped goes to neither; exposure source left empty',
    strategy: 'ADM_PREFIX',
    exposure: null,
    destinations: JSON.stringify([{ destination: 'liveramp-us', segmentId: 'BLUEBIRD_VACATIONS', identifiers: MAIDS }]),
    devices: { from: 0.6, share: 0.15 },
  },
  {
    ...usual,
    agencyId: '7001',
    advertiserId: '50107',
    name: 'Quill Stationery',
    shows: 'below the minimum: most of its impressions hang on a mapping whose platform type is n/a',
    destinations: JSON.stringify([{ destination: 'liveramp-us', segmentId: 'QUILL', identifiers: MAIDS }]),
    devices: { from: 0.75, share: 0.05, atMost: 300 },
  },
  {
    ...usual,
    agencyId: '7001',
    advertiserId: '50108',
    name: 'Summit Credit Union',
    shows: 'delivery not enabled',
    deliveryEnabled: 'FALSE',
    destinations: JSON.stringify([{ destination: 'liveramp-us', segmentId: 'SUMMIT', identifiers: MAIDS }]),
    devices: { from: 0.7, share: 0.1 },
  },
  {
    ...usual,
    agencyId: '7001',
    advertiserId: '50109',
    name: 'Old Mill Furniture',
    shows: 'INACTIVE, although its mapping still owns its impressions',
    status: 'INACTIVE',
    destinations: JSON.stringify([{ destination: 'liveramp-us', segmentId: 'OLD_MILL', identifiers: MAIDS }]),
    devices: { from: 0.8, share: 0.1 },
  },
  {
    ...usual,
    agencyId: '7001',
    advertiserId: '50110',
    name: 'Lakeside Motors',
    shows: 'names a weekly report as its source, which holds no ids and is refused',
    destinations: JSON.stringify([{ destination: 'archive', sources: ['CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS'] }]),
    devices: { from: 0.85, share: 0.1 },
  },
  {
    ...usual,
    agencyId: '7001',
    advertiserId: '50111',
    name: 'Fennel Kitchen',
    shows: 'its destinations have a field that does not exist',
    destinations: '[{"destination": "liveramp-us", "segment_id": "FENNEL"}]',
    devices: { from: 0.9, share: 0.05 },
  },
  {
    ...usual,
    agencyId: '7002',
    advertiserId: '60201',
    name: 'Marigold Garden Centers',
    shows: 'DIRECT_AG in an agency of several: rows whose DSP advertiser id is its own id, on platform 0; devices and addresses',
    strategy: 'DIRECT_AG',
    destinations: JSON.stringify([{ destination: 'archive', identifiers: ['IDFA', 'GAID', 'IP'] }]),
    devices: { from: 0.2, share: 0.2 },
  },
  {
    ...usual,
    agencyId: '7002',
    advertiserId: '60202',
    name: 'Pike Street Records',
    shows:
      'WEB: addresses of site visitors, and of converters as a second segment; turnpikestreetrecords.example is somebody else',
    exposure: 'WEB',
    destinations: JSON.stringify([
      { destination: 'archive', identifiers: ['IP'] },
      { destination: 'archive', segmentId: 'PIKE_CONVERTERS', audience: 'CONVERTERS', identifiers: ['IP'], minIds: 1000 },
    ]),
    devices: { from: 0.55, share: 0.3 },
  },
  {
    ...usual,
    agencyId: '7002',
    advertiserId: '60203',
    name: 'Copperline Fitness',
    shows: 'OOH: devices seen at its places; a cron cadence with a time zone',
    exposure: 'OOH',
    cadence: 'CRON 30 5 * * 2 TZ=America/New_York',
    destinations: JSON.stringify([{ destination: 'archive', acceptUnknownDeviceType: true }]),
    devices: { from: 0.3, share: 0.2 },
  },
  {
    ...usual,
    agencyId: '7002',
    advertiserId: '60204',
    name: 'Juniper Pet Supply',
    shows:
      'EXPOSED_NOT_VISITED: exposed, but neither on its site nor in its stores within 14 days; store visitors as a second segment',
    attributionWindowDays: 14,
    deliveryEnabled: '1',
    destinations: JSON.stringify([
      { destination: 'liveramp-us', segmentId: 'JUNIPER_PROSPECTS', audience: 'EXPOSED_NOT_VISITED', identifiers: MAIDS },
      { destination: 'archive', segmentId: 'JUNIPER_STORES', audience: 'STORE_VISITORS', acceptUnknownDeviceType: true },
    ]),
    devices: { from: 0.65, share: 0.25 },
  },
];

/** Known by name only: no config row, so nothing is assumed for it. */
export const UNCONFIGURED = { agencyId: '7002', advertiserId: '60205', name: 'Foxglove Books' } as const;
