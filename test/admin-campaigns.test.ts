import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { undoChange } from '../src/admin/undo-change.ts';
import { raw } from '../src/lib/sql.ts';
import { refreshProduct } from '../src/reach/refresh.ts';
import { summaryProduct } from '../src/reach/summary-product.ts';
import { type AdminWorld, adminWorld, type Caller } from './support/admin-world.ts';
import { configRow } from './support/seed.ts';

/** Campaign mappings through the API: what is listed, what a change does, and who may do it. */

let world: AdminWorld;
beforeEach(async () => {
  world = await adminWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const OTHERS: Caller = { role: 'operator', agencies: ['9'] };

const advertiser = (id: string, name = `Advertiser ${id}`, agency = '1480') => ({
  AGENCY_ID: agency,
  ADVERTISER_ID: id,
  ADVERTISER_NAME: name,
  AGENCY_NAME: `Agency ${agency}`,
});
const platform = (id: string, name: string, active = true) => ({ PLATFORM_TYPE_ID: id, PLATFORM_NAME: name, IS_ACTIVE: active });
const mapping = (
  id: number | null,
  advertiserId: string | null,
  keys: Partial<Record<'pt' | 'dsp' | 'io' | 'li', string>> = {},
) => ({
  MAPPING_ID: id,
  AGENCY_ID: '1480',
  DSP_PLATFORM_TYPE: keys.pt ?? '21',
  DSP_ADVERTISER_ID: keys.dsp ?? 'D1',
  INSERTION_ORDER_ID: keys.io ?? null,
  LINE_ITEM_ID: keys.li ?? null,
  QUORUM_ADVERTISER_ID: advertiserId,
  DATA_SOURCE: 'FEED',
});
/** So many impressions of a campaign at noon of a day. */
const impressions = (
  count: number,
  keys: {
    readonly pt?: string;
    readonly dsp?: string;
    readonly io?: string;
    readonly li?: string;
    readonly agency?: string;
    readonly day?: string;
    readonly name?: string;
  },
) =>
  Array.from({ length: count }, () => ({
    AGENCY_ID: keys.agency ?? '1480',
    DSP_PLATFORM_TYPE: keys.pt ?? '21',
    DSP_ADVERTISER_ID: keys.dsp ?? 'D1',
    DSP_ADVERTISER_NAME: keys.name ?? null,
    INSERTION_ORDER_ID: keys.io ?? '0',
    LINE_ITEM_ID: keys.li ?? null,
    USER_IP_FROM_HTTP_REQUEST: null,
    DEVICE_ID_RAW: null,
    AUCTION_TIMESTAMP: `${keys.day ?? '2026-02-10'}T11:00:00Z`,
    INGESTION_TIMESTAMP: `${keys.day ?? '2026-02-10'}T12:00:00Z`,
  }));

const map = (body: Record<string, unknown>, as?: Caller) =>
  world.call(
    'POST',
    '/api/config/map-campaign',
    { agency_id: '1480', platform_type: '21', dsp_advertiser_id: 'D1', quorum_advertiser_id: '4711', ...body },
    as,
  );
const get = (path: string, as?: Caller) => world.call('GET', `/api/config/${path}`, undefined, as);
const mappingsNow = () => world.session.all(raw('SELECT * FROM "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" ORDER BY 1, 6'));
const configOf = async (id: string) =>
  (await world.session.all(raw(`SELECT * FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG" WHERE "ADVERTISER_ID" = '${id}'`)))[0];

async function seedAgency(more: Parameters<AdminWorld['load']>[0] = {}) {
  await world.load({
    REF_AGENCY_ADVERTISER: [advertiser('4711', 'AB12 - Acme'), advertiser('4712', 'Bolt'), advertiser('77', 'Else', '9')],
    REF_DSP_PLATFORM: [platform('21', 'FreeWheel'), platform('6', 'The Trade Desk'), platform('8', 'Old', false)],
    REF_ADVERTISER_CONFIG: [configRow('4711', []), configRow('4712', [])],
    ...more,
  });
}

describe('mapping a campaign', () => {
  test('gives it a number, and says what the advertiser has gained and has now', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping(5, '4711', { dsp: 'D0' })],
      AD_IMPRESSION_LOG_V2: [
        ...impressions(3, { dsp: 'D0' }),
        ...impressions(4, { io: 'I1' }),
        ...impressions(2, { io: 'I2' }),
        // Before the 30 days, and after now.
        ...impressions(1, { io: 'I1', day: '2026-01-17' }),
        ...impressions(1, { io: 'I1', day: '2286-01-01' }),
      ],
    });
    const { status, body } = await map({ insertion_order_id: 'I1', campaign_name: 'Spring' });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      mapping_id: '1',
      state: 'created',
      replaced: [],
      mapping_state: 'PARTIAL',
      impressions_gained: 4,
      advertiser: {
        advertiser_id: '4711',
        advertiser_name: 'Acme',
        strategy: 'PCM_4KEY',
        campaign_mapping_count: 2,
        impressions_30d: 7,
        impressions_gained: 4,
        config_version: 2,
      },
    });
    expect((await mappingsNow())[0]).toMatchObject({
      MAPPING_ID: 1n,
      DSP_PLATFORM_TYPE: '21',
      INSERTION_ORDER_ID: 'I1',
      LINE_ITEM_ID: null,
      DATA_SOURCE: 'ADMIN_CONFIG',
      CAMPAIGN_NAME_MANUAL: 'Spring',
      CREATED_AT: new Date('2026-02-16T12:00:00Z'),
    });
    expect(await configOf('4711')).toMatchObject({ CAMPAIGN_MAPPING_COUNT: 2n, HAS_IMPRESSION_TRACKING: true });
  });

  test('B7: of an advertiser without configuration makes it one', async () => {
    await seedAgency({ REF_ADVERTISER_CONFIG: [] });
    const { body } = await map({});
    expect(body.data.advertiser).toMatchObject({ strategy: 'PCM_4KEY', config_version: 1, campaign_mapping_count: 1 });
    expect(await configOf('4711')).toMatchObject({ CONFIG_STATUS: 'ACTIVE', HAS_IMPRESSION_TRACKING: true });
  });

  test('B6: that is there already changes nothing, however its keys are written', async () => {
    await seedAgency({ PIXEL_CAMPAIGN_MAPPING_V2: [mapping(5, '4711', { pt: ' 021.0', io: 'UNKNOWN' })] });
    const { status, body } = await map({ platform_type: 21 });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ state: 'unchanged', mapping_id: '5', audit_id: null, impressions_gained: 0 });
    expect(await mappingsNow()).toHaveLength(1);
  });

  test('B6: that another advertiser has is refused with its name, and taken from it when that is asked for', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping(5, '4712')],
      AD_IMPRESSION_LOG_V2: impressions(6, {}),
    });
    const refused = await map({});
    expect(refused.status).toBe(409);
    expect(refused.body.error).toMatchObject({ code: 'CONFLICT', reason: 'mapping_conflict' });
    expect(refused.body.error.message).toContain('Bolt (4712)');
    expect(await mappingsNow()).toHaveLength(1);

    const { body } = await map({ replace: true });
    expect(body.data).toMatchObject({ state: 'replaced', replaced: ['4712'], mapping_id: '5', impressions_gained: 6 });
    expect(await mappingsNow()).toMatchObject([{ MAPPING_ID: 5n, QUORUM_ADVERTISER_ID: '4711', DATA_SOURCE: 'ADMIN_CONFIG' }]);
    expect(await configOf('4712')).toMatchObject({ CAMPAIGN_MAPPING_COUNT: 0n, HAS_IMPRESSION_TRACKING: false });
    expect(await configOf('4711')).toMatchObject({ CAMPAIGN_MAPPING_COUNT: 1n, HAS_IMPRESSION_TRACKING: true });

    await undoChange(await world.context(), body.data.audit_id);
    expect(await mappingsNow()).toMatchObject([{ MAPPING_ID: 5n, QUORUM_ADVERTISER_ID: '4712', DATA_SOURCE: 'FEED' }]);
    expect(await configOf('4712')).toMatchObject({ CAMPAIGN_MAPPING_COUNT: 1n, HAS_IMPRESSION_TRACKING: true });
    expect(await configOf('4711')).toMatchObject({ CAMPAIGN_MAPPING_COUNT: 0n });
  });

  test('S4: at another exactness is no conflict', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping(5, '4712')],
      AD_IMPRESSION_LOG_V2: impressions(6, { io: 'I1', li: 'L1' }),
    });
    const { status, body } = await map({ line_item_id: 'L1' });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ state: 'created', impressions_gained: 6, mapping_state: 'MAPPED' });
    expect((await get('mapping-conflicts?agency_id=1480')).body.total).toBe(0);
  });

  test('fills in what the feed noted for nobody', async () => {
    await seedAgency({ PIXEL_CAMPAIGN_MAPPING_V2: [mapping(5, '0'), mapping(6, null, { dsp: 'D2' })] });
    const { body } = await map({});
    expect(body.data).toMatchObject({ state: 'created', mapping_id: '5' });
    expect(await mappingsNow()).toMatchObject([
      { MAPPING_ID: 5n, QUORUM_ADVERTISER_ID: '4711' },
      { MAPPING_ID: 6n, QUORUM_ADVERTISER_ID: null },
    ]);
  });

  test('refuses a platform, a DSP advertiser and an advertiser that are none, all at once', async () => {
    await seedAgency();
    const { status, body } = await map({ platform_type: '99', dsp_advertiser_id: 'UNKNOWN', quorum_advertiser_id: '77' });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'VALIDATION', reason: 'mapping_invalid' });
    expect(body.error.fields.map(({ path }: { path: string }) => path)).toEqual([
      'body.platform_type',
      'body.dsp_advertiser_id',
      'body.quorum_advertiser_id',
    ]);
    expect((await map({ platform_type: 'twenty' })).status).toBe(400);
    expect((await map({ surprise: 1 })).status).toBe(400);
    expect(await mappingsNow()).toEqual([]);
  });

  test('takes a platform that only the log knows', async () => {
    await seedAgency({ AD_IMPRESSION_LOG_V2: impressions(1, { pt: '033' }) });
    expect((await map({ platform_type: '33' })).status).toBe(200);
    expect((await map({ platform_type: '3' })).status).toBe(400);
  });

  test('B3, B23: takes any text as an id and a name', async () => {
    const texts = [`'; DROP TABLE x; --`, '100%', 'a_b', `"quoted"`, '<b>tag</b>', `O'Neil`];
    await seedAgency({
      AD_IMPRESSION_LOG_V2: [...texts.flatMap((text) => impressions(2, { dsp: text })), ...impressions(1, { dsp: 'axb' })],
    });
    for (const text of texts) {
      const { status, body } = await map({ dsp_advertiser_id: text, campaign_name: text, dsp_advertiser_name: text });
      expect([text, status, body.data?.impressions_gained]).toEqual([text, 200, 2]);
      const listed = await get(`campaign-mappings?agency_id=1480&search=${encodeURIComponent(text)}`);
      expect(listed.body.data).toMatchObject([
        { DSP_ADVERTISER_ID: text, CAMPAIGN_NAME_MANUAL: text, ADVERTISER_NAME_FROM_DSP: text },
      ]);
    }
  });

  test('says when it has no effect: by DIRECT_AG, and where ADM_PREFIX advertisers share', async () => {
    await seedAgency({
      REF_ADVERTISER_CONFIG: [
        configRow('4711', [], { IMPRESSION_JOIN_STRATEGY: 'DIRECT_AG' }),
        configRow('4712', [], { IMPRESSION_JOIN_STRATEGY: 'ADM_PREFIX' }),
      ],
      AD_IMPRESSION_LOG_V2: impressions(3, { io: 'I1' }),
    });
    const prefixed = await map({ quorum_advertiser_id: '4712', insertion_order_id: 'I9' });
    expect(prefixed.body.data).toMatchObject({ impressions_gained: 3, mapping_state: 'MAPPED' });
    expect(prefixed.body.warnings).toEqual([expect.stringContaining('it gets all of the DSP advertiser')]);
    const direct = await map({ line_item_id: 'L1' });
    expect(direct.body.data).toMatchObject({ impressions_gained: 0 });
    expect(direct.body.warnings.join(' ')).toMatch(/DIRECT_AG, which needs no mappings.*|Bolt.*shared/);
    expect(direct.body.warnings.some((text: string) => text.includes('as long as it is shared'))).toBe(true);
  });

  test('with a version that is no longer true is refused', async () => {
    await seedAgency();
    expect((await map({ expected_version: 1 })).body.data.advertiser.config_version).toBe(2);
    const { status, body } = await map({ dsp_advertiser_id: 'D2', expected_version: 1 });
    expect([status, body.error.reason]).toEqual([409, 'config_version_stale']);
  });

  test('B5: at the same time gets numbers of its own, none of those that the site had', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: Array.from({ length: 30 }, (_, index) => mapping(index + 1, '4712', { dsp: `S${index}` })),
    });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        map({ dsp_advertiser_id: `N${index}`, quorum_advertiser_id: index % 2 === 0 ? '4711' : '4712' }),
      ),
    );
    const ids = answers.map(({ body }) => Number(body.data.mapping_id));
    expect(new Set(ids).size).toBe(12);
    expect(Math.min(...ids)).toBeGreaterThan(30);
    expect(await configOf('4711')).toMatchObject({ CAMPAIGN_MAPPING_COUNT: 6n });
    expect(await configOf('4712')).toMatchObject({ CAMPAIGN_MAPPING_COUNT: 36n });
  });

  test('the same by two at once is made once', async () => {
    await seedAgency();
    const answers = await Promise.all([map({}), map({}), map({ quorum_advertiser_id: '4712' })]);
    const outcomes = answers.map(({ status, body }) => (status === 200 ? body.data.state : body.error.reason));
    expect(outcomes.filter((state) => state === 'created')).toHaveLength(1);
    expect(await mappingsNow()).toHaveLength(1);
    expect(outcomes).toContain('mapping_conflict');
  });
});

describe('mapping several', () => {
  const mapMany = (mappings: readonly Record<string, unknown>[], more: Record<string, unknown> = {}) =>
    world.call('POST', '/api/config/map-campaigns', {
      agency_id: '1480',
      mappings: mappings.map((one) => ({ platform_type: '21', quorum_advertiser_id: '4711', ...one })),
      ...more,
    });

  test('makes all, each once, and takes them back together', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping(1, '4711', { dsp: 'D1' })],
      AD_IMPRESSION_LOG_V2: impressions(3, { dsp: 'D2' }),
    });
    const { status, body } = await mapMany([
      { dsp_advertiser_id: 'D1' },
      { dsp_advertiser_id: 'D2' },
      { dsp_advertiser_id: 'D3', quorum_advertiser_id: '4712' },
      { dsp_advertiser_id: 'D2' },
    ]);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ created: 2, unchanged: 2, replaced: 0, impressions_gained: 3 });
    expect(body.data.mappings.map(({ state }: { state: string }) => state)).toEqual([
      'unchanged',
      'created',
      'created',
      'unchanged',
    ]);
    expect(body.data.advertisers).toMatchObject([
      { advertiser_id: '4711', campaign_mapping_count: 2, impressions_30d: 3 },
      { advertiser_id: '4712', campaign_mapping_count: 1, impressions_30d: 0 },
    ]);
    await undoChange(await world.context(), body.data.audit_id);
    expect(await mappingsNow()).toMatchObject([{ MAPPING_ID: 1n }]);
  });

  test('makes none when one is wrong, and tells every mistake', async () => {
    await seedAgency({ PIXEL_CAMPAIGN_MAPPING_V2: [mapping(1, '4712', { dsp: 'D9' })] });
    const wrong = await mapMany([
      { dsp_advertiser_id: 'D1' },
      { dsp_advertiser_id: 'D1', quorum_advertiser_id: '4712' },
      { dsp_advertiser_id: 'D2', quorum_advertiser_id: '5000' },
      { dsp_advertiser_id: 'D3', platform_type: '999' },
    ]);
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.fields.map(({ path }: { path: string }) => path)).toEqual([
      'body.mappings.1.quorum_advertiser_id',
      'body.mappings.2.quorum_advertiser_id',
      'body.mappings.3.platform_type',
    ]);
    const taken = await mapMany([{ dsp_advertiser_id: 'D1' }, { dsp_advertiser_id: 'D9' }]);
    expect([taken.status, taken.body.error.reason]).toEqual([409, 'mapping_conflict']);
    expect(await mappingsNow()).toHaveLength(1);
    const replaced = await mapMany([{ dsp_advertiser_id: 'D1' }, { dsp_advertiser_id: 'D9' }], { replace: true });
    expect(replaced.body.data).toMatchObject({ created: 1, replaced: 1 });
  });

  test('takes 500 and no more', async () => {
    await seedAgency();
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ dsp_advertiser_id: `D${index}` }));
    expect((await mapMany(many(501))).status).toBe(400);
    expect((await mapMany(many(500))).body.data).toMatchObject({ created: 500 });
    const ids = (await mappingsNow()).map(({ MAPPING_ID }) => String(MAPPING_ID));
    expect(new Set(ids).size).toBe(500);
  });
});

describe('changing a mapping', () => {
  const remap = (body: Record<string, unknown>, as?: Caller) =>
    world.call('POST', '/api/config/remap-campaign', { agency_id: '1480', quorum_advertiser_id: '4712', ...body }, as);
  const unmap = (body: Record<string, unknown>, as?: Caller) =>
    world.call('POST', '/api/config/unmap-campaign', { agency_id: '1480', ...body }, as);

  test('gives it to another with all that its row says, and back', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [{ ...mapping(5, '4711'), LINE_ITEM_NAME_FROM_DSP: 'Line%2520one', IMPRESSION_COUNT: 7 }],
      AD_IMPRESSION_LOG_V2: impressions(2, {}),
    });
    const { status, body } = await remap({ mapping_id: 5 });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      state: 'remapped',
      mapping_id: '5',
      rows_changed: 1,
      from: { advertiser_id: '4711', impressions_30d: 0, impressions_gained: -2, campaign_mapping_count: 0 },
      advertiser: { advertiser_id: '4712', impressions_30d: 2, impressions_gained: 2, campaign_mapping_count: 1 },
    });
    expect(await mappingsNow()).toMatchObject([
      { MAPPING_ID: 5n, QUORUM_ADVERTISER_ID: '4712', LINE_ITEM_NAME_FROM_DSP: 'Line%2520one', IMPRESSION_COUNT: 7n },
    ]);
    await undoChange(await world.context(), body.data.audit_id);
    expect(await mappingsNow()).toMatchObject([{ MAPPING_ID: 5n, QUORUM_ADVERTISER_ID: '4711', IMPRESSION_COUNT: 7n }]);
    expect((await remap({ mapping_id: '5', quorum_advertiser_id: '4711' })).body.data).toMatchObject({
      state: 'unchanged',
      rows_changed: 0,
      audit_id: null,
    });
  });

  test('B16: takes out every row that the mapping is, and turns the flag off with the last one', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping(5, '4711'), mapping(6, '4711', { pt: '021' }), mapping(7, '4711', { dsp: 'D2' })],
      AD_IMPRESSION_LOG_V2: impressions(2, {}),
    });
    const first = await unmap({ mapping_id: '6' });
    expect(first.body.data).toMatchObject({
      rows_removed: 2,
      mapping_state: 'UNMAPPED',
      advertiser: { campaign_mapping_count: 1, impressions_gained: -2 },
    });
    expect(await configOf('4711')).toMatchObject({ HAS_IMPRESSION_TRACKING: true });
    await unmap({ mapping_id: '7' });
    expect(await configOf('4711')).toMatchObject({ HAS_IMPRESSION_TRACKING: false, CAMPAIGN_MAPPING_COUNT: 0n });
    expect(await mappingsNow()).toEqual([]);
  });

  test('by its keys, as a number that two have is refused', async () => {
    await seedAgency({ PIXEL_CAMPAIGN_MAPPING_V2: [mapping(5, '4711'), mapping(5, '4711', { dsp: 'D2' })] });
    const ambiguous = await unmap({ mapping_id: '5' });
    expect([ambiguous.status, ambiguous.body.error.reason]).toEqual([400, 'mapping_ambiguous']);
    const keys = { platform_type: '21', dsp_advertiser_id: 'D2', quorum_advertiser_id: '4711' };
    expect((await unmap({ mapping: keys })).body.data).toMatchObject({ rows_removed: 1 });
    expect(await mappingsNow()).toMatchObject([{ DSP_ADVERTISER_ID: 'D1' }]);
    expect((await unmap({ mapping: keys })).status).toBe(404);
    expect((await unmap({ mapping: keys, mapping_id: '5' })).status).toBe(400);
    expect((await unmap({})).status).toBe(400);
  });

  test('merges it with the same mapping that the other has, which ends the conflict', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping(5, '4711'), mapping(6, '4712')],
      AD_IMPRESSION_LOG_V2: impressions(2, {}),
    });
    expect((await get('mapping-conflicts')).body.data).toMatchObject([
      {
        KIND: 'campaign',
        AFFECTED: 2,
        ADVERTISERS: [{ ADVERTISER_ID: '4711', ADVERTISER_NAME: 'Acme' }, { ADVERTISER_ID: '4712' }],
      },
    ]);
    const { body } = await remap({ mapping_id: '5' });
    expect(body.data).toMatchObject({ state: 'merged', mapping_state: 'MAPPED', advertiser: { impressions_gained: 2 } });
    expect(await mappingsNow()).toMatchObject([{ MAPPING_ID: 6n }]);
    expect((await get('mapping-conflicts')).body.total).toBe(0);
  });

  test('at a site whose mappings have no numbers', async () => {
    await world[Symbol.asyncDispose]();
    world = await adminWorld({ settings: 'tables:\n  PIXEL_CAMPAIGN_MAPPING_V2: { columns: { MAPPING_ID: NO_SUCH } }\n' });
    await seedAgency();
    expect((await map({ insertion_order_id: 'I1' })).body.data).toMatchObject({ state: 'created', mapping_id: null });
    const keys = { platform_type: 21, dsp_advertiser_id: 'D1', insertion_order_id: 'I1', quorum_advertiser_id: '4711' };
    const { body } = await remap({ mapping: keys });
    expect(body.data).toMatchObject({ state: 'remapped', mapping_id: null });
    expect((await get('campaign-mappings')).body.data).toMatchObject([{ MAPPING_ID: null, QUORUM_ADVERTISER_ID: '4712' }]);
    expect((await unmap({ mapping_id: '1' })).status).toBe(404);
    await undoChange(await world.context(), body.data.audit_id);
    expect((await unmap({ mapping: keys })).body.data).toMatchObject({ rows_removed: 1 });
  });
});

describe('the lists', () => {
  test('B25: what is unmapped, with the impressions that belong to nobody', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [
        mapping(1, '4711', { dsp: 'WHOLE' }),
        mapping(2, '4711', { dsp: 'PART', io: 'I1' }),
        mapping(3, '4711', { dsp: 'BOTH' }),
        mapping(4, '4712', { dsp: 'BOTH' }),
        mapping(5, '0', { dsp: 'NONE' }),
        mapping(6, '4711', { dsp: 'ODD', pt: 'FreeWheel' }),
      ],
      AD_IMPRESSION_LOG_V2: [
        ...impressions(9, { dsp: 'WHOLE' }),
        ...impressions(3, { dsp: 'PART', io: 'I1' }),
        ...impressions(5, { dsp: 'PART', io: 'I2' }),
        ...impressions(7, { dsp: 'BOTH' }),
        ...impressions(6, { dsp: 'NONE', name: 'Some%252520Brand', day: '2026-02-16' }),
        ...impressions(2, { dsp: 'NONE', day: '2026-02-01' }),
        ...impressions(4, { dsp: 'ODD' }),
        ...impressions(1, { dsp: 'FEW' }),
        ...impressions(50, { dsp: 'X', agency: '' }),
      ],
    });
    const { body } = await get('unmapped-impressions?agency_id=1480&min_impressions=2');
    expect(
      body.data.map((row: Record<string, unknown>) => [
        row.DSP_ADVERTISER_ID,
        row.MAPPING_STATE,
        row.IMPRESSIONS_30D,
        row.UNASSIGNED_IMPRESSIONS,
      ]),
    ).toEqual([
      ['NONE', 'UNMAPPED', 8, 8],
      ['PART', 'PARTIAL', 8, 5],
      ['BOTH', 'CONFLICT', 7, 7],
      ['ODD', 'UNMAPPED', 4, 4],
    ]);
    expect(body.data[0]).toMatchObject({
      PLATFORM_TYPE_ID: '21',
      PLATFORM_NAME: 'FreeWheel',
      AGENCY_NAME: 'Agency 1480',
      DSP_ADVERTISER_NAME: 'Some Brand',
      ACTIVE_DAYS: 2,
      FIRST_SEEN: '2026-02-01',
      LAST_SEEN: '2026-02-16',
    });
    expect(body.data[1].COVERED_SHARE).toBeCloseTo(3 / 8);
    expect(body).toMatchObject({ total: 4, truncated: false, warnings: [] });

    const week = await get('unmapped-impressions?agency_id=1480&min_impressions=2&days=7&limit=1&search=brand');
    expect(week.body).toMatchObject({ total: 1, data: [{ IMPRESSIONS: 6, IMPRESSIONS_30D: 8, ACTIVE_DAYS: 1 }] });
    expect((await get('unmapped-impressions?min_impressions=2&limit=1')).body).toMatchObject({
      count: 1,
      total: 5,
      truncated: true,
    });
    expect((await get('unmapped-impressions?agency_id=1480')).body.total).toBe(0);
  });

  test('the same from the daily summary as from the log', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping(1, '4711', { dsp: 'A', io: 'I1' })],
      AD_IMPRESSION_LOG_V2: [
        ...impressions(3, { dsp: 'A', io: 'I1' }),
        ...impressions(2, { dsp: ' A ', io: 'I2', name: 'Brand' }),
        ...impressions(4, { dsp: 'B', pt: '06.0', day: '2026-01-18' }),
        ...impressions(4, { dsp: 'B', pt: '6', day: '2026-01-17' }),
        ...impressions(1, { dsp: 'UNKNOWN' }),
      ],
    });
    const paths = [
      'unmapped-impressions?min_impressions=0',
      'impression-search?agency_id=1480&min_impressions=1',
      'campaign-mappings',
    ];
    const look = async () => Promise.all(paths.map(async (path) => (await get(path)).body));
    const counted = await look();
    const ctx = await world.context();
    await refreshProduct(world.session, ctx.catalogue, summaryProduct(world.clock), { clock: world.clock, horizon: null });
    // What the summary says is asked: it is put wrong in one place.
    expect(await look()).toEqual(counted);
    await world.session.execute(
      raw(
        `UPDATE "BASE_TABLES"."AD_IMPRESSION_DAILY_SUMMARY" SET "IMPRESSIONS" = 1000 WHERE "DSP_ADVERTISER_ID" = 'B' AND "LOG_DATE" = DATE '2026-01-18'`,
      ),
    );
    expect((await get('unmapped-impressions')).body.data).toMatchObject([{ DSP_ADVERTISER_ID: 'B', IMPRESSIONS_30D: 1000 }]);
    await world.load({ AD_IMPRESSION_LOG_V2: impressions(1, { dsp: 'NEW' }) });
    expect((await get('unmapped-impressions')).body.warnings).toEqual([expect.stringContaining('the log has changed since')]);
  });

  test('B16: three rows of one mapping count its impressions once', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping(1, '4711'), mapping(2, '4711'), mapping(3, '4711')],
      AD_IMPRESSION_LOG_V2: [
        ...impressions(5, { io: 'I1' }),
        ...impressions(2, { dsp: 'D2', io: 'I1' }),
        ...impressions(1, { dsp: 'D2', io: 'I2' }),
      ],
    });
    const { body } = await get('impression-search?agency_id=1480&min_impressions=1');
    expect(body.data).toMatchObject([
      { DSP_ADVERTISER_ID: 'D2', STATE: 'UNMAPPED', IMPRESSIONS: 3, MAPPED_COUNT: 0, UNMAPPED_COUNT: 2 },
      { DSP_ADVERTISER_ID: 'D1', STATE: 'MAPPED', IMPRESSIONS: 5, MAPPED_COUNT: 1, UNMAPPED_COUNT: 0, MAPPED_IMPRESSIONS: 5 },
    ]);
    const listed = await get('campaign-mappings?problem=DUPLICATE');
    expect(listed.body.data.map((row: Record<string, unknown>) => row.IMPRESSIONS_14D)).toEqual([5, 5, 5]);
  });

  test('mappings with names, states, conflicts and problems, by filter and page', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [
        {
          ...mapping(1, '4711', { io: 'I1', li: 'L1' }),
          INSERTION_ORDER_NAME_FROM_DSP: 'Spring%252520Sale',
          CAMPAIGN_START_DATE: '2026-02-01',
        },
        mapping(2, '4712', { io: 'I1', li: 'L1' }),
        mapping(3, '4711', { dsp: 'D2', pt: '33' }),
        mapping(4, '4711', { dsp: 'D3', pt: 'unreadable' }),
        mapping(5, '8888', { dsp: 'D4' }),
        { ...mapping(9, '77'), AGENCY_ID: '9' },
      ],
      AD_IMPRESSION_LOG_V2: impressions(2, { pt: '33', dsp: 'D2' }),
    });
    const all = await get('campaign-mappings?agency_id=1480');
    expect(all.body.total).toBe(5);
    expect(all.body.data[0]).toMatchObject({
      MAPPING_ID: '4',
      DSP_PLATFORM_TYPE: 'unreadable',
      PLATFORM_TYPE_ID: null,
      PLATFORM_NAME: null,
      STATE: 'UNMAPPED',
      PROBLEMS: [{ code: 'UNREADABLE_PLATFORM' }],
    });
    const one = (await get('campaign-mappings?advertiser_id=4711&dsp_advertiser_id=D1')).body.data;
    expect(one).toMatchObject([
      {
        MAPPING_ID: '1',
        SPECIFICITY: 3,
        STATE: 'CONFLICT',
        CONFLICT_WITH: [{ ADVERTISER_ID: '4712', ADVERTISER_NAME: 'Bolt' }],
        INSERTION_ORDER_NAME_FROM_DSP: 'Spring Sale',
        ADVERTISER_NAME: 'Acme',
        CAMPAIGN_START_DATE: '2026-02-01',
        PROBLEMS: [{ code: 'CONFLICT' }],
      },
    ]);
    expect((await get('campaign-mappings?platform_type=033')).body.data).toMatchObject([
      { PLATFORM_NAME: '33', STATE: 'MAPPED', IMPRESSIONS_14D: 2, PROBLEMS: [] },
    ]);
    expect((await get('campaign-mappings?problem=UNKNOWN_ADVERTISER')).body.data).toMatchObject([{ MAPPING_ID: '5' }]);
    expect((await get('campaign-mappings?state=CONFLICT')).body.total).toBe(2);
    expect((await get('campaign-mappings?search=spring+sale')).body.total).toBe(1);
    expect((await get('campaign-mappings?limit=2&offset=4')).body).toMatchObject({ count: 2, total: 6, truncated: false });
  });

  test('a DSP advertiser that an ADM_PREFIX advertiser shares is a conflict', async () => {
    await seedAgency({
      REF_ADVERTISER_CONFIG: [configRow('4711', [], { IMPRESSION_JOIN_STRATEGY: 'ADM_PREFIX' }), configRow('4712', [])],
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping(1, '4711', { pt: '6' }), mapping(2, '4712', { pt: '21', io: 'I1' })],
      AD_IMPRESSION_LOG_V2: [...impressions(3, { pt: '6' }), ...impressions(2, { pt: '21', io: 'I1' })],
    });
    const { body } = await get('mapping-conflicts?kind=campaign');
    expect(body.data).toMatchObject([
      {
        KEY: 'any platform, DSP advertiser D1, any insertion order, any line item',
        AFFECTED: 3,
        UNIT: 'impressions',
        CAMPAIGN: { PLATFORM_TYPE_ID: null },
      },
    ]);
    expect(body.data[0].HINT).toContain('PCM_4KEY');
    expect((await get('campaign-mappings?problem=SHARED_PREFIX')).body.total).toBe(2);
  });

  test('platforms: those in use, by number, and those that only mappings have', async () => {
    await seedAgency({ PIXEL_CAMPAIGN_MAPPING_V2: [mapping(1, '4711', { pt: '33' })] });
    const ids = async (query: string) =>
      (await get(`dsp-platforms${query}`)).body.data.map((row: Record<string, unknown>) => row.PLATFORM_TYPE_ID);
    expect(await ids('')).toEqual(['6', '21', '33']);
    expect(await ids('?active_only=false')).toEqual(['6', '8', '21', '33']);
  });

  test('without the tables they are empty and say so', async () => {
    await world[Symbol.asyncDispose]();
    const elsewhere = ['PIXEL_CAMPAIGN_MAPPING_V2', 'AD_IMPRESSION_LOG_V2', 'AD_IMPRESSION_DAILY_SUMMARY', 'REF_DSP_PLATFORM'];
    world = await adminWorld({ settings: `tables:\n${elsewhere.map((table) => `  ${table}: { name: NO_SUCH }\n`).join('')}` });
    await seedAgency();
    for (const [path, missing] of [
      ['campaign-mappings', 'PIXEL_CAMPAIGN_MAPPING_V2'],
      ['unmapped-impressions', 'AD_IMPRESSION_LOG_V2'],
      ['impression-search?agency_id=1480', 'AD_IMPRESSION_LOG_V2'],
      ['dsp-platforms', 'REF_DSP_PLATFORM'],
    ] as const) {
      const { status, body } = await get(path);
      expect([path, status, body.total]).toEqual([path, 200, 0]);
      expect(body.warnings.join(' ')).toContain(missing);
    }
    const explained = await get('explain-impression?agency_id=1480&platform_type=21&dsp_advertiser_id=D1');
    expect(explained.body.data).toMatchObject({ OUTCOME: 'UNMAPPED', IMPRESSIONS_30D: null });
    expect((await map({})).status).toBe(400);
  });
});

describe('explaining an impression', () => {
  const explain = async (query: string) =>
    (await get(`explain-impression?agency_id=1480&platform_type=21&dsp_advertiser_id=D1${query}`)).body.data;

  test('the most exact mapping wins, and it says why the others do not', async () => {
    await seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [
        mapping(1, '4712'),
        mapping(2, '4711', { li: 'L1' }),
        mapping(3, '4712', { io: 'I1' }),
        mapping(4, '4712', { pt: '6' }),
      ],
      AD_IMPRESSION_LOG_V2: impressions(3, { io: 'I1', li: 'L1' }),
    });
    const told = await explain('&insertion_order_id=I1&line_item_id=L1');
    expect(told).toMatchObject({
      OUTCOME: 'OWNED',
      ADVERTISER: { ADVERTISER_ID: '4711', ADVERTISER_NAME: 'Acme' },
      IMPRESSIONS_30D: 3,
      STATE: 'MAPPED',
    });
    expect(told.MAPPINGS.map((row: Record<string, unknown>) => [row.MAPPING_ID, row.WINS, row.MATCHES, row.SPECIFICITY])).toEqual(
      [
        ['2', true, true, 2],
        ['3', false, true, 1],
        ['1', false, true, 0],
        ['4', false, false, 0],
      ],
    );
    expect(told.MAPPINGS[3].WHY).toBe('It is of platform 6.');
    expect(told.SENTENCES).toEqual([
      '4 mappings of the agency name DSP advertiser D1, 3 of them on platform 21; 3 fit this impression.',
      'The most exact that fits names the line item; less exact ones do not matter.',
      'It belongs to Acme (4711).',
    ]);
    expect(told.ADVERTISERS).toMatchObject([
      { GETS: true },
      { GETS: false, WHY: 'By the four keys, no mapping of its own wins.' },
    ]);
  });

  test('two that are just as exact are a conflict, and one below it is none', async () => {
    await seedAgency({ PIXEL_CAMPAIGN_MAPPING_V2: [mapping(1, '4711'), mapping(2, '4712'), mapping(3, '4712', { io: 'I1' })] });
    expect(await explain('')).toMatchObject({ OUTCOME: 'CONFLICT', ADVERTISER: null });
    expect(await explain('&insertion_order_id=I1')).toMatchObject({ OUTCOME: 'OWNED', ADVERTISER: { ADVERTISER_ID: '4712' } });
  });

  test('each advertiser counts by its own strategy', async () => {
    await seedAgency({
      REF_ADVERTISER_CONFIG: [
        configRow('4711', [], { IMPRESSION_JOIN_STRATEGY: 'ADM_PREFIX' }),
        configRow('D1', [], { IMPRESSION_JOIN_STRATEGY: 'DIRECT_AG' }),
      ],
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping(1, '4711', { pt: '6', io: 'I7' })],
    });
    expect(await explain('')).toMatchObject({
      OUTCOME: 'UNMAPPED',
      STATE: 'MAPPED',
      ADVERTISERS: [
        { ADVERTISER: { ADVERTISER_ID: '4711' }, STRATEGY: 'ADM_PREFIX', GETS: true },
        { ADVERTISER: { ADVERTISER_ID: 'D1' }, STRATEGY: 'DIRECT_AG', GETS: true },
      ],
    });
  });
});

describe('who may', () => {
  const READS = [
    'unmapped-impressions?agency_id=1480',
    'impression-search?agency_id=1480',
    'campaign-mappings?agency_id=1480',
    'mapping-conflicts?agency_id=1480',
    'explain-impression?agency_id=1480&platform_type=21&dsp_advertiser_id=D1',
  ];
  const keys = { platform_type: '21', dsp_advertiser_id: 'D1', quorum_advertiser_id: '4711' };
  const WRITES: readonly (readonly [string, Record<string, unknown>])[] = [
    ['map-campaign', { agency_id: '1480', ...keys }],
    ['map-campaigns', { agency_id: '1480', mappings: [keys] }],
    ['remap-campaign', { agency_id: '1480', mapping_id: '1', quorum_advertiser_id: '4712' }],
    ['unmap-campaign', { agency_id: '1480', mapping_id: '1' }],
  ];

  beforeEach(() =>
    seedAgency({
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping(1, '4711'), mapping(2, '4712')],
      AD_IMPRESSION_LOG_V2: [...impressions(200, {}), ...impressions(150, { agency: '9', dsp: 'D9' })],
    }),
  );

  test("A3: another agency's operator gets nothing of what an agency has", async () => {
    for (const path of READS) {
      const { status, body } = await get(path, OTHERS);
      expect([path, status, body.error?.reason]).toEqual([path, 403, 'agency_forbidden']);
    }
  });

  test('A3: without an agency they see their own alone', async () => {
    expect((await get('unmapped-impressions', OTHERS)).body.data).toMatchObject([{ AGENCY_ID: '9', DSP_ADVERTISER_ID: 'D9' }]);
    expect((await get('campaign-mappings', OTHERS)).body.total).toBe(0);
    expect((await get('mapping-conflicts', OTHERS)).body.total).toBe(0);
    expect((await get('mapping-conflicts')).body.total).toBe(1);
    expect((await get('unmapped-impressions', { role: 'operator', agencies: [] })).body.total).toBe(0);
  });

  test("A4: another agency's operator changes nothing, and neither does a viewer", async () => {
    const before = await mappingsNow();
    for (const [path, body] of WRITES) {
      const refused = await world.call('POST', `/api/config/${path}`, body, OTHERS);
      expect([path, refused.status, refused.body.error.reason]).toEqual([path, 403, 'agency_forbidden']);
      const moved = await world.call('POST', `/api/config/${path}`, { ...body, agency_id: '9' }, OTHERS);
      expect([path, moved.status >= 400 && moved.status < 500]).toEqual([path, true]);
      expect((await world.call('POST', `/api/config/${path}`, body, { role: 'viewer' })).status).toBe(403);
    }
    expect(await mappingsNow()).toEqual(before);
  });
});
