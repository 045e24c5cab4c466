import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliver } from '../src/delivery/deliver.ts';
import {
  type CountedDelivery,
  makePlan,
  type NotDelivered,
  type Plan,
  type PlannedDelivery,
  type PlanRequest,
} from '../src/delivery/plan.ts';
import { READINESS_RULES } from '../src/delivery/readiness.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { configRow, openProject, seed } from './support/seed.ts';
import { failureOf } from './support/stage-files.ts';

/** Why something is delivered or not: every reason, with the readiness rules that led to it. */

const AT = new Date('2026-02-18T12:00:00Z');

function settings(more: { readonly policy?: string; readonly tables?: string } = {}): string {
  return `
destinations:
  archive: { type: folder, path: archive }
  vault: { type: folder, path: vault }
  addresses: { type: folder, path: archive, allowIp: true, identifiers: [IP] }
  ramp-ids: { type: folder, path: archive, identifiers: [RAMPID] }
  locked: { type: liveramp-sftp, username: u, password: 'env:NOT_SET', hostKeys: ['SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'], folder: /uploads, minRows: 1 }
policy: { minAudience: 2${more.policy ?? ''} }
${more.tables ?? ''}
`;
}

/** Who each advertiser is: the DSP advertiser `D<id>` is mapped to the advertiser `<id>` unless said otherwise. */
const ARCHIVE = [{ destination: 'archive' }];
const CONFIGS = [
  configRow('100', [
    { destination: 'archive' },
    { destination: 'archive', segmentId: 'LAST_WEEK', lookbackDays: 7 },
    { destination: 'vault', segmentId: 'EVER', segmentName: 'Everybody', lookbackDays: null },
    { destination: 'vault', segmentId: 'OFF', enabled: false },
  ]),
  configRow('101', [{ destination: 'archive', mode: 'split', segmentId: 'ORDERS' }]),
  configRow('102', ARCHIVE, { DELIVERY_CADENCE: 'CRON 30 5 * * 2 TZ=America/New_York' }),
  configRow('103', [{ destination: 'locked' }]),
  configRow('201', ARCHIVE, { DELIVERY_ENABLED: false }),
  configRow('202', ARCHIVE, { CONFIG_STATUS: 'INACTIVE' }),
  configRow('203', ARCHIVE, { CONFIG_STATUS: 'PENDING', DELIVERY_ENABLED: false }),
  configRow('204', []),
  configRow('205', [{ destination: 'archive', enabled: false }]),
  configRow('206', [{ destination: 'archive', segment_id: 'S' }]),
  configRow('207', ARCHIVE, { DELIVERY_CADENCE: 'WEEKLEY' }),
  configRow('208', [{ destination: 'archve' }]),
  configRow('209', ARCHIVE),
  configRow('210', [{ destination: 'addresses' }], { EXPOSURE_SOURCE: 'WEB' }),
  configRow('211', [{ destination: 'ramp-ids' }]),
  configRow('212', ARCHIVE, { EXPOSURE_SOURCE: 'WEB' }),
  configRow('213', [{ destination: 'archive', sources: ['CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS'] }]),
  configRow('214', ARCHIVE),
  configRow('215', ARCHIVE),
  configRow('216', ARCHIVE),
  configRow('217', ARCHIVE),
  configRow('218', ARCHIVE),
  configRow('219', [{ destination: 'archive', minIds: 5 }]),
  configRow('220', ARCHIVE, { DELIVERY_LOOKBACK_DAYS: 400 }),
  configRow('221', [{ destination: 'archive', sources: ['STORE_VISITS'] }]),
  configRow('222', [{ destination: 'archive', sources: ['LIVERAMP_IMPRESSION_LOG'] }]),
  configRow('223', [{ destination: 'archive', refresh: 'incremental' }]),
];

const MAPPED = ['100', '101', '102', '103', '211', '214', '215', '216', '217', '218', '219', '222', '223'];

const MAPPINGS = [
  ...MAPPED.map((id) => mapping(id, `D${id}`)),
  // What is 214's is 215's as well.
  mapping('215', 'D214'),
  mapping('214', 'D215'),
  { ...mapping('209', 'D209'), DSP_PLATFORM_TYPE: 'n/a' },
];

const yesterday = '2026-02-17T10:00:00Z';
const seen = (id: string, n: number, at = yesterday, insertionOrder = 'IO1') =>
  impression(device(n), { at, dspAdvertiser: `D${id}`, insertionOrder });

const IMPRESSIONS = [
  ...[1, 2, 3].map((n) => seen('100', n)),
  seen('100', 4, '2026-01-30T00:00:00Z'),
  seen('100', 5, '2025-06-01T00:00:00Z'),
  ...[1, 2, 3].map((n) => seen('101', n, yesterday, 'IO-LARGE')),
  seen('101', 4, yesterday, 'IO-SMALL'),
  ...[5, 6].map((n) => seen('101', n, yesterday, '')),
  ...['102', '103', '211', '214', '215', '219', '223'].flatMap((id) => [1, 2].map((n) => seen(id, n))),
  seen('216', 1, '2025-06-01T00:00:00Z'),
  { ...seen('217', 1), DEVICE_ID_RAW: 'SYS-000123' },
  { ...seen('217', 1), DEVICE_ID_RAW: '00000000-0000-0000-0000-000000000000' },
  seen('218', 1),
];

let project: Project;
beforeAll(async () => {
  project = makeProject(settings());
  project.write('.aquarius/archive/.keep', '');
  project.write('.aquarius/vault/.keep', '');
  project.write('strict.yaml', settings({ policy: ', staleSource: fail' }));
  project.write('no-liveramp.yaml', settings({ tables: 'tables: { LIVERAMP_IMPRESSION_LOG: { name: NOT_THERE } }' }));
  await seed(project, AT, {
    AD_IMPRESSION_LOG_V2: IMPRESSIONS,
    PIXEL_CAMPAIGN_MAPPING_V2: MAPPINGS,
    REF_ADVERTISER_CONFIG: CONFIGS,
  });
});
afterAll(() => project[Symbol.dispose]());

function planWith(settingsFile: string, request: Partial<PlanRequest> = {}): Promise<Plan<CountedDelivery>> {
  const at = request.at ?? AT;
  return withResource(openProject(project, { at, mode: 'read', settings: settingsFile }), (app) =>
    withResource(app.warehouse.session(), (session) => makePlan({ ...app, session }, { at, ...request })),
  );
}

const statusOf = (rules: NotDelivered['rules'], rule: string) => rules.find((result) => result.rule === rule)?.status;

describe('what is not delivered', () => {
  let plan: Plan;
  beforeAll(async () => {
    plan = await planWith('aquarius.yaml');
  });

  test.each([
    ['201', 'not_enabled', 'DELIVERY_ENABLED is not true', 'DELIVERY_ON'],
    ['202', 'inactive', 'CONFIG_STATUS is INACTIVE', 'CONFIG_ACTIVE'],
    ['203', 'inactive', 'CONFIG_STATUS is PENDING', 'CONFIG_ACTIVE'],
    ['204', 'no_destinations', 'DELIVERY_DESTINATIONS is empty', 'DESTINATIONS'],
    ['205', 'destination_disabled', 'archive is switched off', 'DESTINATIONS'],
    ['206', 'invalid_config', 'Did you mean segmentId?', 'DESTINATIONS'],
    ['207', 'invalid_config', 'DELIVERY_CADENCE: WEEKLEY is not a cadence. Did you mean WEEKLY?', 'CADENCE'],
    ['208', 'unknown_destination', 'Did you mean archive?', 'DESTINATIONS'],
    ['209', 'no_mapping', 'no usable row for this advertiser, 1 with an unreadable platform type', 'MAPPING'],
    ['210', 'no_domains', 'ADVERTISER_DOMAIN_MAPPING has no usable host', 'DOMAINS'],
    ['211', 'no_identifiers', 'wanted and taken by ramp-ids: RAMPID', 'TYPES_OVERLAP'],
    ['212', 'no_identifiers', 'archive does not allow them (allowIp)', 'TYPES_OVERLAP'],
    ['213', 'no_identifiers: aggregated source', 'CAMPAIGN_PERFORMANCE_REPORT_WEEKLY_STATS holds totals', 'SOURCE_ROW_LEVEL'],
    ['214', 'conflicts', '4 rows are mapped to another advertiser too and go to neither (100.0 %)', 'CONFLICTS'],
    ['215', 'conflicts', '4 rows are mapped to another advertiser too and go to neither (100.0 %)', 'CONFLICTS'],
    ['216', 'empty', 'no rows in the look-back', 'SOURCE_ROWS'],
    ['217', 'empty', 'no identifier is left', 'FLOOR'],
    ['218', 'below_minimum', '1 identifiers, 2 needed', 'FLOOR'],
    ['219', 'below_minimum', '2 identifiers, 5 needed', 'FLOOR'],
    ['220', 'invalid_config', 'DELIVERY_LOOKBACK_DAYS: must be a whole number from 1 to 365', 'LOOKBACK'],
    ['221', 'invalid_config', 'STORE_VISITS is not a source of this audience', 'SOURCE_ROW_LEVEL'],
    ['223', 'invalid_config', 'archive cannot be refreshed incrementally', 'DESTINATIONS'],
  ])('advertiser %s has the reason %s', (advertiserId, reason, detail, failing) => {
    const refusals = plan.notDelivered.filter(({ config }) => config.advertiserId === advertiserId);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]?.reason).toBe(reason);
    expect(refusals[0]?.detail).toContain(detail);
    const rules = refusals[0]?.rules ?? [];
    expect(rules.map(({ rule }) => rule)).toEqual([...READINESS_RULES]);
    expect(statusOf(rules, failing)).toBe('FAIL');
    expect(rules.every((rule) => rule.detail !== '')).toBe(true);
    expect(plan.deliveries.map(({ candidate }) => candidate.config.advertiserId)).not.toContain(advertiserId);
  });

  test('every rule that can be told is told, not only the first that fails', () => {
    const both = plan.notDelivered.find(({ config }) => config.advertiserId === '203');
    expect(statusOf(both?.rules ?? [], 'DELIVERY_ON')).toBe('FAIL');
    expect(statusOf(both?.rules ?? [], 'TYPES_OVERLAP')).toBe('PASS');
    expect(statusOf(both?.rules ?? [], 'SOURCE_ROWS')).toBe('NOT_CHECKED');
  });

  test('every configured advertiser is in the plan, delivered or not, and one without a row is not', () => {
    const told = [
      ...plan.deliveries.map(({ candidate }) => candidate.config.advertiserId),
      ...plan.notDelivered.map(({ config }) => config.advertiserId),
    ];
    expect([...new Set(told)].sort()).toEqual(CONFIGS.map((row) => String(row.ADVERTISER_ID)).sort());
  });

  test('a source table that is not there is named', async () => {
    const { notDelivered } = await planWith('no-liveramp.yaml', { advertiserId: '222' });
    expect(notDelivered).toMatchObject([
      { reason: 'source_missing', detail: 'missing in the warehouse: LIVERAMP_IMPRESSION_LOG' },
    ]);
  });

  test('a stale source stops a delivery where the policy says so, and is a warning where it does not', async () => {
    const at = new Date('2026-02-25T12:00:00Z');
    const strict = await planWith('strict.yaml', { at, advertiserId: '100' });
    expect(strict.deliveries).toEqual([]);
    expect(strict.notDelivered.map(({ reason }) => reason)).toEqual([
      'source_stale',
      'source_stale',
      'source_stale',
      'destination_disabled',
    ]);
    expect(strict.notDelivered[0]?.detail).toBe('the newest row of AD_IMPRESSION_LOG_V2 is of 2026-02-17');
    const lenient = await planWith('aquarius.yaml', { at, advertiserId: '100', destination: 'archive' });
    expect(lenient.deliveries.map(({ rules }) => statusOf(rules, 'SOURCE_FRESH'))).toEqual(['WARN']);
    // Three days are not stale yet.
    const fresh = await planWith('strict.yaml', { at: new Date('2026-02-20T10:00:00Z'), advertiserId: '100' });
    expect(fresh.deliveries).toHaveLength(3);
  });
});

describe('what is delivered', () => {
  const ready = ({ rules }: PlannedDelivery) => rules.map(({ rule, status }) => `${rule} ${status}`);

  test('several destinations and segments of one advertiser are deliveries of their own, each with its look-back', async () => {
    const { deliveries, notDelivered } = await planWith('aquarius.yaml', { advertiserId: '100' });
    expect(
      deliveries.map(({ candidate, segmentId, segmentName, counts }) => [
        candidate.entry.destination,
        segmentId,
        segmentName,
        counts.identifiers.GAID,
      ]),
    ).toEqual([
      ['archive', '1480_100', '1480_100', 4],
      ['archive', 'LAST_WEEK', 'LAST_WEEK', 3],
      ['vault', 'EVER', 'Everybody', 5],
    ]);
    expect(new Set(deliveries.map(({ deliveryId }) => deliveryId)).size).toBe(3);
    expect(notDelivered.map(({ destination, reason }) => [destination, reason])).toEqual([['vault', 'destination_disabled']]);
    expect(deliveries.map(({ rules }) => rules.find(({ rule }) => rule === 'LOOKBACK')?.detail)).toEqual([
      '30 days',
      '7 days',
      'never expires',
    ]);
    for (const delivery of deliveries) expect(ready(delivery)).toEqual(READINESS_RULES.map((rule) => `${rule} PASS`));
  });

  test('a plan narrowed to a destination has nothing of the others', async () => {
    const { deliveries, notDelivered } = await planWith('aquarius.yaml', { advertiserId: '100', destination: 'vault' });
    expect(deliveries.map(({ segmentId }) => segmentId)).toEqual(['EVER']);
    expect(notDelivered).toHaveLength(1);
    await expect(planWith('aquarius.yaml', { agencyId: '1481' })).rejects.toMatchObject({
      kind: 'config',
      code: 'advertiser_unknown',
    });
  });

  test('a split audience is a segment for each insertion order; a small one is left out by name, and so is none at all', async () => {
    const { deliveries, notDelivered } = await planWith('aquarius.yaml', { advertiserId: '101' });
    expect(deliveries.map(({ segmentId, counts }) => [segmentId, counts.written])).toEqual([
      ['ORDERS_IO-LARGE', 3],
      ['ORDERS__none', 2],
    ]);
    expect(notDelivered.map(({ segmentId, reason, detail }) => [segmentId, reason, detail])).toEqual([
      ['ORDERS_IO-SMALL', 'below_minimum', '1 identifiers, 2 needed'],
    ]);
    expect(notDelivered[0]?.rules.map(({ rule }) => rule)).toEqual([...READINESS_RULES]);
  });

  test('a cron cadence has the slot of its last wall-clock time, and says when the next one is', async () => {
    const { deliveries } = await planWith('aquarius.yaml', { advertiserId: '102' });
    const [candidate] = deliveries.map((delivery) => delivery.candidate);
    // Tuesday 05:30 in New York, five hours behind UTC in February.
    expect(candidate?.slot).toEqual({ id: '2026-02-17T10:30:00Z', dueAt: new Date('2026-02-17T10:30:00Z') });
    expect(candidate?.next.id).toBe('2026-02-24T10:30:00Z');
    expect(candidate?.past).toBe(false);
  });

  test('a missing secret is a warning in the plan: the files are made all the same', async () => {
    const { deliveries } = await planWith('aquarius.yaml', { advertiserId: '103' });
    expect(deliveries.map(({ rules }) => rules.find(({ rule }) => rule === 'CREDENTIALS'))).toEqual([
      { rule: 'CREDENTIALS', status: 'WARN', detail: 'The secret env:NOT_SET is not set.' },
    ]);
  });
});

describe('a slot asked for by name', () => {
  test('of an earlier week makes a run that says it is late, beside the current one', async () => {
    const progress = { step: () => {}, share: () => {}, amount: () => {} };
    await withResource(openProject(project, { at: AT }), async (app) => {
      const engine = await app.engine();
      const narrow = { at: AT, advertiserId: '100', destination: 'vault', force: false };
      const hooks = { onRun: () => progress };
      const earlier = await deliver(engine, { ...narrow, slot: '2026-W07' }, hooks);
      const current = await deliver(engine, narrow, hooks);
      expect([...earlier.runs, ...current.runs].map(({ run }) => [run.slot, run.late, run.state])).toEqual([
        ['2026-W07', true, 'delivered'],
        ['2026-W08', false, 'delivered'],
      ]);
      const again = await deliver(engine, { ...narrow, slot: '2026-W07' }, hooks);
      expect(again.runs).toEqual([]);
      expect(again.upToDate).toHaveLength(1);
    });
  });

  test.each([
    ['2026-W09', 'slot_not_due'],
    ['2026-W54', 'slot_invalid'],
    ['2026-02-17', 'slot_invalid'],
  ])('%s is refused with %s', async (slot, code) => {
    expect(await failureOf(planWith('aquarius.yaml', { advertiserId: '100', slot }))).toMatchObject({ kind: 'config', code });
  });
});
