import { afterEach, describe, expect, test } from 'vitest';
import { deliveryHealth } from '../src/admin/health/delivery-health.ts';
import { judgeVolume } from '../src/admin/health/feed-volume.ts';
import { worstOf } from '../src/admin/health/pipeline-health.ts';
import { FEEDS } from '../src/delivery/feed-policy.ts';
import { raw } from '../src/lib/sql.ts';
import { alertList } from '../src/shapes/api-shapes.ts';
import { type PipelineHealth, pipelineHealth, type SchemaCheckRow, schemaCheckRow } from '../src/shapes/config/health.ts';
import { findTable } from '../src/warehouse/tables.ts';
import { type AdminWorld, adminWorld } from './support/admin-world.ts';
import { device, impression, makeProject, mapping } from './support/project.ts';
import { configRow } from './support/seed.ts';

/** How the warehouse, its feeds and the agencies are. */

let world: AdminWorld;
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each[Symbol.asyncDispose]();
});

const DESTINATION = 'destinations:\n  archive: { type: folder, path: ./out }\n';
const NOW = '2026-02-16T12:00:00.000Z';

async function open(
  tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {},
  settings = '',
): Promise<void> {
  world = await adminWorld({ settings: `${DESTINATION}${settings}`, now: NOW });
  opened.push(world);
  await world.load(tables);
}

async function health(query = '', as = {}): Promise<PipelineHealth> {
  const { status, body } = await world.call('GET', `/api/config/pipeline-health${query}`, undefined, as);
  expect([status, body.error]).toEqual([200, undefined]);
  return pipelineHealth.parse(body.data);
}

const feedOf = (found: PipelineHealth, name: string) => found.FEEDS.find(({ FEED }) => FEED === name);
const agencyOf = (found: PipelineHealth, id: string) => found.AGENCIES.find(({ AGENCY_ID }) => AGENCY_ID === id);

describe('the schema check', () => {
  async function check(query = ''): Promise<readonly SchemaCheckRow[]> {
    const { status, body } = await world.call('GET', `/api/config/schema-check${query}`);
    expect(status).toBe(200);
    return body.data.map((row: unknown) => schemaCheckRow.parse(row));
  }

  test('B22: tells what is missing, with the statement that mends it', async () => {
    await open({}, 'tables: { STORE_VISITS: { schema: ELSEWHERE } }\n');
    const rows = await check();
    const table = rows.find(({ TABLE, KIND }) => TABLE === 'STORE_VISITS' && KIND === 'missing_table');
    expect(table).toMatchObject({ COLUMN: null, STATEMENT: expect.stringMatching(/^CREATE TABLE "ELSEWHERE"\."STORE_VISITS"/) });
    await world.session.execute(raw('CREATE SCHEMA "ELSEWHERE"'));
    await world.session.execute(raw(table?.STATEMENT ?? ''));
    expect(rows.map(({ SEVERITY }) => ['error', 'warning', 'info'].indexOf(SEVERITY))).toEqual(
      rows.map(({ SEVERITY }) => ['error', 'warning', 'info'].indexOf(SEVERITY)).toSorted((left, right) => left - right),
    );
    expect((await check('?severity=error')).every(({ SEVERITY }) => SEVERITY === 'error')).toBe(true);
  });

  test('B4: tells tables that the program writes and may not', async () => {
    using files = makeProject('');
    const path = files.writeRows('mappings.jsonl', [mapping('4711')]);
    await open({}, `tables: { PIXEL_CAMPAIGN_MAPPING_V2: { files: ['${path}'] } }\n`);
    const rows = (await check()).filter(({ KIND }) => KIND === 'no_access');
    expect(rows).toMatchObject([
      {
        TABLE: 'PIXEL_CAMPAIGN_MAPPING_V2',
        SEVERITY: 'warning',
        MESSAGE: expect.stringContaining('campaigns cannot be mapped here'),
      },
    ]);
  });

  test('A3: is for administrators of all agencies', async () => {
    await open();
    expect((await world.call('GET', '/api/config/schema-check', undefined, { role: 'operator' })).status).toBe(403);
    expect((await world.call('GET', '/api/config/schema-check', undefined, { agencies: ['1480'] })).status).toBe(403);
    expect(await check()).toEqual([]);
  });
});

describe('feeds', () => {
  const USER = { REF_ADVERTISER_CONFIG: [configRow('4711', [{ destination: 'archive' }])] };
  const seen = (at: string) => ({ AD_IMPRESSION_LOG_V2: [impression(device(1), { at })] });

  test('H11: are judged by one table of ages, whose tables and columns exist', () => {
    for (const { feed, columns } of FEEDS) {
      const names = findTable(feed)?.columns.map(({ name }) => name) ?? [];
      expect([feed, names]).toEqual([feed, expect.arrayContaining([...columns])]);
    }
  });

  test.each([
    ['2026-02-15T12:00:00Z', 'HEALTHY', 'fresh'],
    ['2026-02-14T11:00:00Z', 'WARNING', 'late'],
    ['2026-02-13T12:00:00Z', 'WARNING', 'late'],
    ['2026-02-13T11:59:00Z', 'CRITICAL', 'late'],
  ])('H12: the log of %s is %s', async (at, STATUS, CONDITION) => {
    await open({ ...USER, ...seen(at) });
    expect(feedOf(await health(), 'AD_IMPRESSION_LOG_V2')).toMatchObject({ STATUS, CONDITION, USED_BY: 1, CRITICAL_DAYS: 3 });
  });

  test('H5: rows of the future make none fresh, and are counted', async () => {
    await open({
      ...USER,
      AD_IMPRESSION_LOG_V2: [
        impression(device(1), { at: '2026-02-01T00:00:00Z' }),
        impression(device(2), { at: '2286-11-20T00:00:00Z' }),
        impression(device(3), { at: '2026-02-17T00:00:00Z' }),
      ],
    });
    expect(feedOf(await health(), 'AD_IMPRESSION_LOG_V2')).toMatchObject({
      STATUS: 'CRITICAL',
      NEWEST_AT: '2026-02-01T00:00:00.000Z',
      FUTURE_ROWS: 2,
    });
    await world.session.execute(raw(`DELETE FROM "BASE_TABLES"."AD_IMPRESSION_LOG_V2" WHERE "AUCTION_TIMESTAMP" < '2026-02-16'`));
    expect(feedOf(await health(), 'AD_IMPRESSION_LOG_V2')).toMatchObject({
      STATUS: 'CRITICAL',
      CONDITION: 'only_future',
      NEWEST_AT: null,
    });
  });

  test('H2: one that never had a row is told from one that is old; what nobody needs is not judged', async () => {
    await open(USER);
    const found = await health();
    expect(feedOf(found, 'AD_IMPRESSION_LOG_V2')).toMatchObject({ STATUS: 'CRITICAL', CONDITION: 'never_filled' });
    expect(feedOf(found, 'STORE_VISITS')).toMatchObject({ STATUS: 'INFORMATIONAL', CONDITION: 'never_filled', USED_BY: 0 });
    expect(found.OVERALL).toBe('CRITICAL');
  });

  test('H1, H2: one that cannot be looked at is UNKNOWN, with what was last known of it, and never healthy', async () => {
    await open({ ...USER, ...seen('2026-02-16T10:00:00Z') });
    expect(feedOf(await health(), 'AD_IMPRESSION_LOG_V2')).toMatchObject({
      STATUS: 'HEALTHY',
      CHECKED_AT: NOW,
      LAST_KNOWN_AT: null,
    });
    world.clock.move(3_600_000);
    await world.session.execute(raw('ALTER TABLE "BASE_TABLES"."AD_IMPRESSION_LOG_V2" DROP COLUMN "AUCTION_TIMESTAMP"'));
    const found = await health();
    expect(feedOf(found, 'AD_IMPRESSION_LOG_V2')).toMatchObject({
      STATUS: 'UNKNOWN',
      CONDITION: 'not_checked',
      NEWEST_AT: null,
      CHECKED_AT: NOW,
      LAST_KNOWN_AT: '2026-02-16T10:00:00.000Z',
    });
    expect(['WARNING', 'UNKNOWN']).toContain(found.OVERALL);
    expect(agencyOf(found, '1480')?.NOT_CHECKED).toContain('unmapped campaigns');
    expect(agencyOf(found, '1480')).toMatchObject({ UNMAPPED: null });
  });

  test('dates are counted in days of the calendar, and settle later', async () => {
    const visit = (day: string) => ({ AGENCY_ID: '1480', QUORUM_ADVERTISER_ID: '4711', MAID: device(1), STORE_VISIT_DATE: day });
    await open({
      REF_ADVERTISER_CONFIG: [configRow('4711', [{ destination: 'archive' }], { EXPOSURE_SOURCE: 'OOH' })],
      STORE_VISITS: [visit('2026-02-11')],
    });
    expect(feedOf(await health(), 'STORE_VISITS')).toMatchObject({ STATUS: 'HEALTHY', AGE_DAYS: 5 });
    world.clock.move(24 * 3_600_000);
    expect(feedOf(await health(), 'STORE_VISITS')).toMatchObject({ STATUS: 'WARNING', AGE_DAYS: 6 });
    world.clock.move(5 * 24 * 3_600_000);
    expect(feedOf(await health(), 'STORE_VISITS')).toMatchObject({ STATUS: 'CRITICAL', AGE_DAYS: 11 });
  });

  test('H6, H7: how much came in is judged by whole days alone', async () => {
    const summary = (day: string, count: number) => ({
      ...{ AGENCY_ID: '1480', LOG_DATE: day, DSP_PLATFORM_TYPE: 21, DSP_ADVERTISER_ID: 'D1', INSERTION_ORDER_ID: '' },
      ...{ LINE_ITEM_ID: '', DIM_TYPE: 'TOTAL', DIM_VALUE: '', IMPRESSIONS: count, BUILT_AT: '2026-02-16T06:00:00Z' },
    });
    const day = (back: number) => new Date(Date.parse(NOW) - back * 86_400_000).toISOString().slice(0, 10);
    await open({
      ...USER,
      ...seen('2026-02-16T10:00:00Z'),
      AD_IMPRESSION_DAILY_SUMMARY: [
        summary(day(0), 5),
        ...[1, 2, 3].map((back) => summary(day(back), 60)),
        ...[4, 5, 6, 7, 8, 9, 10].map((back) => summary(day(back), 100)),
        { ...summary(day(1), 60), DIM_TYPE: 'SITE', DIM_VALUE: 'ace.com' },
      ],
    });
    const found = await health();
    expect(feedOf(found, 'AD_IMPRESSION_LOG_V2')?.VOLUME).toMatchObject({
      ...{ STATUS: 'WARNING', RECENT_MEAN: 60, BEFORE_MEAN: 100, CHANGE_PERCENT: -40 },
    });
    expect(found.OVERALL).toBe('WARNING');
    expect(agencyOf(found, '1480')?.CELLS).toMatchObject({ IMPRESSIONS: 'YES', PUBLISHERS: 'YES', ZIP_CODES: 'NO' });
    expect(agencyOf(found, '1480')?.FINDINGS.map(({ CODE }) => CODE)).toContain('no_zip_codes');
    expect(
      [judgeVolume(50, 100), judgeVolume(76, 100), judgeVolume(301, 100), judgeVolume(9, 0)].map(({ STATUS }) => STATUS),
    ).toEqual(['CRITICAL', 'HEALTHY', 'WARNING', 'INFORMATIONAL']);
  });

  test('R16: with one that is not known all is at best a warning', () => {
    const of = (...statuses: readonly PipelineHealth['FEEDS'][number]['STATUS'][]) =>
      worstOf(statuses.map((STATUS) => ({ STATUS, VOLUME: null })));
    expect(of('HEALTHY', 'INFORMATIONAL')).toBe('HEALTHY');
    expect(of('HEALTHY', 'UNKNOWN')).toBe('WARNING');
    expect(of('UNKNOWN', 'INFORMATIONAL')).toBe('UNKNOWN');
    expect(of('UNKNOWN', 'CRITICAL')).toBe('CRITICAL');
    expect(of()).toBe('UNKNOWN');
  });
});

describe('agencies', () => {
  test('B24: all in one answer, tri-state, worst first', async () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ ...configRow(`${n}`, []), AGENCY_ID: `${100 + n}` }));
    await open({
      REF_ADVERTISER_CONFIG: [
        ...many.map((row) => ({ ...row, ADVERTISER_ID: `8${row.AGENCY_ID}` })),
        configRow('4711', [{ destination: 'archive' }], { HAS_WEB_VISIT_ATTRIBUTION: true }),
        configRow('4712', []),
      ],
      PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
      AD_IMPRESSION_LOG_V2: Array.from({ length: 120 }, (_, n) =>
        impression(device(n), { at: '2026-02-15T10:00:00Z', dspAdvertiser: 'D7' }),
      ),
    });
    const found = await health();
    expect(found.AGENCIES).toHaveLength(41);
    expect(found.AGENCIES[0]).toMatchObject({
      AGENCY_ID: '1480',
      OVERALL: 'CRITICAL',
      ADVERTISERS: 2,
      CAMPAIGNS: 1,
      UNMAPPED: 1,
      CONFLICTS: 0,
      DELIVERIES: { ON: 1, LATE: 0, FAILED: 0, BLOCKED: 0 },
      CELLS: { IMPRESSIONS: 'YES', PIXEL_EVENTS: 'NO', POIS: 'NO', URLS: 'YES', DELIVERY: 'YES', CREATIVES: 'NOT_CHECKED' },
      NOT_CHECKED: ['dimensions of impressions'],
    });
    expect(found.AGENCIES[0]?.FINDINGS.map(({ CODE }) => CODE)).toEqual(['unmapped_campaigns', 'no_places']);
    expect(agencyOf(found, '139')).toMatchObject({ OVERALL: 'NEEDS_ATTENTION', CELLS: { DELIVERY: 'NO' } });
  });

  test('A2, A3: are those of the caller alone', async () => {
    await open({ REF_ADVERTISER_CONFIG: [configRow('4711', []), { ...configRow('9001', []), AGENCY_ID: '9' }] });
    const nine = await health('', { role: 'operator', agencies: ['9'] });
    expect(nine.AGENCIES.map(({ AGENCY_ID }) => AGENCY_ID)).toEqual(['9']);
    expect(feedOf(nine, 'AD_IMPRESSION_LOG_V2')).toMatchObject({ USED_BY: 1 });
    expect((await health('', { role: 'operator', agencies: [] })).AGENCIES).toEqual([]);
    const other = await world.call('GET', '/api/config/pipeline-health?agency_id=1480', undefined, {
      role: 'operator',
      agencies: ['9'],
    });
    expect(other.status).toBe(403);
    expect((await health('?agency_id=9')).AGENCIES.map(({ AGENCY_ID }) => AGENCY_ID)).toEqual(['9']);
  });

  test('a delivery is late when more than one slot has passed without anything becoming of it', () => {
    const defaults = { hourUtc: 6, weekday: 'MONDAY', monthDay: 1 } as const;
    const at = new Date('2026-02-18T12:00:00Z');
    const one = (more: Readonly<Record<string, unknown>>) =>
      ({ state: 'on', reason: null, cadence: 'DAILY', lastRun: null, lastDeliveredAt: null, ...more }) as never;
    const run = (state: string, plannedAt: string) => ({ runId: 'r', slot: 's', state, plannedAt });
    const late = (more: Readonly<Record<string, unknown>>) => deliveryHealth([one(more)], at, defaults).LATE;
    expect(late({ lastDeliveredAt: '2026-02-17T06:30:00.000Z' })).toBe(0);
    expect(late({ lastDeliveredAt: '2026-02-16T06:30:00.000Z' })).toBe(1);
    expect(late({ lastDeliveredAt: '2026-02-16T06:30:00.000Z', lastRun: run('skipped', '2026-02-18T06:00:00.000Z') })).toBe(0);
    expect(late({ lastRun: run('planned', '2026-02-18T06:00:00.000Z') })).toBe(0);
    expect(late({})).toBe(0);
    expect(deliveryHealth([one({ lastRun: run('failed', '2026-02-18T06:00:00.000Z') })], at, defaults)).toMatchObject({
      FAILED: 1,
    });
    expect(deliveryHealth([one({ state: 'blocked' }), one({ reason: 'not_configured' })], at, defaults)).toMatchObject({
      ON: 0,
      BLOCKED: 1,
    });
  });
});

describe('taking an alert on', () => {
  const fire = async (...keys: readonly string[]) =>
    world.app.ledger.updateAlerts(
      keys.map((key) => ({
        key,
        kind: 'run_failed',
        agencyId: key.slice(-1) === '9' ? '9' : '1480',
        message: 'It failed.',
        detail: {},
      })),
      [],
    );
  const take = (key: string, as = {}) => world.call('POST', '/api/config/acknowledge-alert', { key, note: 'I am at it.' }, as);
  const alerts = async () => alertList.parse((await world.call('GET', '/api/delivery/alerts')).body).alerts;

  test('H9: everybody sees who is at it, until it is over', async () => {
    await open();
    await fire('run_failed:a', 'run_failed:9');
    const { status, body } = await take('run_failed:a');
    expect([status, body.data]).toEqual([
      200,
      { KEY: 'run_failed:a', ACKNOWLEDGED_AT: NOW, ACKNOWLEDGED_BY: 'ana@example.com', NOTE: 'I am at it.' },
    ]);
    const taken = { at: NOW, by: 'ana@example.com', note: 'I am at it.' };
    const shown = new Map((await alerts()).map(({ key, acknowledged }) => [key, acknowledged]));
    expect([...shown].toSorted()).toEqual([
      ['run_failed:9', null],
      ['run_failed:a', taken],
    ]);
    expect(await world.app.ledger.auditLog({ subjectKind: 'alert' })).toMatchObject([
      { action: 'alert.acknowledge', subjectId: 'run_failed:a', agencyId: '1480', reason: 'I am at it.' },
    ]);
    world.clock.move(60_000);
    await fire('run_failed:9');
    world.clock.move(60_000);
    await fire('run_failed:9', 'run_failed:a');
    expect((await alerts()).map(({ acknowledged }) => acknowledged)).toEqual([null, null]);
  });

  test('A3: of another agency, or one that is over, there is none', async () => {
    await open();
    await fire('run_failed:a', 'run_failed:9');
    const theirs = { role: 'operator', agencies: ['9'] };
    expect(await take('run_failed:a', theirs)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    expect((await take('run_failed:9', theirs)).status).toBe(200);
    expect((await take('nothing')).status).toBe(404);
    await fire();
    expect((await take('run_failed:a')).status).toBe(404);
    expect((await take('run_failed:9', { role: 'viewer', agencies: ['9'] })).status).toBe(403);
  });
});
