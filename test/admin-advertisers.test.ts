import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { advertiserNames } from '../src/admin/advertisers/advertiser-names.ts';
import { readAssigned } from '../src/admin/advertisers/assigned.ts';
import { derivedCounts } from '../src/admin/derived-counts.ts';
import { displayName } from '../src/config/display-name.ts';
import { decodedName } from '../src/lib/decoded-name.ts';
import { raw } from '../src/lib/sql.ts';
import { type AdminWorld, adminWorld } from './support/admin-world.ts';
import { configRow } from './support/seed.ts';

/** Advertisers through the API: names, search, the hub, one advertiser's page. */

const name = (agency: string, advertiser: string, called: string | null, agencyName: string | null = 'Ridge Media') => ({
  AGENCY_ID: agency,
  ADVERTISER_ID: advertiser,
  ADVERTISER_NAME: called,
  AGENCY_NAME: agencyName,
});
const mapping = (advertiser: string, dsp: string, more: Record<string, unknown> = {}) => ({
  MAPPING_ID: Number(advertiser),
  AGENCY_ID: '1480',
  DSP_PLATFORM_TYPE: '21',
  DSP_ADVERTISER_ID: dsp,
  INSERTION_ORDER_ID: '',
  LINE_ITEM_ID: '0',
  QUORUM_ADVERTISER_ID: advertiser,
  ...more,
});
const domain = (advertiser: string, url: string, agency = '1480', isPoi = false) => ({
  Agency_Id: agency,
  Advertiser_id: advertiser,
  URL: url,
  IS_POI: isPoi,
});
const place = (advertiser: string, md5: string, agency = '1480') => ({
  AGENCY_ID: agency,
  ADVERTISER_ID: advertiser,
  SEGMENT_MD5: md5.padStart(32, '0'),
  SEGMENT_UNIQUE_ID: `S-${md5}`,
});
const impressions = (dsp: string, count: number, at = '2026-02-15T10:00:00Z', agency = '1480') =>
  Array.from({ length: count }, () => ({
    AGENCY_ID: agency,
    DSP_PLATFORM_TYPE: '21',
    DSP_ADVERTISER_ID: dsp,
    INSERTION_ORDER_ID: 'IO1',
    LINE_ITEM_ID: 'LI1',
    DEVICE_ID_RAW: null,
    USER_IP_FROM_HTTP_REQUEST: null,
    AUCTION_TIMESTAMP: at,
  }));

const idsOf = (answer: { readonly body: { readonly data: readonly { readonly ADVERTISER_ID: string }[] } }): string[] =>
  answer.body.data.map(({ ADVERTISER_ID }) => ADVERTISER_ID);

describe('names', () => {
  test('are decoded until nothing is left to decode, and malformed escapes stay', () => {
    expect(decodedName('Spring%252520Sale')).toBe('Spring Sale');
    expect(decodedName('Spring+Sale%2521')).toBe('Spring Sale!');
    expect(decodedName('A%252BB')).toBe('A+B');
    expect(decodedName('A+E')).toBe('A+E');
    expect(decodedName('100% Sale %zz %C3')).toBe('100% Sale %zz %C3');
    expect(decodedName('Caf%C3%A9')).toBe('Café');
  });

  test('lose a CRM code, which has a digit and no blank, and nothing else', () => {
    expect(displayName('C0123 - Ace Hardware')).toBe('Ace Hardware');
    expect(displayName('Rolls - Royce')).toBe('Rolls - Royce');
    expect(displayName('7 Eleven - Texas')).toBe('7 Eleven - Texas');
    expect(displayName('C0123%20-%20Ace')).toBe('Ace');
    for (const blank of ['', '0', 'null', 'UNKNOWN', null]) expect(displayName(blank)).toBeNull();
  });

  test('never change when they are read twice', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        const encoded = encodeURIComponent(encodeURIComponent(text.replaceAll(/[%+\ud800-\udfff]/g, '')));
        expect(decodedName(encoded)).toBe(text.replaceAll(/[%+\ud800-\udfff]/g, '').trim());
      }),
    );
  });
});

describe('lists of advertisers', () => {
  let world: AdminWorld;
  beforeAll(async () => {
    world = await adminWorld();
    await world.load({
      REF_AGENCY_ADVERTISER: [
        name('1480', '1', 'C0001 - Ace Hardware', 'Ridge Media'),
        name('1480', '2', 'Café Peña', 'RIDGE MEDIA'),
        name('1480', '3', 'Nissan North America', 'Ridge Media'),
        name('1480', '4', `O'Brien "Bob" <b>%_'; DROP TABLE x; --`),
        name('1480', '5', 'Acme Tools'),
        name('77', '1', 'Ace Rental', 'Other%20House'),
        name('77', '4711', 'Zeta', 'Other House'),
        name('77', '9', 'UNKNOWN', 'Other House'),
      ],
      REF_ADVERTISER_CONFIG: [
        configRow('1', [{ destination: 'archive' }], {
          CAMPAIGN_MAPPING_COUNT: 1,
          CONFIG_VERSION: 4,
          UPDATED_AT: '2026-02-10T00:00:00Z',
        }),
        configRow('2', [], { DELIVERY_ENABLED: false, LAST_IMPRESSION_AT: '2026-02-01T00:00:00Z' }),
        configRow('3', [], { CONFIG_STATUS: 'INACTIVE', ADVERTISER_DISPLAY_NAME: 'Nissan USA' }),
        configRow('5', [], { IMPRESSION_JOIN_STRATEGY: 'ADM_PREFIX', DELIVERY_CADENCE: 'SOMETIMES' }),
        configRow('1', [], {
          AGENCY_ID: '77',
          EXPOSURE_SOURCE: 'WEB',
          WEB_PIXEL_URL_COUNT: 1,
          IMPRESSION_JOIN_STRATEGY: 'DIRECT_AG',
        }),
      ],
      PIXEL_CAMPAIGN_MAPPING_V2: [
        mapping('1', 'D1'),
        // A second row for an insertion order, and the first once more: no impression counts twice (B16).
        mapping('1', 'D1', { INSERTION_ORDER_ID: 'IO1' }),
        mapping('1', 'D1'),
        mapping('8', 'D8'),
      ],
      ADVERTISER_DOMAIN_MAPPING: [
        domain('1', 'https://www.ace.com/stores', '1480', true),
        domain('1', 'ace.com'),
        domain('1', 'shop.ace.com'),
        domain('1', 'acehardware.com'),
        domain('1', 'ace-rental.com', '77'),
      ],
      SEGMENT_MD5_MAPPING: [place('1', 'a'), place('1', 'A'), place('1', 'b'), place('1', 'c', '77')],
      AD_IMPRESSION_LOG_V2: [
        ...impressions('D1', 30),
        ...impressions('D1', 5, '2026-01-01T00:00:00Z'),
        ...impressions('D1', 4, '2286-01-01T00:00:00Z'),
        ...impressions('D9', 7),
      ],
    });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const get = (path: string, as = {}) => world.call('GET', `/api/config/${path}`, undefined, as);
  const search = async (q: string, more = '') => idsOf(await get(`search-advertisers?q=${encodeURIComponent(q)}${more}`));

  test('B14: an agency whose name is spelled in several ways has one name', async () => {
    const names = await advertiserNames(await world.context());
    expect([names.agency('1480'), names.agency('77'), names.advertiser('77', '9')]).toEqual(['Ridge Media', 'Other House', null]);
    expect(names.advertiser('1480', '3')).toBe('Nissan USA');
    const scoped = await advertiserNames(await world.context(['77']));
    expect([scoped.agency('1480'), scoped.advertiser('1480', '1'), scoped.advertisers.length]).toEqual([null, null, 3]);
  });

  test('a search forgives typing errors, accents, letter case and order', async () => {
    expect(await search('cafe pena')).toEqual(['2']);
    expect(await search('PEÑA caf')).toEqual(['2']);
    expect(await search('nisasn')).toEqual(['3']);
    expect(await search('nissan north')).toEqual(['3']);
    expect(await search('hardwre ace')).toEqual(['1']);
  });

  test('a search by id puts the id first, and finds CRM codes and the agency', async () => {
    expect((await search('4711'))[0]).toBe('4711');
    expect(await search('1480 2')).toEqual(['2']);
    expect(await search('C0001')).toEqual(['1']);
    expect((await search('other house')).toSorted()).toEqual(['1', '4711', '9']);
  });

  test('a search puts names that begin so before others, and ready ones first among equals', async () => {
    const { body } = await get('search-advertisers?q=ac');
    expect(body.data.map((row: Record<string, unknown>) => [row.ADVERTISER_NAME, row.REPORTING_READY])).toEqual([
      ['Ace Hardware', true],
      ['Ace Rental', true],
      ['Acme Tools', false],
    ]);
    expect(await search('ac', '&reporting_ready=true')).toEqual(['1', '1']);
  });

  test('a search is cut only after it is narrowed to what the caller may see', async () => {
    const { body } = await get('search-advertisers?q=ace&limit=1', { role: 'operator', agencies: ['77'] });
    expect(body).toMatchObject({ count: 1, total: 1, truncated: false });
    expect(body.data[0]).toMatchObject({ AGENCY_ID: '77', ADVERTISER_NAME: 'Ace Rental' });
    const all = (await get('search-advertisers?q=ac&limit=1&offset=1')).body;
    expect(all).toMatchObject({ count: 1, total: 3, truncated: true });
  });

  test('B3, B11, B23: a search takes every character as it is', async () => {
    for (const q of ["'; DROP TABLE x; --", '%_%', '__', "O'Brien", '<b>', '"Bob"', '\\\\', '%27'])
      expect((await get(`search-advertisers?q=${encodeURIComponent(q)}`)).status).toBe(200);
    expect(await search('%%')).toEqual([]);
    expect(await search("o'brien")).toEqual(['4']);
    expect((await get('search-advertisers?q=a')).body.error).toMatchObject({ code: 'VALIDATION', fields: [{ path: 'query.q' }] });
  });

  test('configurations are active ones unless asked, and without a row not configured', async () => {
    expect(idsOf(await get('advertiser-config'))).toEqual(['1', '1', '2', '5']);
    expect((await get('advertiser-config?active_only=false')).body.total).toBe(5);
    const { body } = await get('advertiser-config?agency_id=1480&advertiser_id=4&active_only=false');
    expect(body.data).toMatchObject([{ CONFIG_STATUS: 'NOT_CONFIGURED', CONFIG_VERSION: 0, DELIVERY_LOOKBACK_DAYS: 30 }]);
    const [broken] = (await get('advertiser-config?agency_id=1480&advertiser_id=5')).body.data;
    expect(broken.PROBLEMS).toMatchObject([{ path: 'DELIVERY_CADENCE' }]);
    const [paused] = (await get('advertiser-config?agency_id=1480&advertiser_id=2')).body.data;
    expect(paused.PROCESSING_STATE).toBe('ACTIVE');
  });

  test('the hub has everybody that any table knows, with what is assigned', async () => {
    const { body } = await get('advertiser-hub?agency_id=1480');
    expect(body.data.map((row: Record<string, unknown>) => row.ADVERTISER_ID)).toEqual(['1', '5', '2', '3', '4', '8']);
    expect(body.data[0]).toMatchObject({
      ADVERTISER_NAME: 'Ace Hardware',
      DOMAINS: ['ace.com', 'acehardware.com'],
      DOMAIN_COUNT: 3,
      POI_COUNT: 2,
      CAMPAIGN_COUNT: 2,
      TOTAL_IMPRESSIONS_14D: 30,
      LAST_IMPRESSION: '2026-02-15',
      SETUP_SCORE: 3,
      STEPS_NEEDED: [],
      DELIVERY_STATE: 'ON',
      CONFIG_VERSION: 4,
    });
    expect(body.data.at(-1)).toMatchObject({ ADVERTISER_ID: '8', ADVERTISER_NAME: null, CONFIG_STATUS: 'NOT_CONFIGURED' });
  });

  test('B17: places count for the agency that has them', async () => {
    const { body } = await get('advertiser-hub?agency_id=77&search=ace');
    expect(body.data).toMatchObject([{ ADVERTISER_ID: '1', POI_COUNT: 1, DOMAIN_COUNT: 1, CAMPAIGN_COUNT: 0 }]);
  });

  test('S1: an advertiser that needs no mapping is not asked for one', async () => {
    const [row] = (await get('advertiser-hub?agency_id=77&search=ace')).body.data;
    expect(row).toMatchObject({ SETUP_SCORE: 3, IMPRESSION_JOIN_STRATEGY: 'DIRECT_AG' });
    expect(row.STEPS_NEEDED.map(({ code }: { code: string }) => code)).toEqual(['add_destination']);
  });

  test('the hub says what is needed, what cannot be delivered without it, and narrows by it', async () => {
    const row = async (id: string) => (await get(`advertiser-hub?agency_id=1480&search=${id}`)).body.data[0];
    const codes = async (id: string) => (await row(id)).STEPS_NEEDED.map(({ code }: { code: string }) => code);
    expect(await codes('8')).toEqual(['create_config', 'map_domains', 'assign_places']);
    expect((await row('2')).STEPS_NEEDED[0]).toMatchObject({ code: 'map_campaigns', blocks_delivery: true });
    expect(await codes('Nissan')).toEqual(expect.arrayContaining(['activate']));
    expect((await row('Acme')).STEPS_NEEDED[0]).toMatchObject({
      code: 'fix_config',
      text: expect.stringContaining('DELIVERY_CADENCE'),
    });
    expect(idsOf(await get('advertiser-hub?agency_id=1480&needs_setup=true'))).toEqual(['5', '2', '4', '8']);
    expect(idsOf(await get('advertiser-hub?agency_id=1480&needs=places'))).toEqual(['5', '2']);
    expect(idsOf(await get('advertiser-hub?has=campaigns&sort=name'))).toEqual(['1', '1']);
    expect(idsOf(await get('advertiser-hub?delivery_state=ON'))).toEqual(['1']);
    expect(idsOf(await get('advertiser-hub?agency_id=1480&status=INACTIVE'))).toEqual(['3']);
  });

  test('the hub sorts by what is asked for, and finds hosts', async () => {
    expect(idsOf(await get('advertiser-hub?agency_id=1480&sort=name'))).toEqual(['1', '5', '2', '3', '4', '8']);
    expect(idsOf(await get('advertiser-hub?agency_id=1480&sort=name&descending=true'))).toEqual(['8', '4', '3', '2', '5', '1']);
    expect(idsOf(await get('advertiser-hub?agency_id=1480&sort=score&limit=1'))).toEqual(['1']);
    expect(idsOf(await get('advertiser-hub?agency_id=1480&sort=updated&limit=1'))).toEqual(['1']);
    expect(idsOf(await get('advertiser-hub?agency_id=1480&search=shop.ace'))).toEqual(['1']);
    const page = (await get('advertiser-hub?agency_id=1480&limit=2&offset=4')).body;
    expect(page).toMatchObject({ count: 2, total: 6, truncated: false });
  });

  test("an advertiser's page has everything with its true totals", async () => {
    const { status, body } = await get('advertiser-detail?agency_id=1480&advertiser_id=1&limit=1');
    expect(status).toBe(200);
    const { config, domains, campaigns, pois, poi_summary: summary, delivery, ...rest } = body.data;
    expect(config).toMatchObject({
      ADVERTISER_ID: '1',
      AGENCY_NAME: 'Ridge Media',
      DELIVERY_DESTINATIONS: [{ destination: 'archive' }],
    });
    expect([domains.total, domains.rows.length, domains.truncated]).toEqual([4, 1, true]);
    expect([campaigns.total, campaigns.rows.length]).toEqual([3, 1]);
    expect([pois.total, summary.total_segments]).toEqual([2, 2]);
    expect(delivery).toMatchObject({
      enabled: true,
      state: 'ON',
      cadence: 'WEEKLY',
      cadence_words: 'Every Monday at 06:00 UTC',
      next: ['2026-02-23T06:00:00.000Z', '2026-03-02T06:00:00.000Z', '2026-03-09T06:00:00.000Z'],
      deliveries: [{ destination: 'archive', state: 'on' }],
    });
    expect(rest).toMatchObject({
      setup: { SETUP_SCORE: 3, STEPS_NEEDED: [] },
      impressions: { total_14d: 30, last_seen: '2026-02-15' },
      pixel_macro: 'AG=1480&ADV=1',
      four_key_sample: [{ PLATFORM_TYPE_ID: '21', DSP_ADVERTISER_ID: 'D1', INSERTION_ORDER_ID: 'IO1', LINE_ITEM_ID: 'LI1' }],
    });
  });

  test("an advertiser's page without a row, and of nobody", async () => {
    const { body } = await get('advertiser-detail?agency_id=1480&advertiser_id=4');
    expect(body.data.config.CONFIG_STATUS).toBe('NOT_CONFIGURED');
    expect(body.data.delivery).toMatchObject({ enabled: false, state: 'NONE', deliveries: [] });
    const nobody = await get('advertiser-detail?agency_id=1480&advertiser_id=4711');
    expect([nobody.status, nobody.body.error]).toMatchObject([404, { code: 'NOT_FOUND', reason: 'advertiser_unknown' }]);
  });

  test('A3: an operator of another agency gets nothing, or 403', async () => {
    const other = { role: 'operator', agencies: ['77'] } as const;
    for (const path of ['advertiser-config', 'search-advertisers?q=ace', 'advertiser-hub']) {
      const { body } = await get(path, other);
      expect(body.data.map((row: { AGENCY_ID: string }) => row.AGENCY_ID)).not.toContain('1480');
      expect((await get(path, { role: 'operator', agencies: [] })).body.total).toBe(0);
      expect((await get(`${path}${path.includes('?') ? '&' : '?'}agency_id=1480`, other)).status).toBe(403);
    }
    expect((await get('advertiser-detail?agency_id=1480&advertiser_id=1', other)).status).toBe(403);
    expect((await get('advertiser-hub', { role: 'viewer' })).status).toBe(403);
  });

  test('B8: what is counted for all at once is what each row counts', async () => {
    const ctx = await world.context();
    const assigned = await readAssigned(ctx);
    for (const [agencyId, advertiserId] of [
      ['1480', '1'],
      ['1480', '2'],
      ['1480', '8'],
      ['77', '1'],
    ] as const) {
      const own = assigned.of(agencyId, advertiserId);
      const places = await assigned.places.distinct([{ agencyId, advertiserId }]);
      expect(await derivedCounts(ctx.session, ctx.catalogue, { agencyId, advertiserId })).toMatchObject({
        CAMPAIGN_MAPPING_COUNT: own.campaigns,
        WEB_PIXEL_URL_COUNT: own.hosts.length,
        POI_URL_COUNT: own.locators,
        SEGMENT_COUNT: [...places.values()][0] ?? 0,
      });
    }
  });
});

describe('a change of the tables', () => {
  let world: AdminWorld;
  beforeEach(async () => {
    world = await adminWorld();
    await world.load({ REF_AGENCY_ADVERTISER: [name('1480', '1', 'Ace Hardware')], REF_ADVERTISER_CONFIG: [configRow('1', [])] });
  });
  afterEach(() => world[Symbol.asyncDispose]());

  test('S9: is seen by the next search, whoever made it', async () => {
    const search = async (q: string) => idsOf(await world.call('GET', `/api/config/search-advertisers?q=${q}`));
    expect(await search('bolts')).toEqual([]);
    await world.session.execute(raw(`UPDATE "BASE_TABLES"."REF_AGENCY_ADVERTISER" SET "ADVERTISER_NAME" = 'Bolts'`));
    expect(await search('bolts')).toEqual(['1']);
    expect(await search('hardware')).toEqual([]);
    await world.session.execute(raw(`UPDATE "BASE_TABLES"."REF_ADVERTISER_CONFIG" SET "ADVERTISER_DISPLAY_NAME" = 'Nuts'`));
    expect(await search('nuts')).toEqual(['1']);
    await world.session.execute(raw('DELETE FROM "BASE_TABLES"."REF_AGENCY_ADVERTISER"'));
    await world.session.execute(raw('DELETE FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG"'));
    expect(await search('nuts')).toEqual([]);
  });
});

test('a table that a site does not have leaves a warning, and no failure', async () => {
  const missing = [
    'ADVERTISER_DOMAIN_MAPPING',
    'SEGMENT_MD5_MAPPING',
    'REF_AGENCY_ADVERTISER',
    'WEBPIXEL_EVENTS',
    'REF_REPORT_TYPE',
  ];
  await using world = await adminWorld({
    settings: `destinations:
  archive: { type: folder, path: ./out }
tables:
${missing.map((table) => `  ${table}: { name: NOWHERE_${table} }`).join('\n')}
`,
  });
  await world.load({ REF_ADVERTISER_CONFIG: [configRow('1', [])] });
  for (const path of [
    'advertiser-hub',
    'agencies',
    'scorecard',
    'report-types',
    'advertiser-detail?agency_id=1480&advertiser_id=1',
  ]) {
    const { status, body } = await world.call('GET', `/api/config/${path}`);
    expect([path, status, JSON.stringify(body.warnings)]).toEqual([path, 200, expect.stringContaining('is missing')]);
  }
  expect((await world.call('GET', '/api/config/search-advertisers?q=1480')).body.total).toBe(1);
  expect((await world.call('GET', '/api/config/scorecard')).body.data.UNMAPPED_DOMAINS).toMatchObject({
    value: null,
    note: expect.stringContaining('WEBPIXEL_EVENTS'),
  });
});
