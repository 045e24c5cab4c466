import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConfigCheck, getConfig, importConfigs, listConfigs, setConfig } from '../src/config/advertiser-config-store.ts';
import { parseAssignments } from '../src/config/assignments.ts';
import { readConfigFile } from '../src/config/config-file.ts';
import { exportConfigs } from '../src/config/export-configs.ts';
import { AquariusError } from '../src/errors.ts';
import { clockAt } from '../src/lib/clock.ts';
import { raw, sql } from '../src/lib/sql.ts';
import { bindCatalogue, type Catalogue } from '../src/warehouse/catalogue.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';

/** Whatever the settings have. */
const anything: ConfigCheck = () => [];

const clock = clockAt(new Date('2026-02-16T06:00:00Z'));
const KEY = { agencyId: '1480', advertiserId: '4711' };
const DESTINATIONS = '[{"destination":"liveramp-us","segmentId":"1480_4711_30D","identifiers":["IDFA","GAID"]}]';

let folder: string;
let warehouse: Warehouse;
let session: Session;
let catalogue: Catalogue;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aquarius-config-store-'));
  warehouse = await openDuckDB({ path: ':memory:', readOnly: false });
  session = await warehouse.session();
  await createTables(session);
  catalogue = await bindCatalogue(session, {});
});
afterEach(async () => {
  await session[Symbol.asyncDispose]();
  await warehouse[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const run = (text: string) => session.execute(raw(text));
const set = (...words: string[]) => setConfig(session, catalogue, KEY, parseAssignments(words), clock, anything);

async function refusal(work: () => unknown): Promise<AquariusError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AquariusError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const said = (error: AquariusError) => error.problems.map(({ path, message }) => `${path}: ${message}`);

function file(name: string, text: string) {
  writeFileSync(join(folder, name), text);
  return readConfigFile(join(folder, name));
}

const importText = async (name: string, text: string) =>
  importConfigs(session, catalogue, await file(name, text), clock, anything);

describe('setConfig', () => {
  test('makes a row with the defaults for an advertiser that has none, and says so', async () => {
    const change = await set('delivery.enabled=true', `DELIVERY_DESTINATIONS=${DESTINATIONS}`);
    expect(change.before).toBeNull();
    expect(change.note).toContain('PCM_4KEY');
    expect(change.after).toMatchObject({
      ...KEY,
      status: 'ACTIVE',
      joinStrategy: 'PCM_4KEY',
      deliveryEnabled: true,
      cadence: 'WEEKLY',
      lookbackDays: 30,
      attributionWindowDays: 30,
      configVersion: 1,
      problems: [],
      destinations: [{ destination: 'liveramp-us', segmentId: '1480_4711_30D', identifiers: ['IDFA', 'GAID'] }],
    });
    expect(await listConfigs(session, catalogue)).toEqual([change.after]);
    const [row] = await session.all(sql`SELECT "UPDATED_AT", "CREATED_AT" FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG"`);
    expect([row?.UPDATED_AT, row?.CREATED_AT]).toEqual([clock.now(), clock.now()]);
  });

  test("a new advertiser gets its agency's strategy when all active advertisers share it", async () => {
    const strategyOf = async (advertiserId: string) =>
      (await setConfig(session, catalogue, { agencyId: '1', advertiserId }, parseAssignments(['cadence=DAILY']), clock, anything))
        .after.joinStrategy;
    await importText(
      'a.csv',
      'agency_id,advertiser_id,status,strategy\n1,10,ACTIVE,ADM_PREFIX\n1,11,ACTIVE,ADM_PREFIX\n1,12,INACTIVE,DIRECT_AG\n2,10,ACTIVE,DIRECT_AG\n',
    );
    expect(await strategyOf('13')).toBe('ADM_PREFIX');
    await setConfig(
      session,
      catalogue,
      { agencyId: '1', advertiserId: '12' },
      parseAssignments(['status=ACTIVE']),
      clock,
      anything,
    );
    expect(await strategyOf('14')).toBe('PCM_4KEY');
  });

  test('changes what is asked for, raises the version, and leaves everything else', async () => {
    await set('displayName=Acme', 'lookbackDays=90');
    const change = await set(
      'DELIVERY_LOOKBACK_DAYS=null',
      'deliveryCadence=cron 0 6 * * mon tz=America/New_York',
      'displayName=Acme',
    );
    expect(change.changed).toEqual(['DELIVERY_LOOKBACK_DAYS', 'DELIVERY_CADENCE']);
    expect([change.before?.lookbackDays, change.before?.configVersion]).toEqual([90, 1]);
    expect(change.after).toMatchObject({
      lookbackDays: null,
      cadence: 'CRON 0 6 * * MON TZ=America/New_York',
      displayName: 'Acme',
      configVersion: 2,
    });
  });

  test('writing what is there already changes nothing, however it is spelt', async () => {
    await set(`destinations=${DESTINATIONS}`, 'lookback=30');
    const again = await set(
      'delivery_lookback_days=30.0',
      `destinations= ${DESTINATIONS.replaceAll(':', ' : ')}`,
      'cadence=weekly',
      'deliveryEnabled=N',
    );
    expect([again.changed, again.after.configVersion, again.note]).toEqual([[], 1, null]);
  });

  test('every mistake is reported, and nothing is written', async () => {
    await set('lookback=30');
    const error = await refusal(() =>
      set(
        'lookbackDays=400',
        'status=ACTIV',
        'cadence=HOURLY',
        'windowDays=0',
        'deliveryEnabled=true',
        'destinations=[{"destnation":"x"}]',
      ),
    );
    expect([error.kind, error.code]).toEqual(['config', 'config_invalid']);
    expect(said(error)).toEqual([
      'DELIVERY_LOOKBACK_DAYS: must be a whole number from 1 to 365, or null for never expires',
      'CONFIG_STATUS: must be one of ACTIVE, INACTIVE, PENDING',
      'DELIVERY_CADENCE: The cadence cannot be read',
      'ATTRIBUTION_WINDOW_DAYS: must be a whole number from 1 to 90',
      'DELIVERY_DESTINATIONS[0].destnation: unknown setting',
    ]);
    expect(await getConfig(session, catalogue, KEY)).toMatchObject({ deliveryEnabled: false, configVersion: 1 });
  });

  test('B12 counts are not accepted, flags may not contradict them, and lists are counted', async () => {
    const counted = await refusal(() => set('segmentCount=5'));
    expect([counted.code, said(counted)]).toEqual([
      'assignment_invalid',
      ['segmentCount: is kept by the program and cannot be set'],
    ]);
    await set('platformTypeIds=9, 23,9');
    await run(`UPDATE "BASE_TABLES"."REF_ADVERTISER_CONFIG" SET "SEGMENT_COUNT" = 0, "CAMPAIGN_MAPPING_COUNT" = 2`);
    const contradicted = await refusal(() => set('hasStoreVisitAttribution=true', 'hasImpressionTracking=true'));
    expect(said(contradicted)).toEqual(['HAS_STORE_VISIT_ATTRIBUTION: contradicts SEGMENT_COUNT, which is 0']);
    expect((await set('hasImpressionTracking=true')).after.row).toMatchObject({ PLATFORM_TYPE_IDS: '9,23', PLATFORM_COUNT: 2n });
  });

  test('S6 a match strategy of the earlier system stays, but is not set anew', async () => {
    await set('matchStrategy=HOUSEHOLD');
    expect(said(await refusal(() => set('matchStrategy=MAID_PRIORITY')))).toEqual([
      'MATCH_STRATEGY: MAID_PRIORITY is kept where it is and not set anew',
    ]);
    await run(`UPDATE "BASE_TABLES"."REF_ADVERTISER_CONFIG" SET "MATCH_STRATEGY" = 'MAID_PRIORITY'`);
    expect((await set('matchStrategy=MAID_PRIORITY', 'cadence=DAILY')).after.matchStrategy).toBe('MAID_PRIORITY');
  });

  test('a name with quotes and tags is stored as it is', async () => {
    const name = `O'Neil "& Sons" <b>; DROP TABLE x`;
    expect((await set(`displayName=${name}`)).after.displayName).toBe(name);
    expect((await getConfig(session, catalogue, KEY))?.displayName).toBe(name);
  });

  test('two rows for one advertiser are a problem when read and refused when written', async () => {
    await set('cadence=DAILY');
    await run(`INSERT INTO "BASE_TABLES"."REF_ADVERTISER_CONFIG" SELECT * FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG"`);
    expect((await listConfigs(session, catalogue)).map(({ problems }) => problems[0]?.message)).toEqual([
      'has 2 rows',
      'has 2 rows',
    ]);
    expect((await refusal(() => set('cadence=WEEKLY'))).code).toBe('config_duplicate');
  });
});

describe('parseAssignments', () => {
  test('names every word that cannot be used, with what was meant', async () => {
    const error = await refusal(() =>
      parseAssignments(['lokbackDays=30', 'DELIVERY_ENABLED', 'cadence=DAILY', 'delivery_cadence=WEEKLY']),
    );
    expect([error.kind, error.code]).toEqual(['config', 'assignment_invalid']);
    expect(error.problems).toEqual([
      { path: 'lokbackDays', message: 'unknown column', hint: 'Did you mean lookbackDays?' },
      { path: 'DELIVERY_ENABLED', message: 'is not an assignment', hint: expect.stringContaining('column=value') },
      { path: 'delivery_cadence', message: 'sets DELIVERY_CADENCE a second time' },
    ]);
    expect((await refusal(() => parseAssignments([]))).message).toBe('There is nothing to change.');
  });

  test('a value keeps what follows its first equals sign', async () => {
    expect([...parseAssignments(['cadence=CRON 0 6 * * 1 TZ=UTC']).values()]).toEqual(['CRON 0 6 * * 1 TZ=UTC']);
  });
});

describe('importConfigs and exportConfigs', () => {
  const CSV =
    `Agency_Id,ADVERTISER_ID,deliveryEnabled,DELIVERY_CADENCE,DELIVERY_LOOKBACK_DAYS,DELIVERY_DESTINATIONS,ADVERTISER_DISPLAY_NAME
1480,4711,TRUE,WEEKLY,null,"[{""destination"":""liveramp-us""}]","Acme, Inc."
1480,4712,,,,,
2298,4711,true,CRON 0 6 * * 1 TZ=UTC,7,,"two
lines?"
`.replace('two\nlines?', 'one line');

  test('a CSV file is imported row by row; empty cells leave a column, null empties it', async () => {
    const { changes, ...counts } = await importText('config.csv', `\uFEFF${CSV.replaceAll('\n', '\r\n')}`);
    expect(counts).toEqual({ created: 3, updated: 0, unchanged: 0 });
    expect(
      changes.map(({ after }) => [after.agencyId, after.advertiserId, after.lookbackDays, after.cadence, after.displayName]),
    ).toEqual([
      ['1480', '4711', null, 'WEEKLY', 'Acme, Inc.'],
      ['1480', '4712', 30, 'WEEKLY', null],
      ['2298', '4711', 7, 'CRON 0 6 * * 1 TZ=UTC', 'one line'],
    ]);
  });

  test('importing again changes nothing; importing a change touches that row alone', async () => {
    await importText('config.csv', CSV);
    expect(await importText('config.csv', CSV)).toEqual({ created: 0, updated: 0, unchanged: 3, changes: [] });
    const { created, updated, unchanged, changes } = await importText('config.csv', CSV.replace(',7,', ',8,'));
    expect([created, updated, unchanged]).toEqual([0, 1, 2]);
    expect(changes[0]).toMatchObject({
      changed: ['DELIVERY_LOOKBACK_DAYS'],
      before: { lookbackDays: 7 },
      after: { lookbackDays: 8, configVersion: 2 },
    });
    expect((await listConfigs(session, catalogue)).map(({ configVersion }) => configVersion)).toEqual([1, 1, 2]);
  });

  test.each(['csv', 'json'] as const)(
    'what is exported as %s imports back without a change, odd rows included',
    async (format) => {
      await importText('config.csv', CSV);
      await run(`INSERT INTO "BASE_TABLES"."REF_ADVERTISER_CONFIG" ("AGENCY_ID", "ADVERTISER_ID", "CONFIG_STATUS", "MATCH_STRATEGY", "DELIVERY_CADENCE",
      "DELIVERY_DESTINATIONS", "DELIVERY_LOOKBACK_DAYS", "CLIENT_IDENTIFIER", "REPORT_TYPE_IDS", "EXPOSURE_SOURCE", "ATTRIBUTION_WINDOW_DAYS", "HAS_WEB_VISIT_ATTRIBUTION")
      VALUES (' 9 ', '1.0', 'active', 'MAID_PRIORITY', 'SOMETIMES', '[{"destination":"x","segmentId":12345678901234567890,"bad":1}]', 0, ' "quoted", ', '3, 1', 'TV', NULL, TRUE),
             ('9', '2', NULL, NULL, NULL, '[ {"segmentId" : 5, "destination":"x"} ]', NULL, NULL, NULL, NULL, 90, FALSE)`);
      const before = await listConfigs(session, catalogue);
      const text = await exportConfigs(session, catalogue, format);
      expect(await importText(`out.${format}`, text)).toEqual({ created: 0, updated: 0, unchanged: 5, changes: [] });
      expect(await listConfigs(session, catalogue)).toEqual(before);
    },
  );

  test('an export moves configurations to another warehouse', async () => {
    await importText('config.csv', CSV);
    const text = await exportConfigs(session, catalogue, 'json', { agencyId: '1480' });
    expect(JSON.parse(text)).toMatchObject([
      { AGENCY_ID: '1480', DELIVERY_DESTINATIONS: [{ destination: 'liveramp-us' }], DELIVERY_LOOKBACK_DAYS: null },
      {},
    ]);
    await run(`DELETE FROM "BASE_TABLES"."REF_ADVERTISER_CONFIG"`);
    expect(await importText('out.json', text)).toMatchObject({ created: 2 });
    expect(await exportConfigs(session, catalogue, 'json')).toBe(text);
  });

  test('every bad row and column is reported with its row, and nothing is written', async () => {
    const error = await refusal(() =>
      importText(
        'bad.csv',
        `AGENCY_ID,ADVERTISER_ID,DELIVERY_ENABLED,DELIVERY_LOOKBACK_DAYS,DELIVERY_DESTINATIONS
1,1,TRUE,30,[]
1,2,maybe,400,[]
1,3,TRUE
,4,TRUE,30,[]
1,1,TRUE,30,[]

1,5,TRUE,30,"[{""destination"":""x"",""identifers"":[]}]"
`,
      ),
    );
    expect([error.kind, error.code]).toEqual(['config', 'config_invalid']);
    expect(error.problems.map(({ path, line, message }) => `${line} ${path}: ${message}`)).toEqual([
      '3 row 3, DELIVERY_ENABLED: must be true or false',
      '3 row 3, DELIVERY_LOOKBACK_DAYS: must be a whole number from 1 to 365, or null for never expires',
      '4 row 4: has 3 cells, the header has 5',
      '5 row 5, AGENCY_ID: is not an id',
      '6 row 6: is for the agency and advertiser of row 2',
      '8 row 8, DELIVERY_DESTINATIONS[0].identifers: unknown setting',
    ]);
    expect(await listConfigs(session, catalogue)).toEqual([]);
  });

  test.each([
    ['x.csv', 'AGENCY_ID,ADVERTISER_ID,DELIVERY_CADANCE\n', ['DELIVERY_CADANCE: unknown column']],
    [
      'x.csv',
      'AGENCY_ID,CONFIG_VERSION,agency_id\n',
      [
        'CONFIG_VERSION: is kept by the program and cannot be set',
        'agency_id: names a column a second time',
        'ADVERTISER_ID: is missing in the header',
      ],
    ],
    ['x.csv', 'AGENCY_ID,ADVERTISER_ID\n1,"2\n', [': a quote is never closed']],
    ['x.csv', '', [': is empty']],
    ['x.json', '{}', [': is not an array of objects']],
    ['x.json', '[', [': is not valid JSON']],
    ['x.json', '[{"agencyId":1,"advertiserId":2,"cadance":"DAILY"}]', ['row 1, cadance: unknown column']],
  ])('%s with %j is refused as a whole', async (name, text, problems) => {
    const error = await refusal(() => file(name, text));
    expect([error.kind, error.code, said(error)]).toEqual(['config', 'config_file_invalid', problems]);
  });

  test('JSON rows are counted from 1, and one that is no object or says a thing twice is reported', async () => {
    const text =
      '[{"agencyId":1480,"advertiserId":12345678901234567890,"cadence":"DAILY"}, 7, {"agencyId":1,"AGENCY_ID":2}, {"agencyId":3}]';
    expect(said(await refusal(() => importText('x.json', text)))).toEqual([
      'row 2: is not an object',
      'row 3: has AGENCY_ID a second time',
      'row 4, ADVERTISER_ID: is not an id',
    ]);
    await importText('x.json', `${text.slice(0, text.indexOf(', 7'))}]`);
    expect(await getConfig(session, catalogue, { agencyId: '1480', advertiserId: '12345678901234567890' })).toMatchObject({
      cadence: 'DAILY',
    });
  });

  test('a file that is not there, or of another kind, is refused', async () => {
    expect((await refusal(() => readConfigFile(join(folder, 'nope.csv')))).code).toBe('config_file_unreadable');
    expect((await refusal(() => file('x.xlsx', ''))).code).toBe('config_file_invalid');
  });
});

describe("a site's own table", () => {
  test('other names, number keys, text flags and absent columns are read and written', async () => {
    await run('CREATE SCHEMA "ADMIN"');
    await run(`CREATE TABLE "ADMIN"."CFG" ("Agency_Id" INTEGER, "ADVERTISER_ID" DOUBLE, "CONFIG_STATUS" VARCHAR, "DELIVERY_ENABLED" VARCHAR,
      "CADENCE" VARCHAR, "DELIVERY_DESTINATIONS" VARCHAR)`);
    await run(
      `INSERT INTO "ADMIN"."CFG" VALUES (1480, 4711, 'ACTIVE', 'FALSE', 'DAILY', '[]'), (1480, 47110, 'ACTIVE', 'Y', NULL, NULL)`,
    );
    catalogue = await bindCatalogue(session, {
      REF_ADVERTISER_CONFIG: { schema: 'ADMIN', name: 'CFG', columns: { AGENCY_ID: 'Agency_Id', DELIVERY_CADENCE: 'CADENCE' } },
    });
    expect(await getConfig(session, catalogue, KEY)).toMatchObject({
      ...KEY,
      cadence: 'DAILY',
      deliveryEnabled: false,
      lookbackDays: 30,
    });
    expect((await set('deliveryEnabled=true', 'cadence=MONTHLY')).after).toMatchObject({
      deliveryEnabled: true,
      cadence: 'MONTHLY',
    });
    expect(said(await refusal(() => set('lookbackDays=7')))).toEqual(['DELIVERY_LOOKBACK_DAYS: is not a column of the table']);
    const made = await setConfig(
      session,
      catalogue,
      { agencyId: '1480', advertiserId: '5' },
      parseAssignments(['cadence=DAILY']),
      clock,
      anything,
    );
    expect(made.after).toMatchObject({ advertiserId: '5', status: 'ACTIVE', problems: [] });
    expect((await listConfigs(session, catalogue, { agencyId: '1480' })).map(({ advertiserId }) => advertiserId)).toEqual([
      '5',
      '4711',
      '47110',
    ]);
  });

  test('a table in files is read and never written', async () => {
    writeFileSync(join(folder, 'config.csv'), 'AGENCY_ID,ADVERTISER_ID,CONFIG_STATUS,DELIVERY_ENABLED\n1480,4711,ACTIVE,TRUE\n');
    catalogue = await bindCatalogue(session, { REF_ADVERTISER_CONFIG: { files: [join(folder, 'config.csv')] } });
    expect(await getConfig(session, catalogue, KEY)).toMatchObject({
      status: 'ACTIVE',
      deliveryEnabled: true,
      lookbackDays: 30,
      cadence: 'WEEKLY',
    });
    const error = await refusal(() => set('cadence=DAILY'));
    expect([error.kind, error.code]).toEqual(['config', 'config_read_only']);
    expect((await refusal(() => importText('x.csv', 'AGENCY_ID,ADVERTISER_ID\n'))).code).toBe('config_read_only');
  });

  test('a warehouse without the table is told so', async () => {
    await run('DROP TABLE "BASE_TABLES"."REF_ADVERTISER_CONFIG"');
    catalogue = await bindCatalogue(session, {});
    expect((await refusal(() => listConfigs(session, catalogue))).code).toBe('config_table_missing');
  });
});

test('changed destinations are checked against the settings, and nothing is written when they lack something', async () => {
  const lacking: ConfigCheck = () => [{ path: 'DELIVERY_DESTINATIONS[0].destination', message: 'nope is not a destination' }];
  const changes = parseAssignments(['deliveryDestinations=[{"destination":"nope"}]']);
  await expect(
    setConfig(session, catalogue, { agencyId: '1', advertiserId: '77' }, changes, clock, lacking),
  ).rejects.toMatchObject({
    code: 'config_invalid',
    problems: [{ path: 'DELIVERY_DESTINATIONS[0].destination' }],
  });
  expect(await getConfig(session, catalogue, { agencyId: '1', advertiserId: '77' })).toBeNull();
});
