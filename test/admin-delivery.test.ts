import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDestination } from '../src/admin/delivery/test-destination.ts';
import { raw } from '../src/lib/sql.ts';
import {
  type DeliveryLogPage,
  type DeliveryPreview,
  deliveryLogPage,
  deliveryPreview,
  type ReadinessReport,
  readinessReport,
} from '../src/shapes/config/delivery.ts';
import { type AdminWorld, adminWorld } from './support/admin-world.ts';
import { planRequest } from './support/plan-request.ts';
import { device, impression, mapping } from './support/project.ts';
import { configRow } from './support/seed.ts';

/** Looking at deliveries before they run, and at what the warehouse remembers of them. */

const SETTINGS = `
destinations:
  archive: { type: folder, path: ./out }
  gone: { type: folder, path: ./nowhere }
policy: { minAudience: 3 }
`;

const NOW = '2026-02-16T12:00:00.000Z';

async function openWorld(): Promise<AdminWorld> {
  const world = await adminWorld({ settings: SETTINGS, now: NOW });
  await world.load({
    REF_ADVERTISER_CONFIG: [
      configRow('4711', [{ destination: 'archive', segmentId: 'acme' }], { DELIVERY_LOOKBACK_DAYS: 10 }),
      configRow('4712', [{ destination: 'archive' }], { DELIVERY_ENABLED: false, CONFIG_STATUS: 'PENDING' }),
      configRow('4713', []),
      { ...configRow('9001', [{ destination: 'archive' }]), AGENCY_ID: '9' },
    ],
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711'), mapping('4712', 'D2')],
    AD_IMPRESSION_LOG_V2: [
      ...[1, 2, 3, 4].map((n) => impression(device(n), { at: '2026-02-15T10:00:00Z' })),
      ...[5, 6].map((n) => impression(device(n), { at: '2026-01-25T10:00:00Z' })),
      impression('SYS-1', { at: '2026-02-15T10:00:00Z' }),
      ...[11, 12, 13].map((n) => impression(device(n), { at: '2026-02-15T10:00:00Z', dspAdvertiser: 'D2' })),
    ],
  });
  return world;
}

const ONE = { agencyId: '1480', advertiserId: '4711' };

describe('readiness', () => {
  let world: AdminWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const readiness = async (advertiser: string, more = ''): Promise<ReadinessReport> => {
    const { body } = await world.call('GET', `/api/delivery/readiness?agencyId=1480&advertiserId=${advertiser}${more}`);
    return readinessReport.parse(body);
  };
  const statuses = (report: ReadinessReport) =>
    Object.fromEntries((report.entries[0]?.rules ?? []).map(({ rule, status }) => [rule, status]));

  test('tells every rule of a delivery that is in order', async () => {
    const report = await readiness('4711');
    expect(report).toMatchObject({ isReady: true, entries: [{ destination: 'archive', audienceId: 'acme', reason: null }] });
    expect(new Set(Object.values(statuses(report)))).toEqual(new Set(['PASS']));
    expect(report.entries[0]?.segments).toEqual([{ segmentId: 'acme', identifiers: 4, needed: 3, isReady: true, held: null }]);
    expect(report.entries[0]?.rules.every(({ advice }) => advice === null)).toBe(true);
  });

  test('goes on behind a rule that fails, and says what to do', async () => {
    const report = await readiness('4712');
    expect(report).toMatchObject({ isReady: false, entries: [{ isReady: false, reason: 'inactive' }] });
    expect(statuses(report)).toMatchObject({ CONFIG_ACTIVE: 'FAIL', DELIVERY_ON: 'FAIL', MAPPING: 'PASS', FLOOR: 'PASS' });
    const failed = report.entries[0]?.rules.filter(({ status }) => status === 'FAIL') ?? [];
    expect(failed.map(({ advice }) => advice)).toEqual([
      expect.stringContaining('ACTIVE'),
      expect.stringContaining('DELIVERY_ENABLED'),
    ]);
  });

  test('of an advertiser without destinations is told as well', async () => {
    const report = await readiness('4713');
    expect(report.entries).toMatchObject([{ destination: null, reason: 'no_destinations', segments: [] }]);
    expect(statuses(report)).toMatchObject({ DESTINATIONS: 'FAIL', MAPPING: 'NOT_CHECKED' });
  });

  test('without counts leaves counting out and says so', async () => {
    const report = await readiness('4711', '&counts=false');
    expect(statuses(report)).toMatchObject({ MAPPING: 'PASS', SOURCE_ROWS: 'NOT_CHECKED', FLOOR: 'NOT_CHECKED' });
    expect(report.entries[0]?.rules.find(({ rule }) => rule === 'FLOOR')?.detail).toBe('identifiers were not counted');
  });

  test('a check that cannot be made is UNKNOWN, which is no fault of the advertiser and blocks all the same', async () => {
    const broken = await openWorld();
    try {
      await broken.session.execute(raw('ALTER TABLE "REF_DATA"."PIXEL_CAMPAIGN_MAPPING_V2" DROP COLUMN "DSP_ADVERTISER_ID"'));
      const { body } = await broken.call('GET', '/api/delivery/readiness?agencyId=1480&advertiserId=4711');
      expect(readinessReport.parse(body)).toMatchObject({ isReady: false, entries: [{ reason: 'not_checked' }] });
      expect(statuses(body)).toMatchObject({ CONFIG_ACTIVE: 'PASS', MAPPING: 'UNKNOWN', FLOOR: 'NOT_CHECKED' });
    } finally {
      await broken[Symbol.asyncDispose]();
    }
  });

  test('A3: of another agency is refused, and of nobody is not found', async () => {
    const url = '/api/delivery/readiness?agencyId=1480&advertiserId=4711';
    expect(await world.call('GET', url, undefined, { role: 'viewer', agencies: ['9'] })).toMatchObject({
      status: 403,
      body: { code: 'agency_forbidden' },
    });
    expect(await world.call('GET', url, undefined, { role: 'viewer', agencies: ['1480'] })).toMatchObject({ status: 200 });
    expect(await world.call('GET', '/api/delivery/readiness?agencyId=1480&advertiserId=1')).toMatchObject({
      status: 404,
      body: { code: 'advertiser_unknown' },
    });
  });
});

describe('a preview', () => {
  let world: AdminWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const preview = async (config?: Readonly<Record<string, unknown>>, whose = ONE): Promise<DeliveryPreview> => {
    const { status, body } = await world.call('POST', '/api/delivery/preview', { ...whose, ...(config && { config }) });
    expect(status).toBe(200);
    return deliveryPreview.parse(body);
  };

  test('counts what a plan would', async () => {
    const { body: plan } = await world.call('POST', '/api/delivery/run', { ...ONE, dryRun: true });
    const { segments, changedFields, nextSlots } = await preview();
    const { selected, dropped, suppressed, identifiers, rows, estimatedBytes, window } = plan.deliveries[0];
    expect(segments).toMatchObject([
      { segmentId: 'acme', wouldGo: true, ...{ selected, dropped, suppressed, identifiers, rows, estimatedBytes, window } },
    ]);
    expect(segments[0]).toMatchObject({ selected: 6, dropped: { SYNTHETIC: 1 }, rows: 4, belowMinimum: false, last: null });
    expect(changedFields).toEqual([]);
    expect(nextSlots).toHaveLength(5);
    expect(nextSlots[0]).toEqual({ slot: plan.deliveries[0].nextSlot, dueAt: plan.deliveries[0].nextDueAt });
  });

  test('goes by values that are not saved, and saves nothing', async () => {
    const longer = await preview({ deliveryLookbackDays: 60, deliveryCadence: 'MONTHLY' });
    expect(longer).toMatchObject({
      cadence: 'MONTHLY',
      changedFields: ['DELIVERY_LOOKBACK_DAYS', 'DELIVERY_CADENCE'].toSorted(),
    });
    expect(longer.segments).toMatchObject([{ rows: 6 }]);
    expect(longer.nextSlots[0]?.slot).toBe('2026-03');
    const forever = await preview({ deliveryLookbackDays: null });
    expect(forever.segments).toMatchObject([{ rows: 6, window: { from: null } }]);
    const two = await preview({
      deliveryDestinations: [
        { destination: 'archive', segmentId: 'one', minIds: 5 },
        { destination: 'archive', segmentId: 'two' },
      ],
    });
    expect(two.segments).toMatchObject([
      { segmentId: 'one', wouldGo: false, reason: 'below_minimum', needed: 5, belowMinimum: true },
      { segmentId: 'two', wouldGo: true },
    ]);
    const [row] = await world.session.all(
      raw(`SELECT "DELIVERY_LOOKBACK_DAYS" AS days, "CONFIG_VERSION" AS version FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG"
        WHERE "ADVERTISER_ID" = '4711'`),
    );
    expect(row).toEqual({ days: 10n, version: 1n });
    expect(await world.app.ledger.runs()).toEqual([]);
  });

  test('counts what is only switched off, and says that it would not go', async () => {
    const { segments } = await preview(undefined, { agencyId: '1480', advertiserId: '4712' });
    expect(segments).toMatchObject([{ rows: 3, wouldGo: false, reason: 'inactive' }]);
    const none = await preview(undefined, { agencyId: '1480', advertiserId: '4713' });
    expect(none).toMatchObject({ segments: [], notCounted: [{ destination: null, reason: 'no_destinations' }] });
  });

  test('B12: values that could not be saved are refused as a save refuses them, all together', async () => {
    const { status, body } = await world.call('POST', '/api/delivery/preview', {
      ...ONE,
      config: {
        deliveryLookbackDays: 4000,
        deliveryCadence: "'; DROP TABLE x",
        deliveryDestinations: [{ destination: 'archiv', color: 'red' }],
      },
    });
    expect([status, body.code]).toEqual([422, 'config_invalid']);
    const paths = body.problems.map(({ path }: { path: string }) => path.replace(/\W.*/, ''));
    expect(new Set(paths)).toEqual(new Set(['DELIVERY_LOOKBACK_DAYS', 'DELIVERY_CADENCE', 'DELIVERY_DESTINATIONS']));
    expect(await world.call('POST', '/api/delivery/preview', { ...ONE, config: { configVersion: 3 } })).toMatchObject({
      status: 400,
    });
    const unknown = { ...ONE, config: { deliveryDestinations: [{ destination: 'archiv' }] } };
    const refused = await world.call('POST', '/api/delivery/preview', unknown);
    expect(refused.body.problems).toMatchObject([{ path: 'DELIVERY_DESTINATIONS[0].destination' }]);
  });

  test('compares with what was delivered last', async () => {
    const key = { ...ONE, destination: 'archive', segmentId: 'acme' };
    const { ledger } = world.app;
    const { run } = await ledger.planRun(planRequest({ slot: '2026-W07', delivery: key }));
    const token = (await ledger.claim(run.id, 'test', 20_000))?.token ?? 0;
    await ledger.advance(run.id, token, 'extracting');
    await ledger.advance(run.id, token, 'staged', { written: 8 });
    await ledger.advance(run.id, token, 'delivering');
    await ledger.advance(run.id, token, 'delivered');
    const { segments } = await preview();
    expect(segments[0]?.last).toEqual({ deliveredAt: NOW, rows: 8, change: -4, changePercent: -50 });
  });

  test('A3: of another agency is refused, and a viewer may not ask', async () => {
    const other = await world.call('POST', '/api/delivery/preview', ONE, { role: 'operator', agencies: ['9'] });
    expect([other.status, other.body.code]).toEqual([403, 'agency_forbidden']);
    const viewer = await world.call('POST', '/api/delivery/preview', ONE, { role: 'viewer', agencies: ['1480'] });
    expect(viewer.status).toBe(403);
  });

  test('has no identifier in it', async () => {
    expect(JSON.stringify(await preview({ deliveryLookbackDays: null }))).not.toContain('-4000-8000-');
  });
});

describe('the log of deliveries', () => {
  let world: AdminWorld;
  beforeAll(async () => {
    world = await openWorld();
    const row = (id: string, agency: string, more: Readonly<Record<string, unknown>>) => ({
      ...{ DELIVERY_ID: id, PART_NO: 1, PART_COUNT: 1, AGENCY_ID: agency, ADVERTISER_ID: '4711', SEGMENT_ID: 'acme' },
      ...{ DESTINATION_NAME: 'archive', SLOT: '2026-W07', STATUS: 'DELIVERED', PLANNED_AT: '2026-02-09T06:00:00Z' },
      ...more,
    });
    await world.load({
      SEGMENT_DELIVERY_DETAILS: [
        row('run-1', '1480', { IDENTIFIER_COUNTS: '{"IDFA":4}', IDENTIFIER_TYPES: 'IDFA, GAID', ROWS_TOTAL: 4 }),
        row('run-2', '1480', { STATUS: 'Sent to vendor', PLANNED_AT: null, IDENTIFIER_COUNTS: '"many"', SEGMENT_ID: "a'b%_<i>" }),
        row('run-3', '1480', { STATUS: 'FAILED', PLANNED_AT: '2026-02-16T06:00:00Z', SLOT: '2026-W08' }),
        row('run-9', '9', {}),
      ],
    });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const log = async (query = '', as = {}): Promise<DeliveryLogPage> => {
    const { status, body } = await world.call('GET', `/api/delivery/log${query}`, undefined, as);
    expect(status).toBe(200);
    return deliveryLogPage.parse(body);
  };
  const ids = (page: DeliveryLogPage) => page.rows.map(({ deliveryId }) => deliveryId);

  test('is told newest first, with older words as they are', async () => {
    const page = await log('?agencyId=1480');
    expect(ids(page)).toEqual(['run-3', 'run-1', 'run-2']);
    expect(page.rows[1]).toMatchObject({ identifierCounts: { IDFA: 4 }, identifierTypes: ['IDFA', 'GAID'], isKnownStatus: true });
    expect(page.rows[2]).toMatchObject({
      status: 'Sent to vendor',
      isKnownStatus: false,
      identifierCounts: null,
      plannedAt: null,
    });
  });

  test('B3: is narrowed by bound values', async () => {
    expect(ids(await log(`?segmentId=${encodeURIComponent("a'b%_<i>")}`))).toEqual(['run-2']);
    expect(ids(await log('?segmentId=a%25'))).toEqual([]);
    expect(ids(await log('?status=sent%20TO%20vendor'))).toEqual(['run-2']);
    expect(ids(await log('?slot=2026-W08'))).toEqual(['run-3']);
    expect(ids(await log('?agencyId=1480&from=2026-02-09&to=2026-02-09'))).toEqual(['run-1']);
  });

  test('B15: comes in pages with the true total', async () => {
    expect(await log('?agencyId=1480&limit=2')).toMatchObject({ total: 3, truncated: true });
    const last = await log('?agencyId=1480&limit=2&offset=2');
    expect(last).toMatchObject({ total: 3, truncated: false });
    expect(ids(last)).toEqual(['run-2']);
  });

  test('A3: has rows of the caller’s agencies alone', async () => {
    expect(ids(await log('', { role: 'viewer', agencies: ['9'] }))).toEqual(['run-9']);
    expect(await log('?agencyId=1480', { role: 'viewer', agencies: ['9'] })).toMatchObject({ rows: [], total: 0 });
    expect(await log('', { role: 'viewer', agencies: [] })).toMatchObject({ rows: [], total: 0 });
  });

  test('without the table is empty and says which is missing', async () => {
    const other = await adminWorld({ settings: `${SETTINGS}tables: { SEGMENT_DELIVERY_DETAILS: { schema: ELSEWHERE } }\n` });
    try {
      const { body } = await other.call('GET', '/api/delivery/log');
      expect(body).toMatchObject({ rows: [], total: 0, warnings: [expect.stringContaining('SEGMENT_DELIVERY_DETAILS')] });
    } finally {
      await other[Symbol.asyncDispose]();
    }
  });
});

describe('testing a destination', () => {
  let world: AdminWorld;
  afterEach(() => world[Symbol.asyncDispose]());

  test('tells in words how it went, and writes it down', async () => {
    world = await openWorld();
    await world.call('POST', '/api/delivery/destinations/archive/test', undefined, { role: 'operator', agencies: ['9'] });
    const { status, body } = await world.call('POST', '/api/delivery/destinations/gone/test', undefined, { role: 'operator' });
    expect([status, body.ok, typeof body.code, typeof body.hint]).toEqual([200, false, 'string', 'string']);
    const audit = await world.app.ledger.auditLog({ subjectKind: 'destination', subjectId: 'gone' });
    expect(audit).toMatchObject([{ action: 'destination.test', after: { ok: false, code: body.code } }]);
    expect((await world.call('POST', '/api/delivery/destinations/nobody/test')).status).toBe(404);
    expect((await world.call('POST', '/api/delivery/destinations/archive/test', undefined, { role: 'viewer' })).status).toBe(403);
  });

  test('is not done twice in a hurry', async () => {
    world = await openWorld();
    const call = () => world.call('POST', '/api/delivery/destinations/gone/test');
    expect((await call()).status).toBe(200);
    const busy = await call();
    expect([busy.status, busy.body.code, busy.headers.get('retry-after')]).toEqual([429, 'destination_test_busy', '10']);
    world.clock.move(10_000);
    expect((await call()).status).toBe(200);
  });

  test('a fault of ours is not told as a fault of the destination', async () => {
    world = await openWorld();
    const { settings } = world.app;
    const clock = { now: () => new Date(NOW) };
    const ctx = {
      signal: new AbortController().signal,
      log: world.app.log,
      secrets: world.app.secrets,
      clock,
      sleep: async () => {},
    };
    await expect(testDestination(settings, 'constructor', ctx)).rejects.toMatchObject({ code: 'unknown_destination' });
  });

  test('only SFTP servers have host keys', async () => {
    world = await openWorld();
    const { status, body } = await world.call('POST', '/api/delivery/destinations/archive/pin-host-key');
    expect([status, body.code]).toEqual([422, 'no_host_key']);
    const operator = await world.call('POST', '/api/delivery/destinations/archive/pin-host-key', {}, { role: 'operator' });
    expect(operator.status).toBe(403);
  });
});
