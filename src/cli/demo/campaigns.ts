/** What the DSPs report, and how it is mapped to advertisers. */

export interface DemoCampaign {
  /** Whose devices see it. */
  readonly advertiserId: string;
  /** Empty for rows of which nobody knows the agency. */
  readonly agencyId: string;
  readonly platform: string;
  readonly dspAdvertiserId: string;
  readonly dspAdvertiserName: string;
  readonly insertionOrderId: string | null;
  readonly insertionOrderName: string | null;
  readonly lineItemId: string | null;
  readonly lineItemName: string | null;
  /** Impressions of a thousand. All together make a thousand. */
  readonly perMille: number;
  /** Fewer devices than the advertiser has: a campaign that stays small however many rows there are. */
  readonly atMostDevices?: number;
}

type Line = readonly [lineItemId: string | null, lineItemName: string | null, perMille: number, atMostDevices?: number];

function lines(
  of: Pick<DemoCampaign, 'advertiserId' | 'agencyId' | 'platform' | 'dspAdvertiserId' | 'dspAdvertiserName'>,
  insertionOrderId: string | null,
  insertionOrderName: string | null,
  ...items: readonly Line[]
): DemoCampaign[] {
  return items.map(([lineItemId, lineItemName, perMille, atMostDevices]) => ({
    ...of,
    insertionOrderId,
    insertionOrderName,
    lineItemId,
    lineItemName,
    perMille,
    ...(atMostDevices === undefined ? {} : { atMostDevices }),
  }));
}

const harborview = {
  advertiserId: '50101',
  agencyId: '7001',
  platform: '6',
  dspAdvertiserId: 'hbv7x2k',
  dspAdvertiserName: 'Harborview Coffee',
};
const alder = {
  advertiserId: '50102',
  agencyId: '7001',
  platform: '8',
  dspAdvertiserId: '5518203',
  dspAdvertiserName: 'Alder and Pine',
};
const kestrel = { agencyId: '7001', platform: '9', dspAdvertiserId: '900144', dspAdvertiserName: 'Kestrel Insurance Group' };
const kestrelHome = { ...kestrel, advertiserId: '50103' };
const kestrelAuto = { ...kestrel, advertiserId: '50104' };
const bluebird = {
  advertiserId: '50105',
  agencyId: '7001',
  platform: '11',
  dspAdvertiserId: '330871',
  dspAdvertiserName: 'Bluebird Air',
};
const bluebirdTv = { ...bluebird, platform: '21', dspAdvertiserId: 'fw-bluebird', dspAdvertiserName: 'Bluebird%252520Air' };
const vacations = {
  advertiserId: '50106',
  agencyId: '7001',
  platform: '22',
  dspAdvertiserId: 'mntn-8812',
  dspAdvertiserName: 'Bluebird%2520Vacations',
};
const bluebirdShared = { ...vacations, platform: '23', dspAdvertiserId: 'bb-shared', dspAdvertiserName: 'Bluebird Group' };
const quill = { advertiserId: '50107', agencyId: '7001', platform: '16', dspAdvertiserId: 'qll-77', dspAdvertiserName: 'Quill' };
const quillUnreadable = { ...quill, platform: '27', dspAdvertiserId: 'qll-78' };
const summit = {
  advertiserId: '50108',
  agencyId: '7001',
  platform: '6',
  dspAdvertiserId: 'smt4c9d',
  dspAdvertiserName: 'Summit CU',
};
const oldMill = {
  advertiserId: '50109',
  agencyId: '7001',
  platform: '12',
  dspAdvertiserId: '77120',
  dspAdvertiserName: 'Old Mill',
};
const lakeside = {
  advertiserId: '50110',
  agencyId: '7001',
  platform: '13',
  dspAdvertiserId: 'lks-3',
  dspAdvertiserName: 'Lakeside Motors',
};
const fennel = {
  advertiserId: '50111',
  agencyId: '7001',
  platform: '20',
  dspAdvertiserId: 'fnl-20',
  dspAdvertiserName: 'Fennel',
};
const unmapped = {
  advertiserId: '50101',
  agencyId: '7001',
  platform: '25',
  dspAdvertiserId: 'amz-5501',
  dspAdvertiserName: 'Tern+Island+Ferries',
};
const marigold = {
  advertiserId: '60201',
  agencyId: '7002',
  platform: '0',
  dspAdvertiserId: '60201',
  dspAdvertiserName: 'Marigold',
};
const juniper = {
  advertiserId: '60204',
  agencyId: '7002',
  platform: '23',
  dspAdvertiserId: 'yh-21044',
  dspAdvertiserName: 'Juniper Pets',
};
const foxglove = { ...juniper, dspAdvertiserId: 'yh-30090', dspAdvertiserName: 'Foxglove Books' };

export const CAMPAIGNS: readonly DemoCampaign[] = [
  ...lines(harborview, '880101', 'Harborview Spring', ['990101', 'Display', 60], ['990102', 'Video', 40]),
  ...lines(harborview, '880102', 'Harborview Loyalty', ['990103', 'Display', 21], ['990109', 'Outfitters co-op', 19]),
  ...lines(alder, '881001', 'Boots', ['991001', 'Boots prospecting', 50], ['991002', 'Boots retargeting', 10]),
  ...lines(alder, '881002', 'Tents', ['991003', 'Tents prospecting', 40]),
  ...lines(alder, '881003', 'Winter', ['991004', 'Winter prospecting', 30]),
  ...lines(alder, '881009', 'Test flight', ['991009', 'Test', 3, 250]),
  ...lines(alder, '0', null, ['0', null, 15]),
  ...lines(alder, null, null, [null, null, 5]),
  ...lines(alder, 'UNKNOWN', null, ['', null, 5]),
  ...lines(kestrelHome, '882001', 'Home', ['992001', 'Home owners', 60], ['992002', 'Renters', 40]),
  ...lines(kestrelAuto, '882002', 'Auto', ['992003', 'Drivers', 75]),
  ...lines(kestrelAuto, '882003', 'Bundle', ['992007', 'Home and auto', 15]),
  ...lines(bluebird, '883001', 'Fares', ['993001', 'Fares', 70]),
  ...lines(bluebirdTv, '883002', 'Bluebird%252520Fall%252520TV', ['993002', 'CTV%252520Sports', 50]),
  ...lines(vacations, '884001', 'Beaches%2520%2526%2520Sun', ['994001', 'Beaches', 70]),
  ...lines(bluebirdShared, '884002', 'Group', ['994002', 'Group', 20]),
  ...lines(quill, '885001', 'Back to school', ['995001', 'Notebooks', 4, 300]),
  ...lines(quillUnreadable, '885002', 'Pens', ['995002', 'Pens', 16]),
  ...lines(summit, '886001', 'Mortgages', ['996001', 'Mortgages', 20]),
  ...lines(oldMill, '887001', 'Sofas', ['997001', 'Sofas', 15]),
  ...lines(lakeside, '888001', 'Trucks', ['998001', 'Trucks', 15]),
  ...lines(fennel, '889001', 'Recipes', ['999001', 'Recipes', 10]),
  ...lines(unmapped, '889901', 'Summer ferries', ['999901', 'Summer', 25]),
  ...lines({ ...harborview, agencyId: '' }, '880101', 'Harborview Spring', ['990101', 'Display', 10]),
  ...lines(marigold, '870001', 'Seeds', ['970001', 'Seeds', 60], ['970002', 'Bulbs', 30]),
  ...lines(juniper, '871001', 'New puppies', ['971001', 'Food', 50], ['971002', 'Toys', 37]),
  ...lines(foxglove, '872001', 'Readers', ['972001', 'Readers', 10]),
];

interface DemoMapping {
  readonly agencyId: string;
  readonly platform: string | null;
  readonly dspAdvertiserId: string | null;
  readonly insertionOrderId: string | null;
  readonly lineItemId: string | null;
  readonly advertiserId: string | null;
  readonly note: string;
}

type Target = readonly [insertionOrderId: string | null, lineItemId: string | null, advertiserId: string | null, note: string];

function mappings(
  of: { agencyId: string; platform: string | null; dspAdvertiserId: string },
  ...targets: readonly Target[]
): DemoMapping[] {
  const { agencyId, platform, dspAdvertiserId } = of;
  return targets.map(([insertionOrderId, lineItemId, advertiserId, note]) => ({
    agencyId,
    platform,
    dspAdvertiserId,
    insertionOrderId,
    lineItemId,
    advertiserId,
    note,
  }));
}

export const MAPPINGS: readonly DemoMapping[] = [
  ...mappings({ ...harborview, platform: '06' }, [null, null, '50101', 'wildcard']),
  ...mappings(harborview, ['0', '', '50101', 'the same wildcard once more'], ['880102', '990109', '50102', 'one line item']),
  ...mappings(
    alder,
    ['881001', null, '50102', 'insertion order'],
    ['881001', null, '50102', 'insertion order, again'],
    ['881002', null, '50102', 'insertion order'],
    ['881003', null, '50102', 'insertion order'],
    ['881009', null, '50102', 'insertion order'],
    [null, 'null', '50102', 'wildcard'],
  ),
  ...mappings(
    kestrel,
    ['882001', null, '50103', 'insertion order'],
    ['882002', null, '50104', 'insertion order'],
    ['882003', null, '50104', 'insertion order, below the conflict'],
    [null, '992007', '50103', 'conflict'],
    [null, '992007', '50104', 'conflict'],
    [null, null, '0', 'advertiser not chosen yet'],
  ),
  ...mappings(bluebird, [null, null, '50105', 'DSP advertiser']),
  ...mappings(bluebirdTv, [null, null, '50105', 'DSP advertiser'], ['883002', '993002', '50105', 'the same, in detail']),
  ...mappings(vacations, [null, null, '50106', 'DSP advertiser']),
  ...mappings(bluebirdShared, [null, null, '50105', 'conflict'], ['884002', null, '50106', 'conflict']),
  ...mappings({ ...quillUnreadable, platform: 'n/a' }, [null, null, '50107', 'unreadable platform']),
  ...mappings({ ...quill, platform: '16.0' }, [null, null, '50107', 'wildcard']),
  ...mappings(summit, [null, null, '50108', 'wildcard']),
  ...mappings(oldMill, [null, null, '50109', 'wildcard']),
  ...mappings(lakeside, [null, null, '50110', 'wildcard']),
  ...mappings(fennel, [null, null, '50111', 'wildcard']),
  ...mappings({ ...juniper, platform: ' 23 ' }, [null, null, '60204', 'wildcard']),
];
