import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { updateConfig } from '../src/admin/advertisers/update-config.ts';
import { raw } from '../src/lib/sql.ts';
import { type AdminWorld, adminWorld } from './support/admin-world.ts';
import { configRow } from './support/seed.ts';

/** Making advertisers and changing their configuration. */

let world: AdminWorld;
beforeEach(async () => {
  world = await adminWorld();
  await world.load({
    REF_AGENCY_ADVERTISER: [
      { AGENCY_ID: '1480', ADVERTISER_ID: '1', ADVERTISER_NAME: 'C12 - Ace Hardware', AGENCY_NAME: 'Ridge' },
      { AGENCY_ID: '1480', ADVERTISER_ID: '2', ADVERTISER_NAME: '100% Pure_Joy', AGENCY_NAME: 'Ridge' },
    ],
    REF_ADVERTISER_CONFIG: [
      configRow('1', [{ destination: 'archive' }], { CONFIG_VERSION: 4, REPORT_TYPE_IDS: '99', CAMPAIGN_MAPPING_COUNT: 2 }),
    ],
    REF_REPORT_TYPE: [{ REPORT_TYPE_ID: '1', DISPLAY_NAME: 'Ad to store', IS_ACTIVE: true, SORT_ORDER: 1 }],
    REF_DSP_PLATFORM: [{ PLATFORM_TYPE_ID: '21', PLATFORM_NAME: 'FreeWheel', IS_ACTIVE: true }],
  });
});
afterEach(() => world[Symbol.asyncDispose]());

const create = (body: Record<string, unknown>, as = {}) =>
  world.call('POST', '/api/config/create-advertiser', { agency_id: '1480', ...body }, as);
const update = (body: Record<string, unknown>, as = {}) =>
  world.call('POST', '/api/config/update-config', { agency_id: '1480', advertiser_id: '1', ...body }, as);
const rowNow = async (id: string) =>
  (await world.session.all(raw(`SELECT * FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG" WHERE "ADVERTISER_ID" = '${id}'`)))[0];
const fieldsOf = (answer: { readonly body: { readonly error: { readonly fields: readonly { readonly path: string }[] } } }) =>
  answer.body.error.fields.map(({ path }) => path);

describe('a new advertiser', () => {
  test('S5: is active, with the defaults, and found at once', async () => {
    const { status, body } = await create({ advertiser_name: '  Bolts & Nuts ' });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      config: {
        ADVERTISER_NAME: 'Bolts & Nuts',
        CONFIG_STATUS: 'ACTIVE',
        ATTRIBUTION_WINDOW_DAYS: 30,
        MATCH_STRATEGY: 'HOUSEHOLD',
        DELIVERY_ENABLED: false,
        DELIVERY_CADENCE: 'WEEKLY',
        DELIVERY_LOOKBACK_DAYS: 30,
        CONFIG_VERSION: 1,
      },
    });
    const found = await world.call('GET', '/api/config/search-advertisers?q=bolts');
    expect(found.body.data).toMatchObject([{ ADVERTISER_ID: body.data.advertiser_id, ADVERTISER_NAME: 'Bolts & Nuts' }]);
  });

  test('S2: has the strategy that all active ones of the agency share, and the default when they differ', async () => {
    await world.load({ REF_ADVERTISER_CONFIG: [configRow('9', [], { AGENCY_ID: '5', IMPRESSION_JOIN_STRATEGY: 'ADM_PREFIX' })] });
    const shared = (await create({ agency_id: '5', advertiser_name: 'One' })).body.data;
    expect(shared.config.IMPRESSION_JOIN_STRATEGY).toBe('ADM_PREFIX');
    expect(shared.strategy_reason).toContain('all active advertisers of the agency');
    await update({ agency_id: '5', advertiser_id: '9', impression_join_strategy: 'DIRECT_AG' });
    const { data, warnings } = (await create({ agency_id: '5', advertiser_name: 'Two' })).body;
    expect(data.config.IMPRESSION_JOIN_STRATEGY).toBe('PCM_4KEY');
    expect(warnings.join(' ')).toContain('DIRECT_AG (9)');
    expect(warnings.join(' ')).toContain('several strategies');
  });

  test('B5: has an id that nobody has, however many are made at once', async () => {
    await world.load({
      SEGMENT_MD5_MAPPING: [{ AGENCY_ID: '77', ADVERTISER_ID: '3.0', SEGMENT_MD5: 'a'.repeat(32) }],
      ADVERTISER_DOMAIN_MAPPING: [{ Agency_Id: '77', Advertiser_id: '4', URL: 'x.com' }],
    });
    const made = await Promise.all(Array.from({ length: 8 }, (_, index) => create({ advertiser_name: `Made ${index}` })));
    const ids = made.map(({ body }) => body.data.advertiser_id);
    expect(new Set([...ids, '1', '2', '3', '4']).size).toBe(12);
    for (const id of ids) expect(id).toMatch(/^[1-9][0-9]*$/);
  });

  test('B11: is refused where the agency has that very name, in whatever letter case, and only then', async () => {
    for (const twin of ['ace hardware', 'C12 - ACE Hardware', '100% pure_joy']) {
      const { status, body } = await create({ advertiser_name: twin });
      expect([status, body.error.code, body.error.reason]).toEqual([409, 'CONFLICT', 'advertiser_exists']);
      expect(body.error.message).toMatch(/: [12]\.$/);
    }
    for (const other of ['%', '100_ Pure%Joy', '100x Pure_Joy', 'Ace Hardwar_'])
      expect((await create({ advertiser_name: other })).status).toBe(200);
    expect((await create({ agency_id: '5', advertiser_name: 'Ace Hardware' })).status).toBe(200);
    expect((await create({ advertiser_name: 'ace hardwar_' })).status).toBe(409);
  });

  test('two of one name at once are one', async () => {
    const both = await Promise.all([create({ advertiser_name: 'Twin' }), create({ advertiser_name: 'TWIN' })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  test('B12, B23: has a name of 1 to 200 characters that is a name; tags and quotes are characters', async () => {
    for (const bad of ['', '   ', 'x'.repeat(201), 'a\u0000b', 'a\nb', 'null', '0', 'Unknown'])
      expect([bad, (await create({ advertiser_name: bad })).status]).toEqual([bad, 400]);
    expect((await create({ advertiser_name: 'A', id: '7' })).status).toBe(400);
    const odd = `<script>alert("1")</script> '; DROP TABLE x; --`;
    const { body } = await create({ advertiser_name: odd });
    expect((await rowNow(body.data.advertiser_id))?.ADVERTISER_DISPLAY_NAME).toBe(odd);
  });

  test('that is taken back is inactive, and can be had again', async () => {
    const { data } = (await create({ advertiser_name: 'Brief' })).body;
    const undone = await world.call('POST', '/api/config/undo', {
      audit_id: data.audit_id,
      agency_id: '1480',
      reason: 'a mistake',
    });
    expect(undone.status).toBe(200);
    expect(await rowNow(data.advertiser_id)).toMatchObject({ CONFIG_STATUS: 'INACTIVE', ADVERTISER_DISPLAY_NAME: 'Brief' });
    const again = await create({ advertiser_name: 'brief' });
    expect([again.status, again.body.error.hint]).toEqual([409, expect.stringContaining('ACTIVE again')]);
  });

  test('A3: of an agency that is not theirs is refused, and for viewers altogether', async () => {
    expect((await create({ advertiser_name: 'X' }, { role: 'operator', agencies: ['5'] })).status).toBe(403);
    expect((await create({ advertiser_name: 'X' }, { role: 'viewer' })).status).toBe(403);
    expect((await world.call('GET', '/api/config/search-advertisers?q=1480')).body.total).toBe(2);
  });
});

describe('a change of a configuration', () => {
  test('tells what was and what is, raises the version and can be taken back', async () => {
    const { status, body } = await update({
      attribution_window_days: 14,
      delivery_lookback_days: null,
      platform_type_ids: ['21'],
      delivery_cadence: 'daily',
      config_status: 'ACTIVE',
      reason: 'asked by mail',
    });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      fields_updated: ['attribution_window_days', 'platform_type_ids', 'delivery_cadence', 'delivery_lookback_days'],
      before: { attribution_window_days: 30, delivery_lookback_days: 30, platform_type_ids: [], delivery_cadence: 'WEEKLY' },
      after: { attribution_window_days: 14, delivery_lookback_days: null, platform_type_ids: ['21'], delivery_cadence: 'DAILY' },
      config: { CONFIG_VERSION: 5, ADVERTISER_NAME: 'Ace Hardware', PLATFORM_TYPE_IDS: ['21'] },
      is_dry_run: false,
    });
    expect(await rowNow('1')).toMatchObject({ PLATFORM_COUNT: 1n, ATTRIBUTION_WINDOW_DAYS: 14n });
    await world.call('POST', '/api/config/undo', { audit_id: body.data.audit_id, agency_id: '1480', reason: 'a mistake' });
    expect(await rowNow('1')).toMatchObject({ ATTRIBUTION_WINDOW_DAYS: null, DELIVERY_LOOKBACK_DAYS: 30n, CONFIG_VERSION: 6n });
  });

  test('that is tried out changes nothing', async () => {
    const before = await rowNow('1');
    const { body } = await update({ advertiser_display_name: 'Ace', dry_run: true, expected_version: 4 });
    expect(body.data).toMatchObject({
      fields_updated: ['advertiser_display_name'],
      before: { advertiser_display_name: null },
      after: { advertiser_display_name: 'Ace' },
      config: { ADVERTISER_NAME: 'Ace', CONFIG_VERSION: 5 },
      is_dry_run: true,
      audit_id: null,
    });
    expect(await rowNow('1')).toEqual(before);
    expect((await update({ delivery_lookback_days: 999, dry_run: true })).status).toBe(400);
    expect((await world.call('GET', '/api/config/search-advertisers?q=ace')).body.data[0].ADVERTISER_NAME).toBe('Ace Hardware');
  });

  test('that is as it was already writes nothing', async () => {
    const { body } = await update({ config_status: 'ACTIVE', delivery_enabled: true });
    expect(body.data).toMatchObject({ fields_updated: [], before: {}, after: {}, audit_id: null, config: { CONFIG_VERSION: 4 } });
  });

  test('B7: of an advertiser without a row makes it', async () => {
    const { body } = await update({ advertiser_id: '2', delivery_lookback_days: 60 });
    expect(body.data.config).toMatchObject({ CONFIG_STATUS: 'ACTIVE', DELIVERY_LOOKBACK_DAYS: 60, CONFIG_VERSION: 1 });
    expect(body.data.fields_updated).toEqual(['delivery_lookback_days']);
    expect((await update({ advertiser_id: '4711', delivery_lookback_days: 60 })).status).toBe(404);
    expect((await update({ agency_id: '5', delivery_lookback_days: 60 })).status).toBe(404);
  });

  test('B12: is refused with every mistake at once, by its path', async () => {
    const answer = await update({
      attribution_window_days: 91,
      match_strategy: 'MAID_PRIORITY',
      exposure_source: 'TV',
      store_visit_source: 'NONE',
      config_status: 'NOT_CONFIGURED',
      report_type_ids: '99,1,7',
      platform_type_ids: ['4'],
      delivery_cadence: 'CRON 61 * * * * TZ=UTC',
      delivery_lookback_days: 0,
      has_impression_tracking: false,
      delivery_destinations: [{ destination: 'archive', color: 'red' }],
    });
    expect([answer.status, answer.body.error.reason]).toEqual([400, 'config_invalid']);
    expect(fieldsOf(answer).toSorted()).toEqual([
      'attribution_window_days',
      'config_status',
      'delivery_cadence',
      'delivery_destinations[0].color',
      'delivery_lookback_days',
      'exposure_source',
      'has_impression_tracking',
      'match_strategy',
      'platform_type_ids',
      'report_type_ids',
      'store_visit_source',
    ]);
    expect(await rowNow('1')).toMatchObject({ CONFIG_VERSION: 4n, ATTRIBUTION_WINDOW_DAYS: null });
  });

  test('is refused where it names what the program keeps, what is unknown, or nothing', async () => {
    expect((await update({ campaign_mapping_count: 5 })).status).toBe(400);
    expect((await update({ config_version: 5 })).status).toBe(400);
    expect((await update({ colour: 'red' })).status).toBe(400);
    const empty = await update({ reason: 'none' });
    expect([empty.status, empty.body.error.reason]).toEqual([400, 'update_empty']);
  });

  test('of destinations is held against aquarius.yaml', async () => {
    const refused = async (entry: Record<string, unknown>) => fieldsOf(await update({ delivery_destinations: [entry] }));
    expect(await refused({ destination: 'archiv' })).toEqual(['delivery_destinations[0].destination']);
    expect(await refused({ destination: 'archive', identifiers: ['IP'] })).toEqual(['delivery_destinations[0].identifiers[0]']);
    expect(await refused({ destination: 'archive', insertionOrderIds: [2 ** 60] })).toEqual([
      'delivery_destinations[0].insertionOrderIds[0]',
    ]);
    const { data } = (
      await update({
        delivery_destinations: [
          { destination: 'archive', segmentId: 'a' },
          { destination: 'archive', segmentId: 'b', enabled: false },
        ],
      })
    ).body;
    expect(data.config.DELIVERY_DESTINATIONS).toHaveLength(2);
    expect(data.before.delivery_destinations).toEqual([{ destination: 'archive' }]);
  });

  test('leaves ids that were there already alone', async () => {
    const { body } = await update({ report_type_ids: ['1', '99'] });
    expect(body.data.after).toEqual({ report_type_ids: ['1', '99'] });
    expect(fieldsOf(await update({ report_type_ids: '1,98' }))).toEqual(['report_type_ids']);
  });

  test('S9: of a version that is not the newest is refused', async () => {
    expect((await update({ delivery_lookback_days: 60, expected_version: 4 })).status).toBe(200);
    const late = await update({ delivery_lookback_days: 90, expected_version: 4 });
    expect([late.status, late.body.error.code, late.body.error.reason]).toEqual([409, 'CONFLICT', 'config_version_stale']);
    expect(await rowNow('1')).toMatchObject({ DELIVERY_LOOKBACK_DAYS: 60n });
  });

  test('S6: that has no effect, or not the one that was meant, is told', async () => {
    const { warnings } = (await update({ match_strategy: 'DEVICE', delivery_destinations: [], config_status: 'PENDING' })).body;
    expect(warnings.join(' ')).toMatch(/PENDING.*no destination.*informational/);
  });

  test('A3: by an operator of another agency is refused', async () => {
    const other = { role: 'operator', agencies: ['5'] } as const;
    expect((await update({ delivery_lookback_days: 60 }, other)).status).toBe(403);
    await expect(
      updateConfig(await world.context(['5']), {
        agency_id: '1480',
        advertiser_id: '1',
        delivery_lookback_days: 60,
        dry_run: false,
      }),
    ).rejects.toMatchObject({ code: 'agency_forbidden' });
    expect(await rowNow('1')).toMatchObject({ CONFIG_VERSION: 4n });
  });

  test('with an idempotency key is made once', async () => {
    const as = { headers: { 'idempotency-key': 'k1' } };
    const [first, again] = [await create({ advertiser_name: 'Once' }, as), await create({ advertiser_name: 'Once' }, as)];
    expect([again.status, again.body]).toEqual([200, first.body]);
  });
});
