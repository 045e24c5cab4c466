import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '../src/admin/audit-entries.ts';
import { type PlatformType, platformOf } from '../src/admin/campaigns/campaign-key.ts';
import { importOptions } from '../src/admin/legacy/import-options.ts';
import { undoChange } from '../src/admin/undo-change.ts';
import { tablesOf } from '../src/app.ts';
import { type DeliveryTypeId, deliveryTypeOf, findDeliveryType } from '../src/config/legacy/delivery-type.ts';
import { raw } from '../src/lib/sql.ts';
import { type AdminWorld, adminWorld } from './support/admin-world.ts';
import { commandsOf } from './support/cli-here.ts';
import { makeProject, type Project } from './support/project.ts';
import { configRow, seed } from './support/seed.ts';

/** The import of the earlier system's options into the advertisers' configuration. */

const SETTINGS = `
destinations:
  liveramp-us: { type: liveramp-sftp, username: u, password: 'env:P', hostKeys: ['SHA256:${'A'.repeat(43)}'], folder: /uploads }
  facebook: { type: meta-custom-audience, adAccountId: '1', accessToken: 'env:P', createAudience: true, customerFileSource: PARTNER_PROVIDED_ONLY }
  xandr: { type: xandr-segments, enabled: true, memberId: 958, username: 'env:P', password: 'env:P', createSegment: true, ttlDays: 90 }
`;

type Fields = Readonly<Record<string, unknown>>;
let next = 0;
/** A row of DELIVERY_OPTION: one segment at LiveRamp, 30 days, merged. */
function option(advertiser: string, segment: string | null, more: Fields = {}): Fields {
  next += 1;
  return {
    ...{ DELIVERY_OPTION_ID: next, AGENCY_ID: '1480', ADVERTISER_ID: advertiser, SEGMENT_ID: segment, TYPE_ID: 52 },
    ...{ TIME_WINDOW_DAYS: 30, PUSH_MODE: 'MERGED', STATUS: 'ACTIVE', ...more },
  };
}
const named = (...advertisers: readonly string[]) => ({
  REF_AGENCY_ADVERTISER: advertisers.map((ADVERTISER_ID) => ({
    AGENCY_ID: '1480',
    ADVERTISER_ID,
    ADVERTISER_NAME: `A${ADVERTISER_ID}`,
  })),
});
const REQUEST = { destinations: {}, enable: false, isDryRun: false };

let world: AdminWorld;
beforeEach(async () => {
  world = await adminWorld({ settings: SETTINGS });
});
afterEach(() => world[Symbol.asyncDispose]());

async function importAll(more: Partial<typeof REQUEST> = {}, scope: 'all' | readonly string[] = 'all') {
  return importOptions(await world.context(scope), { ...REQUEST, ...more });
}

async function configOf(advertiser: string) {
  const [row] = await world.session.all(
    raw(`SELECT * FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG" WHERE "ADVERTISER_ID" = '${advertiser}'`),
  );
  return row === undefined
    ? null
    : {
        entries: JSON.parse(String(row.DELIVERY_DESTINATIONS)) as unknown,
        lookbackDays: row.DELIVERY_LOOKBACK_DAYS === null ? null : Number(row.DELIVERY_LOOKBACK_DAYS),
        isEnabled: row.DELIVERY_ENABLED,
        version: Number(row.CONFIG_VERSION),
      };
}

const reasonsOf = (groups: readonly { readonly reason: string; readonly options: number }[]) =>
  Object.fromEntries(groups.map(({ reason, options }) => [reason, options]));

describe('what maps', () => {
  test('types are destinations, the window is the look-back, the push mode is the mode', async () => {
    await world.load({
      ...named('1'),
      DELIVERY_OPTION_ALIAS: [{ ALIAS_ID: 7, AGENCY_ID: '1480', ALIAS_NAME: 'Spring drivers' }],
      DELIVERY_OPTION: [
        option('1', 'A', { TIME_WINDOW_DAYS: 90, ALIAS_ID: 7 }),
        option('1', 'B', { TYPE_ID: 8, TIME_WINDOW_DAYS: 90, PARTNER_SEGMENT_ID: '2385' }),
        option('1', 'C', { TYPE_ID: 23, TIME_WINDOW_DAYS: null, PUSH_MODE: 'SPLIT', PARTNER_SEGMENT_ID: '77' }),
      ],
    });
    const { report, created, updated } = await importAll();
    expect(report).toMatchObject({ options: 3, imported: 3, advertisers: 1, entriesAdded: 3, conflicts: [], noPlace: [] });
    expect([created, updated]).toEqual([1, 0]);
    expect(await configOf('1')).toEqual({
      entries: [
        { destination: 'xandr', mode: 'split', segmentId: 'C', lookbackDays: null },
        { destination: 'liveramp-us', mode: 'merged', segmentId: 'A', segmentName: 'Spring drivers' },
        { destination: 'facebook', mode: 'merged', segmentId: 'B', partnerReference: '2385' },
      ],
      lookbackDays: 90,
      isEnabled: false,
      version: 1,
    });
  });

  test('a window that never ends is no look-back at all', async () => {
    await world.load({ ...named('1'), DELIVERY_OPTION: [option('1', 'A', { TIME_WINDOW_DAYS: null })] });
    await importAll();
    expect(await configOf('1')).toMatchObject({ entries: [{ segmentId: 'A' }], lookbackDays: null });
  });

  test('segments with the same settings become one, others with other settings a second', async () => {
    await world.load({
      ...named('1'),
      DELIVERY_OPTION: [
        ...['A', 'B', 'C'].map((segment) => option('1', segment)),
        ...['D', 'E'].map((segment) => option('1', segment, { TIME_WINDOW_DAYS: 60, PUSH_MODE: 'SPLIT' })),
      ],
    });
    const { report } = await importAll();
    expect(reasonsOf(report.decided)).toEqual({ segments_joined: 5, several_windows: 5, several_settings: 5 });
    expect(await configOf('1')).toMatchObject({
      entries: [
        { mode: 'merged', segmentId: '1480_1_30D' },
        { mode: 'split', segmentId: '1480_1_60D_SPLIT', lookbackDays: 60 },
      ],
      lookbackDays: 30,
    });
  });

  test('a segment that two advertisers have at a partner stays nobody’s, also where only one of their agencies is looked at', async () => {
    await world.load({
      ...named('1'),
      DELIVERY_OPTION: [
        option('1', 'SHARED', { PARTNER_SEGMENT_ID: '9' }),
        option('2', 'SHARED', { PARTNER_SEGMENT_ID: '9', AGENCY_ID: '7' }),
        option('1', 'OWN', { TYPE_ID: 8, PARTNER_SEGMENT_ID: '9' }),
      ],
    });
    await importAll({}, ['1480']);
    expect(await configOf('1')).toMatchObject({
      entries: [
        { destination: 'liveramp-us', mode: 'merged', segmentId: '1480_1_30D' },
        { destination: 'facebook', mode: 'merged', segmentId: 'OWN', partnerReference: '9' },
      ],
    });
  });

  test('an advertiser that is configured keeps what it has, and its look-back', async () => {
    await world.load({
      REF_ADVERTISER_CONFIG: [configRow('1', [{ destination: 'facebook', segmentId: 'own' }], { DELIVERY_LOOKBACK_DAYS: 45 })],
      DELIVERY_OPTION: [option('1', 'A'), option('1', 'B', { TYPE_ID: 8, TIME_WINDOW_DAYS: 60 })],
    });
    expect(await importAll()).toMatchObject({ created: 0, updated: 1 });
    expect(await configOf('1')).toMatchObject({
      entries: [
        { destination: 'facebook', segmentId: 'own' },
        { destination: 'liveramp-us', segmentId: 'A', lookbackDays: 30 },
        { destination: 'facebook', segmentId: 'B', lookbackDays: 60 },
      ],
      lookbackDays: 45,
      isEnabled: true,
    });
  });

  test('ids, numbers and words are read however they are spelt', async () => {
    await world.load({
      ...named('1'),
      DELIVERY_OPTION: [
        option(' 1 ', ' A ', {
          AGENCY_ID: '1480.0',
          TYPE_ID: '52.0',
          TIME_WINDOW_DAYS: '90.0',
          PUSH_MODE: ' split ',
          STATUS: ' active',
        }),
      ],
    });
    expect((await importAll()).report).toMatchObject({ imported: 1 });
    expect(await configOf('1')).toMatchObject({ entries: [{ mode: 'split', segmentId: 'A' }], lookbackDays: 90 });
  });
});

describe('what does not map', () => {
  test('is told by reason, and every option has one fate', async () => {
    await world.load({
      ...named('1'),
      REF_ADVERTISER_CONFIG: [
        configRow('2', [{ destination: 'liveramp-us', segmentId: 'K', mode: 'split' }]),
        configRow('3', [{ destination: 'liveramp-us', audience: 'NOBODY' }]),
      ],
      DELIVERY_OPTION: [
        option('1', 'OK'),
        option('1', 'TWICE'),
        option('1', 'TWICE', { TIME_WINDOW_DAYS: 60 }),
        option('1', 'T', { TYPE_ID: 9 }),
        option('1', 'W', { TIME_WINDOW_DAYS: 45 }),
        option('1', 'W0', { TIME_WINDOW_DAYS: 0 }),
        option('1', 'P', { PUSH_MODE: 'BOTH' }),
        option('1', 'S', { STATUS: 'DELETED' }),
        option('', 'N'),
        option('999', 'U'),
        option('2', 'K'),
        option('3', 'B'),
      ],
    });
    const { report, lines } = await importAll();
    expect(report).toMatchObject({ options: 12, imported: 1 });
    expect(reasonsOf(report.conflicts)).toEqual({ settings_differ: 2, configured_otherwise: 1 });
    expect(reasonsOf(report.noPlace)).toEqual({
      ...{ type_unknown: 1, window_unknown: 2, mode_unknown: 1, inactive: 1, no_advertiser: 1, advertiser_unknown: 1 },
      config_invalid: 1,
    });
    expect(lines.filter(({ reason }) => reason === 'window_unknown').map(({ detail }) => detail)).toEqual(['0', '45']);
    expect(lines.find(({ reason }) => reason === 'settings_differ')?.detail).toBe('30 days, 60 days, merged');
    expect(await configOf('1')).toMatchObject({ entries: [{ segmentId: 'OK' }] });
    expect(await configOf('2')).toMatchObject({ entries: [{ segmentId: 'K', mode: 'split' }], version: 1 });
    expect(await configOf('999')).toBeNull();
  });

  test('an inactive option contradicts nobody', async () => {
    await world.load({
      ...named('1'),
      DELIVERY_OPTION: [option('1', 'A'), option('1', 'A', { TIME_WINDOW_DAYS: 60, STATUS: 'INACTIVE' })],
    });
    const { report } = await importAll();
    expect(report).toMatchObject({ imported: 1, conflicts: [] });
    expect(await configOf('1')).toMatchObject({ entries: [{ segmentId: 'A' }], lookbackDays: 30 });
  });

  test('a partner without a destination has no place, and one with several waits for a choice', async () => {
    await using other = await adminWorld({
      settings: SETTINGS.replace(/ {2}xandr:.*\n/, '').replace(
        '  facebook:',
        '  facebook-2: { type: meta-custom-audience, adAccountId: "2", accessToken: "env:P", createAudience: true, customerFileSource: PARTNER_PROVIDED_ONLY }\n  facebook:',
      ),
    });
    await other.load({ ...named('1'), DELIVERY_OPTION: [option('1', 'A', { TYPE_ID: 8 }), option('1', 'B', { TYPE_ID: 23 })] });
    const ctx = await other.context();
    const { report } = await importOptions(ctx, { ...REQUEST, isDryRun: true });
    expect(reasonsOf(report.noPlace)).toEqual({ destination_ambiguous: 1, destination_missing: 1 });
    const chosen = await importOptions(ctx, { ...REQUEST, isDryRun: true, destinations: { Facebook: 'facebook-2' } });
    expect(chosen.lines.find(({ outcome }) => outcome === 'added')?.destination).toBe('facebook-2');
    await expect(importOptions(ctx, { ...REQUEST, destinations: { 9: 'facebook', 8: 'fcebook' } })).rejects.toMatchObject({
      code: 'destination_choice_invalid',
      problems: { length: 2 },
    });
  });

  test('without the table there is nothing to import from', async () => {
    await world.session.execute(raw('DROP TABLE "APP_DB"."DELIVERY_OPTION"'));
    const ctx = { ...(await world.context()), catalogue: await tablesOf(world.app) };
    await expect(importOptions(ctx, REQUEST)).rejects.toMatchObject({ code: 'legacy_missing' });
  });
});

describe('an import', () => {
  beforeEach(() =>
    world.load({
      ...named('1', '2'),
      REF_ADVERTISER_CONFIG: [configRow('3', [{ destination: 'facebook' }])],
      DELIVERY_OPTION: ['1', '2', '3'].flatMap((advertiser) => [option(advertiser, `A${advertiser}`), option(advertiser, null)]),
    }),
  );

  test('that is made again changes nothing', async () => {
    expect(await importAll()).toMatchObject({ created: 2, updated: 1, auditIds: { length: 1 } });
    const before = await world.session.all(raw('SELECT * FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG" ORDER BY ALL'));
    world.clock.move(86_400_000);
    const again = await importAll();
    expect(again).toMatchObject({ created: 0, updated: 0, auditIds: [] });
    expect(again.report).toMatchObject({ imported: 6, entriesAdded: 0, entriesPresent: 3 });
    expect(await world.session.all(raw('SELECT * FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG" ORDER BY ALL'))).toEqual(before);
    expect((await listAudit(await world.context(), { limit: 10, offset: 0 })).total).toBe(1);
  });

  test('that is tried out changes nothing, and says what would be', async () => {
    const tried = await importAll({ isDryRun: true });
    expect(await configOf('1')).toBeNull();
    expect((await listAudit(await world.context(), { limit: 10, offset: 0 })).total).toBe(0);
    const { auditIds: _ids, ...made } = await importAll();
    expect(tried).toMatchObject({ ...made, auditIds: [] });
  });

  test('switches delivery on only when that is asked for', async () => {
    await importAll({ enable: true });
    expect(await configOf('1')).toMatchObject({ isEnabled: true, version: 1 });
  });

  test('is in the audit log, and can be taken back', async () => {
    const before = await configOf('3');
    const { auditIds } = await importAll();
    const { entries } = await listAudit(await world.context(), { limit: 10, offset: 0 });
    expect(entries).toMatchObject([{ action: 'config.import_legacy', agencyId: '1480', advertiserIds: ['1', '2', '3'] }]);
    await undoChange(await world.context(), String(auditIds[0]));
    expect(await configOf('3')).toMatchObject({ entries: before?.entries, lookbackDays: 30 });
    // An advertiser that was made stays, and nothing is delivered for it.
    expect(await configOf('1')).toMatchObject({ isEnabled: false });
  });

  test('that fails at its end leaves nothing behind', async () => {
    await world.session.execute(raw('ALTER TABLE "BASE_TABLES"."CONFIG_AUDIT_LOG" RENAME TO "ELSEWHERE"'));
    await expect(importAll()).rejects.toThrow();
    expect(await configOf('1')).toBeNull();
  });

  test('of an agency leaves the others alone', async () => {
    expect(await importAll({}, ['9'])).toMatchObject({ created: 0, updated: 0, report: { options: 0 } });
    expect(await configOf('1')).toBeNull();
  });
});

describe('the API', () => {
  test('tries out unless it is told otherwise, and is for admins', async () => {
    await world.load({ ...named('1'), DELIVERY_OPTION: [option('1', 'A'), option('9', 'B')] });
    const tried = await world.call('POST', '/api/config/import-legacy', { dry_run: true });
    expect(tried).toMatchObject({
      status: 200,
      body: { data: { options: 2, imported: 1, created: 1, is_dry_run: true, audit_ids: [] } },
    });
    expect(tried.body.data.no_place).toMatchObject([
      { reason: 'advertiser_unknown', options: 1, examples: [{ advertiser_id: '9' }] },
    ]);
    expect(await configOf('1')).toBeNull();
    expect((await world.call('POST', '/api/config/import-legacy', { dry_run: true }, { role: 'operator' })).status).toBe(403);
    const made = await world.call('POST', '/api/config/import-legacy', { dry_run: false, destinations: { 52: 'liveramp-us' } });
    expect(made.body.data).toMatchObject({ created: 1, is_dry_run: false, audit_ids: { length: 1 } });
    expect(await configOf('1')).toMatchObject({ entries: [{ segmentId: 'A' }] });
    const refused = await world.call('POST', '/api/config/import-legacy', { dry_run: true, destinations: { 52: 'nowhere' } });
    expect(refused).toMatchObject({ status: 400, body: { error: { reason: 'destination_choice_invalid' } } });
  });

  test('sees the caller’s agencies alone', async () => {
    await world.load({ ...named('1'), DELIVERY_OPTION: [option('1', 'A')] });
    const { body } = await world.call('POST', '/api/config/import-legacy', { dry_run: false }, { agencies: ['9'] });
    expect(body.data).toMatchObject({ options: 0, created: 0 });
    expect(
      (await world.call('POST', '/api/config/import-legacy', { dry_run: true, agency_id: '1480' }, { agencies: ['9'] })).status,
    ).toBe(403);
  });
});

describe('the command', () => {
  let project: Project;
  beforeEach(async () => {
    project = makeProject(SETTINGS);
    await seed(project, new Date('2026-02-16T12:00:00Z'), {
      ...named('1'),
      DELIVERY_OPTION: [option('1', 'A'), option('1', 'W', { TIME_WINDOW_DAYS: 45 })],
    });
  });
  afterEach(() => project[Symbol.dispose]());

  const run = (...args: readonly string[]) => commandsOf(project).run(...args);
  const done = (...args: readonly string[]) => commandsOf(project).done(...args);

  test('shows the report first, writes it where it is told to, and needs a yes', async () => {
    const unasked = await run('config', 'import-legacy');
    expect(unasked).toMatchObject({ code: 78, stderr: expect.stringContaining('--yes') });
    expect(unasked.stdout).toContain('window_unknown');
    const { stdout } = await done('config', 'import-legacy', '--dry-run', '--report', 'report.csv', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ options: 2, imported: 1, created: 1, is_dry_run: true });
    expect(readFileSync(project.path('report.csv'), 'utf8').split('\n')).toEqual([
      'agency_id,advertiser_id,type,destination,segment_id,window,mode,options,segments,outcome,reason,detail',
      '1480,1,52,,,,,1,1,no_place,window_unknown,45',
      '1480,1,LiveRamp,liveramp-us,A,30 days,merged,1,1,added,,',
      '',
    ]);
    expect((await done('config', 'import-legacy', '--yes')).stdout).toContain('1 advertiser created');
    expect((await done('config', 'import-legacy', '--yes')).stdout).toContain('Nothing changed');
    expect((await done('config', 'show', '1480', '1')).stdout).toContain('"segmentId":"A"');
  }, 60_000);
});

test('types of delivery and platform types share numbers, and never stand for each other', () => {
  const platform = platformOf('8');
  const type = findDeliveryType('8')?.id;
  if (platform === null || type === undefined) throw new Error('8 is both');
  // @ts-expect-error: a platform type is no type of delivery
  const asType: DeliveryTypeId = platform;
  // @ts-expect-error: a type of delivery is no platform type
  const asPlatform: PlatformType = type;
  // @ts-expect-error: PT 8 is DV360, and would be delivered to Facebook
  expect(deliveryTypeOf(platform).name).toBe('Facebook');
  expect([String(asType), String(asPlatform)]).toEqual(['8', '8']);
  expect(['52', '8', '23'].map((id) => findDeliveryType(id)?.name)).toEqual(['LiveRamp', 'Facebook', 'Xandr']);
});
