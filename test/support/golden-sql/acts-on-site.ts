import { waitingStoreLists } from '../../../src/admin/store-lists/waiting-store-lists.ts';
import { withResource } from '../../../src/lib/with-resource.ts';
import { device, impression } from '../project.ts';
import { configRow } from '../seed.ts';
import { type RecordedPlace, recordedPlace } from './recorded-place.ts';
import type { StatementLog } from './statement-log.ts';

/** A small site, whose logs are read straight, with all that people do to set it up. */

const NOW = '2026-02-16T12:00:00.000Z';
const SEEN = '2026-02-15T10:00:00Z';
const md5 = (number: number): string => number.toString(16).padStart(32, '0');

export async function actOnSite(log: StatementLog): Promise<void> {
  await using place = await recordedPlace(log, {
    now: NOW,
    folders: ['archive'],
    settings: `
destinations:
  archive: { type: folder, path: ../archive, allowIp: true }
policy: { minAudience: 1, staleSource: warn }
pixel: { collectorUrl: "https://pixel.example/collect" }
`,
  });
  await place.load(tables());
  await deliver(place);
  await lookAround(place);
  await changeCampaigns(place);
  await changeDomains(place);
  await changePlaces(place);
  await changeAdvertisers(place);
  await keepOptOuts(place);
}

function tables() {
  const name = (id: string, text: string, agency = '1480') => ({
    AGENCY_ID: agency,
    ADVERTISER_ID: id,
    ADVERTISER_NAME: text,
    AGENCY_NAME: `Agency ${agency}`,
  });
  const mapping = (id: number, advertiser: string, dsp: string) => ({
    MAPPING_ID: id,
    AGENCY_ID: '1480',
    DSP_PLATFORM_TYPE: '21',
    DSP_ADVERTISER_ID: dsp,
    INSERTION_ORDER_ID: null,
    LINE_ITEM_ID: null,
    QUORUM_ADVERTISER_ID: advertiser,
    DATA_SOURCE: 'FEED',
  });
  const found = (number: number, uniqueId: string, advertiser: string, agency = '1480') => ({
    SEGMENT_MD5: md5(number),
    SEGMENT_UNIQUE_ID: uniqueId,
    ADVERTISER_ID: advertiser,
    AGENCY_ID: agency,
  });
  const event = (number: number, url: string, type = 'site_visit') => ({
    UUID: `e${number}`,
    AGENCY_ID: '1480',
    EVENT_TIMESTAMP: SEEN,
    PAGE_URL: url,
    EVENT_TYPE: type,
    CLIENT_IP: `24.48.0.${number}`,
    CONVERSION_VALUE: type === 'purchase' ? '12.50' : null,
  });
  return {
    REF_AGENCY_ADVERTISER: [name('4711', 'AB12 - Acme'), name('4712', 'Bolt'), name('77', 'Else', '9')],
    REF_DSP_PLATFORM: [{ PLATFORM_TYPE_ID: '21', PLATFORM_NAME: 'FreeWheel', IS_ACTIVE: true }],
    REF_REPORT_TYPE: [{ REPORT_TYPE_ID: '1', DISPLAY_NAME: 'Ad to store', IS_ACTIVE: true, SORT_ORDER: 1 }],
    REF_ADVERTISER_CONFIG: [
      configRow('4711', [
        {
          destination: 'archive',
          segmentId: 'EXPOSED',
          acceptUnknownDeviceType: true,
          identifiers: ['IDFA', 'GAID', 'MAID', 'IP'],
        },
        { destination: 'archive', segmentId: 'PROSPECTS', audience: 'EXPOSED_NOT_VISITED', acceptUnknownDeviceType: true },
        { destination: 'archive', segmentId: 'SPLIT', mode: 'split', acceptUnknownDeviceType: true },
        { destination: 'archive', segmentId: 'VISITORS', audience: 'SITE_VISITORS', identifiers: ['IP'] },
        { destination: 'archive', segmentId: 'BUYERS', audience: 'CONVERTERS', identifiers: ['IP'] },
        { destination: 'archive', segmentId: 'STORES', audience: 'STORE_VISITORS', acceptUnknownDeviceType: true },
      ]),
      configRow('4712', []),
    ],
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping(5, '4711', 'D1'), mapping(6, '4712', 'D2'), mapping(7, '4711', 'D2')],
    AD_IMPRESSION_LOG_V2: Array.from({ length: 40 }, (_, n) => ({
      ...impression(device(n), { at: SEEN, dspAdvertiser: n < 30 ? 'D1' : 'D2', insertionOrder: `IO${n % 2}` }),
      DSP_PLATFORM_TYPE: n === 39 ? '8' : '21',
      GPP: n === 0 ? 'DBABEYA~BQAA.QA' : null,
      USER_IP_FROM_HTTP_REQUEST: `24.48.0.${n}`,
    })),
    ADVERTISER_DOMAIN_MAPPING: [
      { Agency_Id: '1480', Advertiser_id: '4711', URL: 'https://www.ace.com/store', IS_POI: false, CREATED_AT: SEEN },
      { Agency_Id: '1480', Advertiser_id: '4712', URL: 'shared.com', IS_POI: true, CREATED_AT: SEEN },
      { Agency_Id: '1480', Advertiser_id: '4711', URL: 'shared.com', IS_POI: true, CREATED_AT: SEEN },
    ],
    WEBPIXEL_EVENTS: [
      event(1, 'https://www.ace.com/x'),
      event(2, 'https://www.ace.com/pay', 'purchase'),
      event(3, 'https://palace.com/'),
      event(4, '//shared.com/a'),
    ],
    STORE_VISITS: [
      { AGENCY_ID: '1480', QUORUM_ADVERTISER_ID: '4711', MAID: device(1), STORE_VISIT_DATE: '2026-02-14' },
      { AGENCY_ID: '1480', QUORUM_ADVERTISER_ID: '4711', MAID: device(2), STORE_VISIT_DATE: '2026-02-14' },
    ],
    IP_HOUSEHOLD_LOOKUP: [{ IP_ADDRESS: '24.48.0.1', HOUSEHOLD_ID: 'H1' }],
    MAID_HOUSEHOLD_LOOKUP: [{ MAID: device(3), HOUSEHOLD_ID: 'H1' }],
    SUPPRESSION: [{ IDENTIFIER_TYPE: 'MAID', IDENTIFIER_VALUE: device(9), AGENCY_ID: '*' }],
    DELIVERY_OPTION: [{ AGENCY_ID: '1480', ADVERTISER_ID: '4712', SEGMENT_ID: 'S1', TYPE_ID: 52, TIME_WINDOW_DAYS: 30 }],
    DELIVERY_OPTION_ALIAS: [{ ALIAS_ID: '1', AGENCY_ID: '1480', ALIAS_NAME: 'All', TYPE_ID: 52 }],
    SEGMENT_METADATA: [1, 2, 3].map((number) => ({
      SEGMENT_UNIQUE_ID: `S-${number}`,
      BRAND: number === 3 ? 'Palace' : 'Ace Hardware',
      CATEGORY: 'Hardware',
      DMA_NAME: 'CHICAGO, IL',
      ZIP_CODE: String(60_000 + number),
    })),
    SEGMENT_DETAIL: [{ SEGMENT_UNIQUE_ID: 'S-1', SEGMENT_NAME: 'Ace Loop', AGENCY_ID: '1949', SEGMENT_TYPE: '5', STATUS: '1' }],
    SEGMENT_MD5_MAPPING: [
      found(1, 'S-1', '0', '1949'),
      found(2, 'S-2', '0', '1949'),
      found(3, 'S-3', '0', '1949'),
      found(3, 'made-up', '4712'),
    ],
  };
}

/** What is delivered, read straight from the logs, and what is kept of it. */
async function deliver(place: RecordedPlace): Promise<void> {
  await place.run('doctor');
  await place.run('plan');
  await place.run('deliver');
  await place.run('config list');
  await place.run('config show 1480 4711');
  await place.call('GET', '/api/delivery/readiness?agencyId=1480&advertiserId=4711&counts=true');
  await place.call('POST', '/api/delivery/preview', {
    agencyId: '1480',
    advertiserId: '4711',
    config: { deliveryLookbackDays: 10 },
  });
  await place.call(
    'GET',
    '/api/delivery/log?agencyId=1480&advertiserId=4711&destination=archive&segmentId=EXPOSED&status=delivered&from=2026-01-01&to=2026-12-31',
  );
  await place.call('GET', '/api/delivery/log', undefined, ['1480', '9']);
  await place.call('GET', '/readyz');
}

/** Every list, for who sees all agencies and for who sees one; some of them for who sees several. */
async function lookAround(place: RecordedPlace): Promise<void> {
  const lists = [
    'agencies',
    'agencies?scope=all',
    'report-types',
    'scorecard',
    'advertiser-config?active_only=false',
    'search-advertisers?q=acme',
    'advertiser-hub',
    'advertiser-detail?agency_id=1480&advertiser_id=4711',
    'unmapped-impressions?agency_id=1480',
    'impression-search?agency_id=1480',
    'campaign-mappings',
    'mapping-conflicts',
    'dsp-platforms',
    'explain-impression?agency_id=1480&platform_type=21&dsp_advertiser_id=D1&insertion_order_id=IO1',
    'unmapped-webpixels?min_events=1',
    'pixel-preview?agency_id=1480&domain=ace.com',
    'mapped-urls?agency_id=1480',
    'pixel-instructions?agency_id=1480&advertiser_id=4711',
    'poi-brands?search=ace+hard&dma=chicago',
    'poi-brands?search=ace&limit=1&offset=9',
    'poi-segments?brand=ace+hardware',
    'poi-segments?brand=ace+hardware&dma=chicago,+il&agency_id=1480&advertiser_id=4711',
    'assigned-pois?agency_id=1480&advertiser_id=4712',
    'assigned-pois?agency_id=1480&advertiser_id=4712&search=ace',
    'repairable-pois',
    'repairable-pois?agency_id=1480&advertiser_id=4712&limit=1&offset=9',
    'store-list-uploads',
    'audit-log',
    'audit-log?advertiser_id=4711&action=poi.assign',
    'pipeline-health',
  ];
  for (const list of lists) {
    await place.call('GET', list);
    await place.call('GET', list, undefined, ['1480']);
  }
  for (const list of ['agencies', 'campaign-mappings', 'poi-brands?search=ace'])
    await place.call('GET', list, undefined, ['1480', '9']);
  await place.call('GET', 'schema-check');
}

async function changeCampaigns(place: RecordedPlace): Promise<void> {
  const key = { agency_id: '1480', platform_type: '21', dsp_advertiser_id: 'D3' };
  const { data } = await place.call('POST', 'map-campaign', { ...key, quorum_advertiser_id: '4711', insertion_order_id: 'I1' });
  await place.call('POST', 'remap-campaign', { agency_id: '1480', mapping_id: data.mapping_id, quorum_advertiser_id: '4712' });
  await place.call('POST', 'unmap-campaign', { agency_id: '1480', mapping_id: data.mapping_id });
  await place.call('POST', 'map-campaign', { ...key, platform_type: '8', dsp_advertiser_id: 'D2', quorum_advertiser_id: '4711' });
  // So many that numbers are met which the site has given out.
  const mappings = ['D4', 'D5', 'D6', 'D7', 'D8'].map((dsp) => ({
    platform_type: '21',
    dsp_advertiser_id: dsp,
    quorum_advertiser_id: '4711',
  }));
  await place.call('POST', 'map-campaigns', { agency_id: '1480', mappings });
}

async function changeDomains(place: RecordedPlace): Promise<void> {
  const own = { agency_id: '1480' };
  await place.call('POST', 'configure-domain', { ...own, advertiser_id: '4711', url: 'https://palace.com/' });
  await place.call('POST', 'reassign-domain', {
    ...own,
    url: 'palace.com',
    from_advertiser_id: '4711',
    to_advertiser_id: '4712',
  });
  await place.call('POST', 'remove-domain', { ...own, advertiser_id: '4712', url: 'palace.com' });
  await place.call('POST', 'configure-domains', { ...own, domains: [{ advertiser_id: '4711', url: 'new.com' }] });
  await place.call('POST', 'ignore-domain', { ...own, domain: 'palace.com' });
  await place.call('POST', 'unignore-domain', { ...own, domain: 'palace.com' });
  await place.call('POST', 'override-platform', { ...own, domain: 'ace.com', platform: 'SHOPIFY' });
}

async function changePlaces(place: RecordedPlace): Promise<void> {
  const own = { agency_id: '1480', advertiser_id: '4711' };
  await place.call('POST', 'assign-poi', { ...own, segment_md5s: [md5(1)] });
  await place.call('POST', 'assign-poi', { ...own, brand: 'Ace Hardware' });
  await place.call('POST', 'remove-poi', { ...own, segment_md5s: [md5(1)] });
  await place.call('POST', 'remove-poi', { ...own, brand: 'Ace Hardware', dma: 'CHICAGO, IL' });
  await place.call('POST', 'repair-poi', { agency_id: '1480', advertiser_id: '4712' });
  const { data } = await place.call('GET', 'audit-log?limit=1');
  await place.call('POST', 'undo', { audit_id: data[0].AUDIT_ID, agency_id: '1480', reason: 'a mistake' });
  const form = new FormData();
  form.set('agency_id', '1480');
  form.set('advertiser_id', '4711');
  form.set('file', new File(['Store Name,Zip\nAce Loop,60601\n'], 'stores.csv'));
  await place.call('POST', 'upload-storelist', form);
  const { data: lists } = await place.call('GET', 'store-list-uploads?agency_id=1480&advertiser_id=4711&status=RECEIVED');
  const { app } = place;
  await withResource(app.warehouse.session(), (session) => waitingStoreLists(session, app.catalogue));
  await place.call('GET', `store-list-file?agency_id=1480&upload_id=${lists[0].UPLOAD_ID}`);
  await place.call('POST', 'settle-storelist', { agency_id: '1480', upload_id: lists[0].UPLOAD_ID, status: 'PROCESSED' });
}

async function changeAdvertisers(place: RecordedPlace): Promise<void> {
  const { data } = await place.call('POST', 'create-advertiser', { agency_id: '1480', advertiser_name: 'Bolts & Nuts' });
  const own = { agency_id: '1480', advertiser_id: data.advertiser_id };
  await place.call('POST', 'update-config', {
    ...own,
    report_type_ids: '1',
    platform_type_ids: '21',
    attribution_window_days: 20,
  });
  await place.run('config set 1480 4712 DELIVERY_LOOKBACK_DAYS=20');
  const csv = await place.run('config export');
  place.project.write('config.csv', csv.replace('20', '21').replaceAll('1480,4712', '1480,4799'));
  await place.run('config import config.csv');
  await place.run('config import-legacy --destination 52=archive --agency 1480 --yes');
  await place.run('config import-legacy --destination 52=archive --dry-run');
}

async function keepOptOuts(place: RecordedPlace): Promise<void> {
  await place.run('suppressions list');
  await place.run(`suppressions add MAID ${device(11)}`);
  await place.run(`suppressions add * ${device(12)}`);
  await place.run(`suppressions remove MAID ${device(11)} --reason mistake`);
}
