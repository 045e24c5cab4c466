import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configureDomains } from '../src/admin/domains/configure-domains.ts';
import { domainConflicts } from '../src/admin/domains/conflicts.ts';
import { NO_DOMAINS } from '../src/admin/domains/domain-rows.ts';
import { NO_EVENTS } from '../src/admin/domains/event-window.ts';
import { hostKeySql, hostOfKey } from '../src/admin/domains/host-key.ts';
import { mappedUrls } from '../src/admin/domains/mapped-urls.ts';
import { previewDomain } from '../src/admin/domains/preview-domain.ts';
import { ignoreDomain } from '../src/admin/domains/set-domain.ts';
import { listUnmapped } from '../src/admin/domains/unmapped-domains.ts';
import { tablesOf } from '../src/app.ts';
import { raw, sql } from '../src/lib/sql.ts';
import { hostOf } from '../src/pixel/domains.ts';
import { authoritySql } from '../src/reach/site-rows.ts';
import { type AdminWorld, adminWorld, type Caller } from './support/admin-world.ts';
import { configRow } from './support/seed.ts';

/** Web pixels: discovery, previews, and which advertiser a domain belongs to. */

let world: AdminWorld;
beforeEach(async () => {
  world = await adminWorld({ settings: 'pixel: { collectorUrl: "https://pixel.example/collect" }\n' });
  await world.load({ REF_AGENCY_ADVERTISER: NAMES });
});
afterEach(() => world[Symbol.asyncDispose]());

const NAMES = [
  { AGENCY_ID: '1480', ADVERTISER_ID: '4711', ADVERTISER_NAME: 'Q12 - Ace Hardware', AGENCY_NAME: 'Quorum' },
  { AGENCY_ID: '1480', ADVERTISER_ID: '4712', ADVERTISER_NAME: `O'Brien <b>"x"</b>`, AGENCY_NAME: 'Quorum' },
  { AGENCY_ID: '1480', ADVERTISER_ID: '4713', ADVERTISER_NAME: 'Cee', AGENCY_NAME: 'Quorum' },
  { AGENCY_ID: '9', ADVERTISER_ID: '1', ADVERTISER_NAME: 'Nine', AGENCY_NAME: 'Niner' },
];

let number = 0;
const event = (url: string, more: Readonly<Record<string, unknown>> = {}) => {
  number += 1;
  return {
    UUID: `e${number}`,
    AGENCY_ID: '1480',
    EVENT_TIMESTAMP: '2026-02-15T12:00:00Z',
    PAGE_URL: url,
    EVENT_TYPE: 'site_visit',
    CLIENT_IP: '8.8.4.4',
    ...more,
  };
};
const events = (count: number, url: string, more: Readonly<Record<string, unknown>> = {}) =>
  Array.from({ length: count }, () => event(url, more));
const mapped = (url: string, advertiser = '4711', more: Readonly<Record<string, unknown>> = {}) => ({
  Agency_Id: '1480',
  Advertiser_id: advertiser,
  URL: url,
  IS_POI: false,
  CREATED_AT: '2026-01-01T00:00:00Z',
  ...more,
});

const get = (path: string, as?: Caller) => world.call('GET', `/api/config/${path}`, undefined, as);
const post = (path: string, body: Readonly<Record<string, unknown>>, as?: Caller) =>
  world.call('POST', `/api/config/${path}`, { agency_id: '1480', ...body }, as);
const undo = (auditId: unknown) => post('undo', { audit_id: auditId, reason: 'a mistake' });
const unmapped = async (more = '') => (await get(`unmapped-webpixels?agency_id=1480&min_events=1${more}`)).body;
const domainsOf = async (more = '') => (await unmapped(more)).data.map((row: { BASE_DOMAIN: string }) => row.BASE_DOMAIN);
const stored = async () =>
  (
    await world.session.all(
      raw('SELECT "Advertiser_id" || \' \' || "URL" AS entry FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING" ORDER BY 1'),
    )
  ).map(({ entry }) => entry);
const config = async (advertiser = '4711') =>
  (
    await world.session.all(raw(`SELECT * FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG" WHERE "ADVERTISER_ID" = '${advertiser}'`))
  )[0];

describe('discovery', () => {
  test('P1, B10: groups hosts by registrable domain, and a mapped ace.com hides neither palace.com nor a shop beside it', async () => {
    await world.load({
      WEBPIXEL_EVENTS: [
        ...events(3, 'https://www.ace.com/x'),
        ...events(2, 'http://SHOP.ace.com:8080/'),
        ...events(4, 'https://palace.com'),
        ...events(1, 'https://a.myshopify.com/'),
        ...events(2, 'https://b.myshopify.com/'),
      ],
      ADVERTISER_DOMAIN_MAPPING: [mapped('https://www.Ace.com/store?x=1')],
    });
    expect(await domainsOf()).toEqual(['palace.com', 'b.myshopify.com', 'a.myshopify.com']);
  });

  test('P3: what is mapped or ignored is out before a page is taken, and the total is true', async () => {
    const sites = Array.from({ length: 30 }, (_, index) => `site${String(index).padStart(2, '0')}.com`);
    await world.load({
      WEBPIXEL_EVENTS: sites.flatMap((site, index) => events(40 - index, `https://${site}/`)),
      ADVERTISER_DOMAIN_MAPPING: sites.slice(0, 20).map((site) => mapped(site)),
    });
    await post('ignore-domain', { domain: 'site20.com', note: 'a test site' });
    const page = await unmapped('&limit=4');
    expect(page).toMatchObject({ count: 4, total: 9, truncated: true });
    expect(page.data.map((row: { BASE_DOMAIN: string }) => row.BASE_DOMAIN)).toEqual(sites.slice(21, 25));
    expect((await unmapped('&limit=4&offset=8')).data).toHaveLength(1);
    expect((await unmapped('&ignored=true')).data).toMatchObject([
      { BASE_DOMAIN: 'site20.com', IS_IGNORED: true, NOTE: 'a test site' },
    ]);
    await post('unignore-domain', { domain: 'https://www.site20.com/' });
    expect((await unmapped()).total).toBe(10);
  });

  test('P4, P6, T11: figures are counted, not constant', async () => {
    const purchase = (value: string | null, type = 'purchase') =>
      event('https://shop.ace.com/', { EVENT_TYPE: type, CONVERSION_VALUE: value, CLIENT_IP: '8.8.8.8' });
    await world.load({
      WEBPIXEL_EVENTS: [
        ...events(2, 'https://ace.com/'),
        event('https://ace.com/', { CLIENT_IP: ' ', IP: '1.1.1.1', EVENT_TIMESTAMP: '2026-02-14T08:00:00Z' }),
        purchase('$1,234.50'),
        purchase('19.99', 'Sale'),
        purchase('free', 'conversion'),
        purchase(null),
        event('https://ace.com/', { EVENT_TYPE: 'submit_lead' }),
        event('https://ace.com/', { EVENT_TYPE: 'add_to_cart' }),
      ],
    });
    const [row] = (await unmapped()).data;
    expect(row).toMatchObject({
      BASE_DOMAIN: 'ace.com',
      HOSTS: ['ace.com', 'shop.ace.com'],
      EVENT_COUNT: 9,
      // 8.8.4.4 visits both hosts' pages, and is one.
      UNIQUE_IPS: 3,
      PURCHASES: 4,
      LEADS: 1,
      SITE_VISITS: 3,
      OTHER_EVENTS: 1,
      REVENUE: '1254.49',
      UNREADABLE_VALUES: 1,
      FIRST_SEEN: '2026-02-14T08:00:00.000Z',
      LAST_SEEN: '2026-02-15T12:00:00.000Z',
      STATE: 'UNMAPPED',
    });
  });

  test('P4: addresses that no event has are not told as zero', async () => {
    await world.load({ WEBPIXEL_EVENTS: events(2, 'https://ace.com/', { CLIENT_IP: '-' }) });
    expect((await unmapped()).data[0]).toMatchObject({ UNIQUE_IPS: null, REVENUE: null });
  });

  test('a domain of which others have hosts is PARTIAL, with the events of the rest', async () => {
    await world.load({
      WEBPIXEL_EVENTS: [...events(5, 'https://north.ace.com/'), ...events(2, 'https://south.ace.com/')],
      ADVERTISER_DOMAIN_MAPPING: [mapped('north.ace.com', '4712')],
    });
    expect((await unmapped()).data).toMatchObject([
      { BASE_DOMAIN: 'ace.com', STATE: 'PARTIAL', HOSTS: ['south.ace.com'], EVENT_COUNT: 2, MAPPED_TO: ['4712'] },
    ]);
  });

  test('P7, T5: only the days asked for, and nothing from the future', async () => {
    await world.load({
      WEBPIXEL_EVENTS: [
        event('https://old.com/', { EVENT_TIMESTAMP: '2026-02-01T00:00:00Z' }),
        event('https://late.com/', { EVENT_TIMESTAMP: '2286-11-20T17:46:39Z' }),
        event('https://now.com/'),
      ],
    });
    expect(await domainsOf()).toEqual(['now.com']);
    expect(await domainsOf('&days=30')).toEqual(['now.com', 'old.com']);
  });

  test('tells when there are fewer days than were asked for', async () => {
    await world.load({ WEBPIXEL_EVENTS: [event('https://now.com/', { EVENT_TIMESTAMP: '2026-02-13T12:00:00Z' })] });
    const answer = await unmapped('&days=30');
    expect(answer.data[0]).toMatchObject({ EFFECTIVE_DAYS: 3 });
    expect(answer.warnings).toContain('Of the 30 days that were asked for there are events of 3 only.');
  });

  test('events without a host are counted, and make no domain', async () => {
    await world.load({
      WEBPIXEL_EVENTS: [
        event('-'),
        event(''),
        event('https://8.8.8.8/'),
        event('http://localhost:3000/'),
        event('https://ace.com/'),
      ],
    });
    const answer = await unmapped();
    expect(answer.data).toMatchObject([{ BASE_DOMAIN: 'ace.com', NO_HOST_EVENTS: 2 }]);
    expect(answer.warnings).toEqual([
      'Of the 7 days that were asked for there are events of 1 only.',
      '2 events have a page address without a host.',
      '2 events are on addresses that can belong to nobody, such as IP addresses and localhost.',
    ]);
  });

  test('P2: platform, rule and confidence; chips narrow before the page', async () => {
    const shopify = { ALL_PARAMETERS: JSON.stringify({ vendor: 'shopify' }) };
    await world.load({
      WEBPIXEL_EVENTS: [
        ...events(9, 'https://plain.com/'),
        ...events(3, 'https://ace.com/', shopify),
        ...events(2, 'https://a.wixsite.com/'),
      ],
    });
    expect((await unmapped()).data).toMatchObject([
      { BASE_DOMAIN: 'plain.com', DETECTED_PLATFORM: 'STANDARD', RULE_ID: 'none', CONFIDENCE: 0 },
      { BASE_DOMAIN: 'ace.com', DETECTED_PLATFORM: 'SHOPIFY', RULE_ID: 'shopify-events', CONFIDENCE: 0.9 },
      { BASE_DOMAIN: 'a.wixsite.com', DETECTED_PLATFORM: 'WIX', RULE_ID: 'host-wix', CONFIDENCE: 0.98 },
    ]);
    const narrowed = await unmapped('&platform=SHOPIFY&limit=1');
    expect(narrowed).toMatchObject({ total: 1, data: [{ BASE_DOMAIN: 'ace.com', DETECTED_PLATFORM: 'SHOPIFY' }] });
    await post('override-platform', { domain: 'plain.com', platform: 'GTM', note: 'they told us' });
    expect((await unmapped('&platform=GTM')).data).toMatchObject([
      { BASE_DOMAIN: 'plain.com', RULE_ID: 'override', NOTE: 'they told us' },
    ]);
  });

  test('all agencies at once, each with its own mappings', async () => {
    await world.load({
      WEBPIXEL_EVENTS: [
        ...events(2, 'https://ace.com/'),
        ...events(3, 'https://ace.com/', { AGENCY_ID: '9' }),
        event('https://ace.com/', { AGENCY_ID: '' }),
      ],
      ADVERTISER_DOMAIN_MAPPING: [mapped('ace.com')],
    });
    const { body } = await get('unmapped-webpixels?min_events=1');
    expect(body.data).toMatchObject([{ AGENCY_ID: '9', BASE_DOMAIN: 'ace.com', EVENT_COUNT: 3 }]);
  });

  test('B3: search takes %, _ and quotes as they are', async () => {
    await world.load({ WEBPIXEL_EVENTS: [...events(2, 'https://ace.com/'), ...events(1, 'https://a_b.ace.org/')] });
    expect(await domainsOf(`&search=${encodeURIComponent('%')}`)).toEqual([]);
    expect(await domainsOf(`&search=${encodeURIComponent("'; DROP TABLE x --")}`)).toEqual([]);
    expect(await domainsOf('&search=_')).toEqual(['ace.org']);
  });

  test('P1: the key that groups addresses means the same host as the engine reads', async () => {
    const part = fc.constantFrom(
      'https://',
      'HTTP://',
      'ftp://',
      '//',
      '',
      ' https://',
      'https:///',
      'http://u@',
      'https://ace.com',
      'ace.com',
    );
    const tail = fc.constantFrom(
      'Ace.com',
      'www.ace.com:8080',
      'ace.com/x',
      'ace.com?x=/y',
      'ace.com#y/z',
      'ace.com\\x',
      'ace.com x/y',
      '',
      '-',
      'é.com/',
      '/',
    );
    const urls = fc.sample(fc.tuple(part, tail, tail), { numRuns: 400, seed: 7 }).map((parts) => parts.join(''));
    await world.load({ WEBPIXEL_EVENTS: urls.map((url) => event(url)) });
    const { session, app } = world;
    const table = app.catalogue.table('WEBPIXEL_EVENTS');
    const rows = await session.all(
      sql`SELECT PAGE_URL AS url, ${hostKeySql(session.dialect, table)} AS host_key, ${authoritySql(session.dialect, table)} AS authority FROM ${table.ref} e`,
    );
    expect(rows).toHaveLength(400);
    for (const { url, host_key: key, authority } of rows)
      expect([url, hostOfKey(String(key))]).toEqual([url, hostOf(String(authority))]);
  });

  test('a site without the tables gets empty lists that say why', async () => {
    await world.session.execute(raw('DROP TABLE "DERIVED_TABLES"."WEBPIXEL_EVENTS"'));
    await world.session.execute(raw('DROP TABLE "BASE_TABLES"."PIXEL_DOMAIN_SETTING"'));
    const ctx = { ...(await world.context()), catalogue: await tablesOf(world.app) };
    const page = { limit: 10, offset: 0 };
    expect(await listUnmapped(ctx, { days: 7, minEvents: 1, ...page })).toEqual({ rows: [], total: 0, warnings: [NO_EVENTS] });
    const wanted = [{ advertiserId: '4711', url: 'ace.com' }];
    const done = await configureDomains(ctx, { agencyId: '1480', wanted, replace: false, pathOf: () => 'url' });
    expect(done).toMatchObject({ planned: [{ state: 'created' }], eventsGained: null, warnings: [NO_EVENTS] });
    expect((await mappedUrls(ctx, { agencyId: '1480', ...page })).rows).toMatchObject([{ host: 'ace.com', events_7d: null }]);
    expect((await previewDomain(ctx, { agencyId: '1480', text: 'ace.com', days: 7 })).warnings).toEqual([NO_EVENTS]);
    await expect(ignoreDomain(ctx, { agencyId: '1480', text: 'ace.com' })).rejects.toMatchObject({ code: 'table_missing' });
    await world.session.execute(raw('DROP TABLE "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING"'));
    const bare = { ...ctx, catalogue: await tablesOf(world.app) };
    expect(await mappedUrls(bare, { agencyId: '1480', ...page })).toEqual({ rows: [], total: 0, warnings: [NO_DOMAINS] });
    expect(await domainConflicts(bare)).toEqual([]);
  });
});

describe('a preview', () => {
  test('P5: shows events of one window, without what tells people apart', async () => {
    const device = 'a1b2c3d4-0000-4000-8000-000000000001';
    await world.load({
      WEBPIXEL_EVENTS: [
        ...Array.from({ length: 7 }, (_, index) =>
          event('https://shop.ace.com/p', { EVENT_TIMESTAMP: `2026-02-1${index}T10:00:00Z`, CLIENT_IP: `8.8.4.${index}` }),
        ),
        event('https://ace.com/thanks?email=ana@example.com', {
          EVENT_TYPE: 'purchase',
          CONVERSION_VALUE: '12,50',
          EVENT_TIMESTAMP: '2026-02-16T11:00:00Z',
          CLIENT_REFERRER_URL: `https://search.example/?q=${device}`,
          ALL_PARAMETERS: JSON.stringify({ maid: device, note: device, long: 'x y '.repeat(200), AG: '1480' }),
        }),
        event('https://ace.com/', { EVENT_TIMESTAMP: '2026-02-01T00:00:00Z' }),
        event('https://palace.com/'),
      ],
    });
    const { body } = await get('pixel-preview?agency_id=1480&domain=https://www.ACE.com/x');
    expect(body.data).toMatchObject({
      domain: 'ace.com',
      hosts: [
        { host: 'shop.ace.com', events: 7, state: 'UNMAPPED' },
        { host: 'ace.com', events: 1 },
      ],
      event_types: [
        { event_type: 'site_visit', meaning: 'site_visit', count: 7, unique_ips: 7 },
        { event_type: 'purchase', meaning: 'purchase', count: 1, unique_ips: 1 },
      ],
      total_events: 8,
      unique_ips: 7,
      revenue: '12.50',
      first_seen: '2026-02-10T10:00:00.000Z',
      last_seen: '2026-02-16T11:00:00.000Z',
      days: 7,
    });
    expect(body.data.samples).toHaveLength(5);
    const [newest] = body.data.samples;
    expect(newest).toMatchObject({
      ip: '8.8.4.0/24',
      page_url: 'https://ace.com/thanks?email=(hidden)',
      referrer: 'search.example',
      value: '12,50',
    });
    expect(newest.parameters.find(({ name }: { name: string }) => name === 'long').value).toHaveLength(200);
    expect(JSON.stringify(body)).not.toMatch(/a1b2c3d4|ana@/i);
    // The oldest of the window is in; what is before it is in no figure.
    expect((await get('pixel-preview?agency_id=1480&domain=ace.com&days=30')).body.data.total_events).toBe(9);
  });

  test('P2: detects what the list detects and what is stored', async () => {
    const shopify = { ALL_PARAMETERS: JSON.stringify({ vendor: 'shopify' }) };
    await world.load({
      WEBPIXEL_EVENTS: [
        ...events(60, 'https://ace.com/', { ...shopify, EVENT_TIMESTAMP: '2026-02-14T00:00:00Z' }),
        ...events(40, 'https://ace.com/'),
      ],
    });
    const [row] = (await unmapped()).data;
    const { detection } = (await get('pixel-preview?agency_id=1480&domain=ace.com')).body.data;
    // Of the newest 50 ten are Shopify's.
    expect(detection).toMatchObject({ platform: 'SHOPIFY', hits: 10, sampled: 50, override: null });
    expect(row).toMatchObject({ DETECTED_PLATFORM: detection.platform, RULE_ID: detection.rule, EVIDENCE: detection.evidence });
    const { body } = await post('configure-domain', { advertiser_id: '4711', url: 'ace.com' });
    expect(body.data).toMatchObject({ detection, stored_platform: 'SHOPIFY' });
    expect(await config()).toMatchObject({ WEB_PIXEL_INTEGRATION_TYPE: 'SHOPIFY' });
  });

  test('of what is no domain is refused', async () => {
    expect(await get('pixel-preview?agency_id=1480&domain=localhost')).toMatchObject({
      status: 400,
      body: { error: { code: 'VALIDATION', reason: 'domain_invalid' } },
    });
  });
});

describe('configure-domain', () => {
  test('B10: three spellings are one domain, and the answer says what is gained', async () => {
    await world.load({ WEBPIXEL_EVENTS: [...events(3, 'https://ace.com/'), ...events(2, 'https://shop.ace.com/')] });
    const first = await post('configure-domain', { advertiser_id: '4711', url: 'https://www.ACE.com:443/store', is_poi: true });
    expect(first).toMatchObject({
      status: 200,
      body: {
        data: { state: 'created', host: 'ace.com', is_poi: true, events_gained_7d: 5, domain_count: 1, config_version: 1 },
        warnings: ['https://www.ACE.com:443/store: only the host counts, so all of ace.com belongs to the advertiser.'],
      },
    });
    for (const url of ['ace.com', 'http://ace.com./'])
      expect((await post('configure-domain', { advertiser_id: '4711', url })).body.data).toMatchObject({
        state: 'unchanged',
        events_gained_7d: 0,
        audit_id: null,
        config_version: 1,
      });
    expect(await stored()).toEqual(['4711 ace.com']);
    expect(await config()).toMatchObject({ WEB_PIXEL_URL_COUNT: 1n, POI_URL_COUNT: 1n, HAS_WEB_VISIT_ATTRIBUTION: true });
  });

  test('finds what older rows mean, however they are written', async () => {
    await world.load({ ADVERTISER_DOMAIN_MAPPING: [mapped('https://www.Ace.com/store?x=1')] });
    expect((await post('configure-domain', { advertiser_id: '4711', url: 'ace.com' })).body.data.state).toBe('unchanged');
    expect((await post('configure-domain', { advertiser_id: '4711', url: 'ace.com', is_poi: true })).body.data.state).toBe(
      'updated',
    );
    expect(await stored()).toEqual(['4711 https://www.Ace.com/store?x=1']);
    expect(await config()).toMatchObject({ POI_URL_COUNT: 1n });
  });

  test('B6: of another advertiser is refused with its name, unless it is to be taken', async () => {
    await world.load({
      ADVERTISER_DOMAIN_MAPPING: [mapped('www.ace.com/', '4712')],
      WEBPIXEL_EVENTS: events(4, 'https://ace.com/'),
    });
    const refused = await post('configure-domain', { advertiser_id: '4711', url: 'ace.com' });
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT', reason: 'domain_conflict' } } });
    expect(refused.body.error.message).toBe(`ace.com belongs to advertiser 4712 O'Brien <b>"x"</b>.`);
    expect(await stored()).toEqual(['4712 www.ace.com/']);
    const taken = await post('configure-domain', { advertiser_id: '4711', url: 'ace.com', replace: true });
    expect(taken.body.data).toMatchObject({ state: 'replaced', replaced: ['4712'], events_gained_7d: 4 });
    expect(await stored()).toEqual(['4711 ace.com']);
    expect(await config('4712')).toMatchObject({ WEB_PIXEL_URL_COUNT: 0n, HAS_WEB_VISIT_ATTRIBUTION: false });
    await undo(taken.body.data.audit_id);
    expect(await stored()).toEqual(['4712 www.ace.com/']);
    expect(await config('4712')).toMatchObject({ WEB_PIXEL_URL_COUNT: 1n, HAS_WEB_VISIT_ATTRIBUTION: true });
    expect(await config('4711')).toMatchObject({ WEB_PIXEL_URL_COUNT: 0n, HAS_WEB_VISIT_ATTRIBUTION: false });
  });

  test('B6: two who want the same domain at once cannot both get it', async () => {
    const answers = await Promise.all(
      ['4711', '4712', '4713'].map((id) => post('configure-domain', { advertiser_id: id, url: 'ace.com' })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(await stored()).toHaveLength(1);
  });

  test('warns of parents and children that others have', async () => {
    await world.load({
      ADVERTISER_DOMAIN_MAPPING: [mapped('ace.com', '4712'), mapped('a.shop.ace.com', '4713')],
      WEBPIXEL_EVENTS: events(2, 'https://shop.ace.com/'),
    });
    const { body } = await post('configure-domain', { advertiser_id: '4711', url: 'shop.ace.com' });
    expect(body).toMatchObject({ data: { state: 'created', events_gained_7d: 2 } });
    expect(body.warnings).toEqual([
      'ace.com belongs to advertiser 4712: shop.ace.com is taken out of it.',
      'a.shop.ace.com belongs to advertiser 4713: it is not part of shop.ace.com.',
    ]);
  });

  test('B12: refuses what is no domain of an owner', async () => {
    for (const url of ['co.uk', '10.0.0.1', 'localhost', 'intranet', 'wixsite.com', "'; DROP TABLE x", '%', '<b>x</b>.com']) {
      expect([url, await post('configure-domain', { advertiser_id: '4711', url })]).toMatchObject([
        url,
        { status: 400, body: { error: { reason: 'domain_invalid', fields: [{ path: 'body.url' }] } } },
      ]);
    }
    expect(await stored()).toEqual([]);
  });

  test('refuses an advertiser of another agency, unknown fields and an old version', async () => {
    expect((await post('configure-domain', { advertiser_id: '1', url: 'ace.com' })).status).toBe(404);
    expect((await post('configure-domain', { advertiser_id: '4711', url: 'ace.com', owner: 'x' })).status).toBe(400);
    await post('configure-domain', { advertiser_id: '4711', url: 'ace.com', expected_version: 0 });
    const late = await post('configure-domain', { advertiser_id: '4711', url: 'ace.org', expected_version: 0 });
    expect(late).toMatchObject({ status: 409, body: { error: { reason: 'config_version_stale' } } });
  });

  test('keeps the platform that is known, and takes what a person says', async () => {
    await world.load({
      REF_ADVERTISER_CONFIG: [configRow('4711', [], { WEB_PIXEL_INTEGRATION_TYPE: 'SHOPIFY' })],
      ADVERTISER_DOMAIN_MAPPING: [mapped('ace.com')],
      WEBPIXEL_EVENTS: events(3, 'https://x.wixsite.com/'),
    });
    const detected = await post('configure-domain', { advertiser_id: '4711', url: 'x.wixsite.com' });
    expect(detected.body.data).toMatchObject({ detection: { platform: 'WIX' }, stored_platform: 'SHOPIFY' });
    const said = await post('configure-domain', {
      advertiser_id: '4711',
      url: 'ace.com',
      platform_override: 'GTM',
      web_visit_source: 'PARAMOUNT_SITEVISITS',
    });
    expect(said.body.data).toMatchObject({
      state: 'unchanged',
      detection: { platform: 'GTM', rule: 'override' },
      stored_platform: 'GTM',
    });
    expect(await config()).toMatchObject({ WEB_VISIT_SOURCE: 'PARAMOUNT_SITEVISITS' });
    expect((await get('mapped-urls?agency_id=1480&search=ace.com')).body.data).toMatchObject([{ platform: 'GTM' }]);
  });
});

describe('many domains', () => {
  test('are given all at once', async () => {
    await world.load({ WEBPIXEL_EVENTS: events(2, 'https://a.com/') });
    const domains = [
      { advertiser_id: '4711', url: 'a.com' },
      { advertiser_id: '4712', url: 'https://b.com/x' },
      { advertiser_id: '4711', url: 'www.A.com' },
    ];
    const { body } = await post('configure-domains', { domains });
    expect(body.data).toMatchObject({ created: 2, unchanged: 1, replaced: 0, events_gained_7d: 2 });
    expect(await stored()).toEqual(['4711 a.com', '4712 b.com']);
    expect((await post('configure-domains', { domains })).body.data).toMatchObject({ created: 0, unchanged: 3, audit_id: null });
  });

  test('are taken by the hundred, for many advertisers', async () => {
    const advertisers = Array.from({ length: 20 }, (_, index) => String(9000 + index));
    await world.load({
      REF_AGENCY_ADVERTISER: advertisers.map((id) => ({ AGENCY_ID: '1480', ADVERTISER_ID: id, ADVERTISER_NAME: id })),
    });
    const domains = Array.from({ length: 500 }, (_, index) => ({
      advertiser_id: advertisers[index % 20],
      url: `site${index}.com`,
    }));
    expect((await post('configure-domains', { domains })).body.data).toMatchObject({ created: 500 });
    expect(await config('9019')).toMatchObject({ WEB_PIXEL_URL_COUNT: 25n });
    expect((await post('configure-domains', { domains: [...domains, domains[0]] })).status).toBe(400);
  });

  test('or none, with everything that is wrong', async () => {
    await world.load({ ADVERTISER_DOMAIN_MAPPING: [mapped('b.com', '4712')] });
    const { status, body } = await post('configure-domains', {
      domains: [
        { advertiser_id: '4711', url: 'a.com' },
        { advertiser_id: '4711', url: 'b.com' },
        { advertiser_id: '4711', url: 'co.uk' },
        { advertiser_id: '4713', url: 'a.com' },
      ],
    });
    expect(status).toBe(400);
    expect(body.error.fields.map(({ path }: { path: string }) => path)).toEqual([
      'body.domains.2.url',
      'body.domains.3.url',
      'body.domains.1.url',
    ]);
    expect(await stored()).toEqual(['4712 b.com']);
    const unknown = await post('configure-domains', { domains: [{ advertiser_id: '1', url: 'a.com' }] });
    expect(unknown).toMatchObject({ status: 404, body: { error: { fields: [{ path: 'body.domains.0.advertiser_id' }] } } });
  });
});

describe('remove and reassign', () => {
  test('B9: the last domain takes the flag with it, and every spelling of it goes', async () => {
    await world.load({
      ADVERTISER_DOMAIN_MAPPING: [mapped('ace.com'), mapped('https://www.ace.com/x')],
      WEBPIXEL_EVENTS: events(3, 'https://ace.com/'),
    });
    const { body } = await post('remove-domain', { advertiser_id: '4711', url: 'ACE.com' });
    expect(body.data).toMatchObject({ deleted: 2, host: 'ace.com', events_lost_7d: 3, domain_count: 0 });
    expect(await config()).toMatchObject({ WEB_PIXEL_URL_COUNT: 0n, HAS_WEB_VISIT_ATTRIBUTION: false });
    expect((await post('remove-domain', { advertiser_id: '4711', url: 'ace.com' })).status).toBe(404);
  });

  test('what is no host can be removed as it is written', async () => {
    await world.load({ ADVERTISER_DOMAIN_MAPPING: [mapped('n/a %'), mapped('co.uk')] });
    expect((await post('remove-domain', { advertiser_id: '4711', url: 'n/a %' })).body.data.deleted).toBe(1);
    expect((await post('remove-domain', { advertiser_id: '4711', url: 'co.uk' })).body.data.deleted).toBe(1);
  });

  test('reassign moves the host, and both counts', async () => {
    await world.load({
      REF_ADVERTISER_CONFIG: [configRow('4711', []), configRow('4712', [])],
      ADVERTISER_DOMAIN_MAPPING: [mapped('https://ace.com/x', '4711', { IS_POI: true }), mapped('b.com')],
      WEBPIXEL_EVENTS: events(3, 'https://ace.com/'),
    });
    const { body } = await post('reassign-domain', { url: 'www.ace.com', from_advertiser_id: '4711', to_advertiser_id: '4712' });
    expect(body.data).toMatchObject({ moved: 1, events_gained_7d: 3, from_domain_count: 1, to_domain_count: 1 });
    expect(await stored()).toEqual(['4711 b.com', '4712 ace.com']);
    expect(await config('4711')).toMatchObject({ WEB_PIXEL_URL_COUNT: 1n, POI_URL_COUNT: 0n, CONFIG_VERSION: 2n });
    expect(await config('4712')).toMatchObject({ WEB_PIXEL_URL_COUNT: 1n, POI_URL_COUNT: 1n, CONFIG_VERSION: 2n });
    const again = { url: 'ace.com', from_advertiser_id: '4711', to_advertiser_id: '4712' };
    expect((await post('reassign-domain', again)).status).toBe(404);
    expect((await post('reassign-domain', { ...again, from_advertiser_id: '4712' })).status).toBe(400);
  });

  test('B8, B9: after any changes and their undoing, counts and flags say what is there', async () => {
    const advertisers = ['4711', '4712', '4713'];
    const spellings = ['ace.com', 'https://www.ace.com/x', 'b.com', 'shop.b.com', 'c.org'];
    const pick = fc.record({
      what: fc.constantFrom('add', 'take', 'remove', 'reassign', 'undo'),
      url: fc.constantFrom(...spellings),
      from: fc.constantFrom(...advertisers),
      to: fc.constantFrom(...advertisers),
      poi: fc.boolean(),
    });
    const done: string[] = [];
    let undone = 0;
    for (const { what, url, from, to, poi } of fc.sample(pick, { numRuns: 40, seed: 11 })) {
      const last = done.at(-1);
      const answer =
        what === 'undo'
          ? last === undefined
            ? null
            : await undo(last)
          : what === 'remove'
            ? await post('remove-domain', { advertiser_id: from, url })
            : what === 'reassign'
              ? await post('reassign-domain', { url, from_advertiser_id: from, to_advertiser_id: to })
              : await post('configure-domain', { advertiser_id: from, url, is_poi: poi, replace: what === 'take' });
      expect(answer?.status ?? 200).toBeLessThan(500);
      if (what === 'undo' && answer?.status === 200) {
        done.pop();
        undone += 1;
      } else if (answer?.status === 200 && answer.body.data.audit_id !== null) done.push(answer.body.data.audit_id);
      const rows = await world.session.all(
        raw('SELECT "Advertiser_id" AS id, "URL" AS url, "IS_POI" AS poi FROM "DERIVED_TABLES"."ADVERTISER_DOMAIN_MAPPING"'),
      );
      const hosts = new Set(rows.map(({ url: text }) => text));
      expect(hosts.size).toBe(rows.length);
      for (const id of advertisers) {
        const row = await config(id);
        const own = rows.filter((each) => each.id === id);
        if (row === undefined) expect(own).toEqual([]);
        else
          expect(row).toMatchObject({
            WEB_PIXEL_URL_COUNT: BigInt(own.length),
            POI_URL_COUNT: BigInt(own.filter((each) => each.poi === true).length),
            HAS_WEB_VISIT_ATTRIBUTION: own.length > 0,
          });
      }
    }
    expect(done.length).toBeGreaterThan(3);
    expect(undone).toBeGreaterThan(3);
  });
});

describe('what is mapped', () => {
  test('is listed with events and problems', async () => {
    await world.load({
      ADVERTISER_DOMAIN_MAPPING: [
        mapped('ace.com'),
        mapped('https://www.ace.com/store'),
        mapped('shop.ace.com', '4712'),
        mapped('b.com'),
        mapped('b.com', '4713'),
        mapped('co.uk'),
        mapped('8.8.8.8'),
        mapped('not a host'),
        mapped('nobody.com', '0'),
      ],
      WEBPIXEL_EVENTS: [...events(3, 'https://ace.com/'), ...events(2, 'https://shop.ace.com/'), ...events(4, 'https://b.com/')],
    });
    const { body } = await get('mapped-urls?agency_id=1480');
    expect(body.total).toBe(9);
    const told = body.data.map(
      ({
        url,
        advertiser_id: id,
        events_7d: found,
        problems,
      }: {
        url: string;
        advertiser_id: string | null;
        events_7d: number;
        problems: { code: string }[];
      }) => [url, id, found, problems.map(({ code }) => code).join()],
    );
    expect(told).toEqual([
      ['8.8.8.8', '4711', 0, 'ip_address'],
      ['ace.com', '4711', 3, 'duplicate,overlap'],
      ['https://www.ace.com/store', '4711', 3, 'path_ignored,duplicate,overlap'],
      ['b.com', '4711', 0, 'conflict'],
      ['b.com', '4713', 0, 'conflict'],
      ['co.uk', '4711', 0, 'public_suffix'],
      ['nobody.com', null, 0, 'no_advertiser'],
      ['not a host', '4711', 0, 'no_host'],
      ['shop.ace.com', '4712', 2, 'overlap'],
    ]);
    expect((await get('mapped-urls?agency_id=1480&advertiser_id=4712')).body.data).toMatchObject([
      { host: 'shop.ace.com', advertiser_name: `O'Brien <b>"x"</b>` },
    ]);
    expect((await get('mapped-urls?agency_id=1480&limit=2&offset=8')).body).toMatchObject({
      count: 1,
      total: 9,
      truncated: false,
    });
    expect(await domainConflicts(await world.context())).toEqual([
      { kind: 'domain', agencyId: '1480', key: 'b.com', advertisers: ['4711', '4713'], affected: 4 },
    ]);
    expect(await domainConflicts(await world.context(['9']))).toEqual([]);
  });
});

describe('what people decide', () => {
  test('an override goes to the advertisers of the domain, and back', async () => {
    await world.load({
      ADVERTISER_DOMAIN_MAPPING: [mapped('shop.ace.com'), mapped('palace.com', '4712')],
      WEBPIXEL_EVENTS: events(3, 'https://shop.ace.com/', { ALL_PARAMETERS: '{"vendor":"shopify"}' }),
    });
    const set = await post('override-platform', { domain: 'ace.com', platform: 'WORDPRESS' });
    expect(set.body.data).toMatchObject({
      domain: 'ace.com',
      platform_override: 'WORDPRESS',
      advertisers: ['4711'],
      state: 'changed',
    });
    expect(await config()).toMatchObject({ WEB_PIXEL_INTEGRATION_TYPE: 'WORDPRESS' });
    expect(await config('4712')).toBeUndefined();
    expect((await post('override-platform', { domain: 'ace.com', platform: 'WORDPRESS' })).body.data).toMatchObject({
      state: 'unchanged',
      audit_id: null,
    });
    await post('override-platform', { domain: 'ace.com', platform: null });
    expect(await config()).toMatchObject({ WEB_PIXEL_INTEGRATION_TYPE: 'SHOPIFY' });
    expect((await get('pixel-preview?agency_id=1480&domain=ace.com')).body.data.detection).toMatchObject({
      rule: 'shopify-events',
      override: null,
    });
  });

  test('A11: is in the audit log, and can be taken back', async () => {
    await world.load({ WEBPIXEL_EVENTS: events(2, 'https://ace.com/') });
    const { body } = await post('ignore-domain', { domain: 'https://shop.ace.com/x', note: `'"><script>` });
    expect(body.data).toMatchObject({ domain: 'ace.com', ignored: true, note: `'"><script>`, state: 'changed' });
    expect(await domainsOf()).toEqual([]);
    await undo(body.data.audit_id);
    expect(await domainsOf()).toEqual(['ace.com']);
  });

  test('P8: instructions have the ids in them, for the platform that is stored', async () => {
    await world.load({ REF_ADVERTISER_CONFIG: [configRow('4711', [], { WEB_PIXEL_INTEGRATION_TYPE: 'SHOPIFY' })] });
    const { body } = await get('pixel-instructions?agency_id=1480&advertiser_id=4711');
    expect(body).toMatchObject({
      warnings: [],
      data: {
        platform: 'SHOPIFY',
        stored_platform: 'SHOPIFY',
        macro: 'AG=1480&ADV=4711',
        collector_url: 'https://pixel.example/collect',
      },
    });
    expect(JSON.stringify(body.data.steps)).toContain('https://pixel.example/collect?AG=1480&ADV=4711');
    expect((await get('pixel-instructions?agency_id=1480&advertiser_id=4711&platform=GTM')).body.data.platform).toBe('GTM');
    expect((await get('pixel-instructions?agency_id=1480&advertiser_id=1')).status).toBe(404);
  });
});

describe('A3: whose it is', () => {
  const READS = [
    'unmapped-webpixels?',
    'pixel-preview?domain=ace.com&',
    'mapped-urls?',
    'pixel-instructions?advertiser_id=4711&',
  ];
  const WRITES: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ['configure-domain', { advertiser_id: '4711', url: 'new.com' }],
    ['configure-domains', { domains: [{ advertiser_id: '4711', url: 'new.com' }] }],
    ['remove-domain', { advertiser_id: '4711', url: 'ace.com' }],
    ['reassign-domain', { url: 'ace.com', from_advertiser_id: '4711', to_advertiser_id: '4712' }],
    ['ignore-domain', { domain: 'ace.com' }],
    ['unignore-domain', { domain: 'ace.com' }],
    ['override-platform', { domain: 'ace.com', platform: 'WIX' }],
  ];

  test('an operator of another agency gets 403 or nothing, one of this agency gets it, and a viewer has no part in it', async () => {
    await world.load({ ADVERTISER_DOMAIN_MAPPING: [mapped('ace.com')], WEBPIXEL_EVENTS: events(3, 'https://other.com/') });
    const other: Caller = { role: 'operator', agencies: ['9'] };
    const own: Caller = { role: 'operator', agencies: ['1480'] };
    for (const path of READS) {
      expect([path, (await get(`${path}agency_id=1480`, other)).status]).toEqual([path, 403]);
      expect([path, (await get(`${path}agency_id=1480`, own)).status]).toEqual([path, 200]);
      expect([path, (await get(`${path}agency_id=1480`, { role: 'viewer', agencies: ['1480'] })).status]).toEqual([path, 403]);
    }
    for (const [path, body] of WRITES) expect([path, (await post(path, body, other)).status]).toEqual([path, 403]);
    expect(await stored()).toEqual(['4711 ace.com']);
    expect((await get('unmapped-webpixels?min_events=1', other)).body).toMatchObject({ data: [], total: 0 });
    expect((await get('unmapped-webpixels?min_events=1', own)).body).toMatchObject({ total: 1 });
    expect((await get('unmapped-webpixels?min_events=1', { role: 'operator', agencies: [] })).body).toMatchObject({
      data: [],
      total: 0,
    });
    for (const [path, body] of WRITES.slice(0, 2)) expect([path, (await post(path, body, own)).status]).toEqual([path, 200]);
  });
});
