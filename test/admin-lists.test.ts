import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCadence } from '../src/config/cadence.ts';
import { cadenceWords } from '../src/config/cadence-words.ts';
import { CONFIG_FIELDS } from '../src/config/config-fields.ts';
import { DEFAULTS } from '../src/config/defaults.ts';
import { destinationEntry } from '../src/config/destination-entry.ts';
import { updateConfigBody } from '../src/shapes/config/advertiser-writes.ts';
import type { ConfigFieldRow, DestinationSchemaRow } from '../src/shapes/config/config-fields.ts';
import { type AdminWorld, adminWorld } from './support/admin-world.ts';
import { configRow } from './support/seed.ts';

/** Lists to choose from, and the scorecard. */

let world: AdminWorld;
beforeAll(async () => {
  world = await adminWorld({
    settings: `
destinations:
  archive: { type: folder, path: ./out }
  ttd:
    type: ttd-api
    mode: advertiser
    advertiserId: adv1
    token: env:TTD_TOKEN
`,
  });
  const domain = (agency: string, advertiser: string, url: string) => ({
    Agency_Id: agency,
    Advertiser_id: advertiser,
    URL: url,
  });
  await world.load({
    REF_AGENCY_ADVERTISER: [
      ...Array.from({ length: 120 }, (_, index) => ({
        AGENCY_ID: String(1000 + index),
        ADVERTISER_ID: '1',
        ADVERTISER_NAME: `Advertiser ${index}`,
        AGENCY_NAME: `Agency ${String(index).padStart(3, '0')}`,
      })),
      { AGENCY_ID: '1000', ADVERTISER_ID: '2', ADVERTISER_NAME: 'Two', AGENCY_NAME: 'AGENCY 000' },
      { AGENCY_ID: '1000', ADVERTISER_ID: '3', ADVERTISER_NAME: 'Three', AGENCY_NAME: 'Agency 000' },
    ],
    REF_ADVERTISER_CONFIG: [
      configRow('1', [{ destination: 'archive' }], {
        AGENCY_ID: '1000',
        SEGMENT_COUNT: 1,
        REPORT_TYPE_IDS: '1',
        UPDATED_AT: '2026-02-03T04:05:06Z',
      }),
      configRow('2', [], { AGENCY_ID: '1000', IMPRESSION_JOIN_STRATEGY: 'ADM_PREFIX' }),
      configRow('3', [], { AGENCY_ID: '1000', CONFIG_STATUS: 'INACTIVE', DELIVERY_ENABLED: false }),
      configRow('9', [], { AGENCY_ID: '3000', IMPRESSION_JOIN_STRATEGY: 'DIRECT_AG', EXPOSURE_SOURCE: 'WEB' }),
    ],
    PIXEL_CAMPAIGN_MAPPING_V2: [
      {
        MAPPING_ID: 1,
        AGENCY_ID: '4000',
        DSP_PLATFORM_TYPE: '21',
        DSP_ADVERTISER_ID: 'D1',
        INSERTION_ORDER_ID: '',
        LINE_ITEM_ID: '',
        QUORUM_ADVERTISER_ID: '7',
      },
    ],
    ADVERTISER_DOMAIN_MAPPING: [domain('1000', '1', 'one.com'), domain('1000', '2', 'one.com')],
    SEGMENT_MD5_MAPPING: [
      { AGENCY_ID: '1000', ADVERTISER_ID: '1', SEGMENT_MD5: 'a'.repeat(32), SEGMENT_UNIQUE_ID: 'S-1' },
      { AGENCY_ID: '1000', ADVERTISER_ID: '1', SEGMENT_MD5: 'b'.repeat(32), SEGMENT_UNIQUE_ID: 'S-2' },
    ],
    WEBPIXEL_EVENTS: [
      ...Array.from({ length: 12 }, (_, index) => ({
        UUID: `e${index}`,
        AGENCY_ID: '5000',
        EVENT_TIMESTAMP: '2026-02-15T10:00:00Z',
        PAGE_URL: 'https://shop.new.com/',
        EVENT_TYPE: 'site_visit',
      })),
      { UUID: 'old', AGENCY_ID: '5001', EVENT_TIMESTAMP: '2025-02-15T10:00:00Z', PAGE_URL: 'https://old.com/' },
      { UUID: 'far', AGENCY_ID: '5002', EVENT_TIMESTAMP: '2286-02-15T10:00:00Z', PAGE_URL: 'https://far.com/' },
      { UUID: 'none', AGENCY_ID: '', EVENT_TIMESTAMP: '2026-02-15T10:00:00Z', PAGE_URL: 'https://none.com/' },
    ].map((event) => ({ ...event, CLIENT_IP: null })),
    AD_IMPRESSION_LOG_V2: Array.from({ length: 110 }, () => ({
      AGENCY_ID: '1000',
      DSP_PLATFORM_TYPE: '21',
      DSP_ADVERTISER_ID: 'D2',
      INSERTION_ORDER_ID: 'IO1',
      LINE_ITEM_ID: 'LI1',
      USER_IP_FROM_HTTP_REQUEST: null,
      DEVICE_ID_RAW: null,
      AUCTION_TIMESTAMP: '2026-02-15T10:00:00Z',
    })),
    REF_REPORT_TYPE: [
      { REPORT_TYPE_ID: '2', DISPLAY_NAME: 'Ad to web', IS_ACTIVE: true, SORT_ORDER: 2 },
      { REPORT_TYPE_ID: '1', DISPLAY_NAME: 'Ad to store', IS_ACTIVE: true, SORT_ORDER: 1 },
      { REPORT_TYPE_ID: '3', DISPLAY_NAME: 'Gone', IS_ACTIVE: false, SORT_ORDER: 0 },
    ],
  });
});
afterAll(() => world[Symbol.asyncDispose]());

const get = async (path: string, as = {}) => (await world.call('GET', `/api/config/${path}`, undefined, as)).body;

describe('agencies', () => {
  test('B13: are all that any table knows, also those that only have pixels, and none is cut unseen', async () => {
    const { data, total, truncated } = await get('agencies');
    expect([total, truncated]).toEqual([123, false]);
    const known = new Map(data.map((row: { AGENCY_ID: string }) => [row.AGENCY_ID, row]));
    expect(known.get('3000')).toMatchObject({ KNOWN_FROM: ['config'], AGENCY_NAME: null });
    expect(known.get('4000')).toMatchObject({ KNOWN_FROM: ['campaigns'], ADVERTISER_COUNT: 1, WITH_CAMPAIGNS: 1 });
    expect(known.get('5000')).toMatchObject({ KNOWN_FROM: ['pixel_events'], ADVERTISER_COUNT: 0 });
    for (const none of ['5001', '5002', '']) expect(known.has(none)).toBe(false);
    expect(await get('agencies?limit=100&offset=100')).toMatchObject({ count: 23, total: 123, truncated: false });
  });

  test('B14: have one row and one name each, with what their advertisers have', async () => {
    const [first] = (await get('agencies?limit=1')).data;
    expect(first).toEqual({
      AGENCY_ID: '1000',
      AGENCY_NAME: 'Agency 000',
      ADVERTISER_COUNT: 3,
      ACTIVE_COUNT: 2,
      WITH_POI: 1,
      WITH_WEB_PIXEL: 2,
      WITH_CAMPAIGNS: 0,
      WITH_REPORT_TYPE: 1,
      WITH_DELIVERY: 1,
      REPORTING_READY: true,
      STRATEGIES: ['ADM_PREFIX', 'PCM_4KEY'],
      KNOWN_FROM: ['names', 'config', 'domains', 'places'],
    });
  });

  test('S1: with something to report are those with an active advertiser that has it, DIRECT_AG ones too', async () => {
    const { data, total } = await get('agencies?scope=reporting');
    expect([data.map((row: { AGENCY_ID: string }) => row.AGENCY_ID), total]).toEqual([['1000', '3000'], 2]);
  });

  test('A3: are those of the caller', async () => {
    const { data } = await get('agencies', { role: 'operator', agencies: ['1000', '5000', '9999'] });
    expect(data.map((row: { AGENCY_ID: string }) => row.AGENCY_ID)).toEqual(['1000', '5000']);
    expect((await get('agencies', { role: 'operator', agencies: [] })).total).toBe(0);
  });
});

describe('the scorecard', () => {
  test('counts what each list that it names has', async () => {
    const { data, warnings } = await get('scorecard');
    expect(warnings).toEqual([]);
    expect(data).toMatchObject({
      TOTAL_ADVERTISERS: { value: 4 },
      ACTIVE_CONFIGS: { value: 3 },
      AGENCY_COUNT: { value: 123 },
      STORE_VISIT_CONFIGURED: { value: 1, percent: 33.3 },
      WEB_VISIT_CONFIGURED: { value: 2, percent: 66.7 },
      IMPRESSION_CONFIGURED: { value: 1, percent: 33.3 },
      DELIVERY_CONFIGURED: { value: 1, percent: 33.3 },
      POI_ASSIGNED: { value: 2, list: null },
      UNMAPPED_IMPRESSIONS: { value: 1 },
      UNMAPPED_DOMAINS: { value: 1 },
      CONFLICTS: { value: 1 },
      LAST_CONFIG_UPDATE: '2026-02-03T04:05:06.000Z',
    });
    for (const [name, figure] of Object.entries<{ value: number; list: string | null }>(data).filter(([, one]) => one?.list)) {
      const { total } = (await world.call('GET', String(figure.list))).body;
      expect([name, total]).toEqual([name, figure.value]);
    }
  });

  test('A3: of one agency, and of those of the caller, is theirs alone', async () => {
    const own = (await get('scorecard?agency_id=3000')).data;
    expect([own.TOTAL_ADVERTISERS.value, own.UNMAPPED_IMPRESSIONS.value, own.AGENCY_COUNT.value]).toEqual([1, 0, 1]);
    expect(own.STORE_VISIT_CONFIGURED.list).toContain('agency_id=3000');
    const scoped = (await get('scorecard', { role: 'operator', agencies: ['3000'] })).data;
    expect(scoped).toMatchObject({ TOTAL_ADVERTISERS: { value: 1 }, CONFLICTS: { value: 0 }, POI_ASSIGNED: { value: 0 } });
    const status = async (path: string) =>
      (await world.call('GET', `/api/config/${path}`, undefined, { role: 'operator', agencies: ['1'] })).status;
    expect(await status('scorecard?agency_id=3000')).toBe(403);
  });
});

test('report types are those in use, in their order', async () => {
  const { data } = await get('report-types');
  expect(data.map((row: { DISPLAY_NAME: string }) => row.DISPLAY_NAME)).toEqual(['Ad to store', 'Ad to web']);
});

describe('the fields of a configuration', () => {
  test('S3, S5: are all that can be changed, each word explained, with the defaults of the one place', async () => {
    const data: ConfigFieldRow[] = (await get('config-fields')).data;
    const own = ['agency_id', 'advertiser_id', 'expected_version', 'dry_run', 'reason'];
    const parameters = Object.keys(updateConfigBody.shape).filter((name) => !own.includes(name));
    expect(data.map(({ FIELD }) => FIELD).toSorted()).toEqual(parameters.toSorted());
    expect(data).toHaveLength(CONFIG_FIELDS.length);
    for (const { COLUMN, VALUES, MEANING } of data)
      for (const { value, meaning } of VALUES ?? []) expect([COLUMN, value, meaning]).not.toEqual([COLUMN, value, MEANING]);
    const defaults = Object.fromEntries(data.map(({ FIELD, DEFAULT }) => [FIELD, DEFAULT]));
    expect(defaults).toMatchObject({
      attribution_window_days: DEFAULTS.attributionWindowDays,
      match_strategy: DEFAULTS.matchStrategy,
      impression_join_strategy: DEFAULTS.joinStrategy,
      delivery_cadence: DEFAULTS.cadence,
      delivery_lookback_days: DEFAULTS.lookbackDays,
      delivery_enabled: false,
    });
    expect(data.find(({ FIELD }) => FIELD === 'match_strategy')?.INFORMATIONAL).toContain('household');
  });

  test('say of a range what is refused outside of it', async () => {
    await world.load({ REF_ADVERTISER_CONFIG: [configRow('8', [], { AGENCY_ID: '8000' })] });
    const data: ConfigFieldRow[] = (await get('config-fields')).data;
    for (const { FIELD, KIND, MINIMUM, MAXIMUM } of data.filter((field) => field.MAXIMUM !== null)) {
      const status = async (value: unknown) =>
        (
          await world.call('POST', '/api/config/update-config', {
            agency_id: '8000',
            advertiser_id: '8',
            [FIELD]: value,
            dry_run: true,
          })
        ).status;
      const [most, over] =
        KIND === 'text' ? ['x'.repeat(Number(MAXIMUM)), 'x'.repeat(Number(MAXIMUM) + 1)] : [MAXIMUM, Number(MAXIMUM) + 1];
      expect([FIELD, await status(most), await status(over)]).toEqual([FIELD, 200, 400]);
      if (MINIMUM !== null) expect([FIELD, await status(MINIMUM), await status(MINIMUM - 1)]).toEqual([FIELD, 200, 400]);
    }
  });
});

describe('destinations to choose from', () => {
  test('say what each takes, in a schema of an entry for it', async () => {
    const data: DestinationSchemaRow[] = (await get('destination-schemas')).data;
    expect(data.map(({ DESTINATION, TYPE }) => [DESTINATION, TYPE])).toEqual([
      ['archive', 'folder'],
      ['ttd', 'ttd-api'],
    ]);
    const [archive, ttd] = data;
    expect(ttd).toMatchObject({ MAX_TTL_DAYS: 180, ALLOW_IP: false, REFRESH: ['full', 'incremental'] });
    const properties = (row: DestinationSchemaRow | undefined) =>
      row?.SCHEMA.properties as Record<string, Record<string, unknown>>;
    expect(properties(ttd).ttlDays).toMatchObject({ maximum: 180, description: expect.any(String) });
    expect(properties(ttd).destination).toMatchObject({ const: 'ttd' });
    expect(properties(archive).ttlDays).toBeUndefined();
    expect(properties(ttd).identifiers).toMatchObject({ items: { enum: expect.not.arrayContaining(['IP']) } });
    for (const name of Object.keys(properties(ttd))) expect(destinationEntry.shape).toHaveProperty(name);
  });
});

describe('a cadence', () => {
  const preview = async (cadence: string, next = 3) =>
    (await get(`cadence-preview?cadence=${encodeURIComponent(cadence)}&next=${next}`)).data;

  test('is told in words, with its next times here and there', async () => {
    expect(await preview(' weekly ')).toEqual({
      valid: true,
      cadence: 'WEEKLY',
      words: 'Every Monday at 06:00 UTC',
      zone: 'UTC',
      next: [
        { slot: '2026-W09', due_at: '2026-02-23T06:00:00.000Z', due_local: '2026-02-23T06:00:00+00:00' },
        { slot: '2026-W10', due_at: '2026-03-02T06:00:00.000Z', due_local: '2026-03-02T06:00:00+00:00' },
        { slot: '2026-W11', due_at: '2026-03-09T06:00:00.000Z', due_local: '2026-03-09T06:00:00+00:00' },
      ],
      problem: null,
    });
  });

  test('keeps its hour through a change of the clocks', async () => {
    const { next, words } = await preview('CRON 30 6 * * 0 TZ=America/New_York', 4);
    expect(words).toBe('Every Sunday at 06:30, America/New_York time');
    expect(next.map(({ due_local: local }: { due_local: string }) => local)).toEqual([
      '2026-02-22T06:30:00-05:00',
      '2026-03-01T06:30:00-05:00',
      '2026-03-08T06:30:00-04:00',
      '2026-03-15T06:30:00-04:00',
    ]);
  });

  test('that cannot be read is told as a problem, not as a failure', async () => {
    expect(await preview('WEEKLI')).toMatchObject({
      valid: false,
      cadence: null,
      next: [],
      problem: { hint: 'Did you mean WEEKLY?' },
    });
    expect(await preview('CRON 0 6 * * 1')).toMatchObject({
      valid: false,
      problem: { message: expect.stringContaining('time zone') },
    });
  });

  test('has words for what people write, and its own fields for the rest', () => {
    const words = (text: string) => cadenceWords(parseCadence(text), { hourUtc: 5, weekday: 'TUESDAY', monthDay: 31 });
    expect(words('DAILY')).toBe('Every day at 05:00 UTC');
    expect(words('MONTHLY')).toBe('On the 31st of every month at 05:00 UTC, or on its last day where it is shorter');
    expect(words('CRON 0 6,18 * * MON-FRI TZ=UTC')).toBe(
      'Every Monday, Tuesday, Wednesday, Thursday and Friday at 06:00 and 18:00, UTC time',
    );
    expect(words('CRON 5 0 2 * * TZ=UTC')).toBe('On the 2nd of every month at 00:05, UTC time');
    expect(words('CRON */5 * * * * TZ=UTC')).toBe('By the cron fields */5 * * * *, UTC time');
    expect(words('CRON 0 6 * * 1#2 TZ=UTC')).toBe('By the cron fields 0 6 * * 1#2, UTC time');
  });
});
