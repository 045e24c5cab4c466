import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeNameIndex } from '../src/admin/advertisers/name-index.ts';
import type { WriteContext } from '../src/admin/context.ts';
import { importOptions } from '../src/admin/legacy/import-options.ts';
import { openSettings } from '../src/app.ts';
import { systemClock } from '../src/lib/clock.ts';
import { compile } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { errorOutput } from '../src/shapes/shapes.ts';
import { bindCatalogue } from '../src/warehouse/catalogue.ts';
import { createTable } from '../src/warehouse/ddl.ts';
import { openSnowflake } from '../src/warehouse/snowflake/snowflake.ts';
import { findTable } from '../src/warehouse/tables.ts';
import { type SnowflakeServer, startSnowflake } from './snowflake/server.ts';
import { commandsOf } from './support/cli-here.ts';
import { makeProject, type Project } from './support/project.ts';
import { optionsFor, warehouseSection } from './support/snowflake-warehouse.ts';

/** Moving from an account: its configuration into the embedded warehouse, and the earlier system's options within it. */

const DESTINATIONS = `
destinations:
  archive: { type: folder, path: archive }
  liveramp-us: { type: liveramp-sftp, username: u, password: 'env:P', hostKeys: ['SHA256:${'A'.repeat(43)}'], folder: /uploads }
`;
const CONFIG = '"BASE_TABLES"."ADVERTISERS"';

let server: SnowflakeServer;
let project: Project;
beforeAll(async () => {
  server = await startSnowflake({ database: 'ADTECH', schemas: ['AQUARIUS', 'BASE_TABLES', 'APP_DB'] });
  // A site's own table: another name, ids as numbers, one column called otherwise, one of ours not there.
  await server.run(`CREATE TABLE ${CONFIG} (AGENCY_ID NUMBER(38,0), ADVERTISER_ID NUMBER(38,0), CONFIG_STATUS VARCHAR,
    EXPOSURE_SOURCE VARCHAR, IMPRESSION_JOIN_STRATEGY VARCHAR, MATCH_STRATEGY VARCHAR, ATTRIBUTION_WINDOW_DAYS NUMBER(38,0),
    HAS_IMPRESSION_TRACKING BOOLEAN, CAMPAIGN_MAPPING_COUNT NUMBER(38,0), NAME_SHOWN VARCHAR, DELIVERY_ENABLED BOOLEAN,
    DELIVERY_DESTINATIONS VARCHAR, DELIVERY_CADENCE VARCHAR, DELIVERY_LOOKBACK_DAYS NUMBER(38,0))`);
});
afterAll(() => server[Symbol.asyncDispose]());

beforeEach(async () => {
  project = makeProject(DESTINATIONS);
  project.write('key.pem', server.privateKeyPem);
  project.write('snowflake.yaml', settings());
  await server.run(`DELETE FROM ${CONFIG}`);
});
afterEach(() => project[Symbol.dispose]());

function settings(): string {
  return `${warehouseSection(server, { database: 'ADTECH', schema: 'AQUARIUS' })}
tables:
  REF_ADVERTISER_CONFIG: { schema: BASE_TABLES, name: ADVERTISERS, columns: { ADVERTISER_DISPLAY_NAME: NAME_SHOWN } }
`;
}

const put = (...rows: readonly string[]) => server.run(`INSERT INTO ${CONFIG} VALUES ${rows.join(', ')}`);
const ACE = `(1480, 4711, 'ACTIVE', 'IMPRESSION', 'PCM_4KEY', 'MAID_PRIORITY', 14, TRUE, 3, 'Ace', TRUE,
  '[{"destination":"archive","segmentId":"S1"}]', 'DAILY', NULL)`;
const BEE = `(1480, 9007199254740993, 'INACTIVE', NULL, 'ADM_PREFIX', NULL, 30, FALSE, 0, NULL, FALSE, '[]', 'WEEKLY', 60)`;

const run = (...args: readonly string[]) => commandsOf(project).run(...args);
const done = (...args: readonly string[]) => commandsOf(project).done(...args);
const imported = (...more: readonly string[]) => done('config', 'import', '--from-snowflake', 'snowflake.yaml', ...more);

describe('config import --from-snowflake', () => {
  test('takes every row, and a second time changes nothing', async () => {
    await put(ACE, BEE);
    expect((await imported('--yes', '--json')).json()).toMatchObject({ created: 2, updated: 0, unchanged: 0 });
    const shown = (await done('config', 'show', '1480', '4711', '--json')).json();
    expect(shown).toMatchObject({
      ...{ displayName: 'Ace', status: 'ACTIVE', cadence: 'DAILY', lookbackDays: null, deliveryEnabled: true },
      ...{ attributionWindowDays: 14, matchStrategy: 'HOUSEHOLD', problems: [] },
    });
    // An id beyond what a double holds keeps its digits.
    expect((await done('config', 'show', '1480', '9007199254740993', '--json')).json()).toMatchObject({
      ...{ status: 'INACTIVE', joinStrategy: 'ADM_PREFIX', lookbackDays: 60, deliveryEnabled: false },
    });
    expect((await imported('--yes', '--json')).json()).toMatchObject({ created: 0, updated: 0, unchanged: 2, changes: [] });
  }, 30_000);

  test('shows the differences first, and needs a yes', async () => {
    await put(ACE);
    await imported('--yes');
    await server.run(`UPDATE ${CONFIG} SET DELIVERY_LOOKBACK_DAYS = 90`);
    await put(BEE);
    const tried = await imported('--dry-run');
    expect(tried.stdout).toMatch(/DELIVERY_LOOKBACK_DAYS +– +90/);
    expect(tried.stdout).toContain('1 to create, 1 to change, 0 as they are. Nothing was changed.');
    const unasked = await run('config', 'import', '--from-snowflake', 'snowflake.yaml');
    expect(unasked).toMatchObject({ code: 78, stderr: expect.stringContaining('--yes') });
    expect((await done('config', 'show', '1480', '4711', '--json')).json()).toMatchObject({ lookbackDays: null });
    expect((await imported('--yes')).stdout).toContain('1 created, 1 changed, 0 as they were.');
  }, 30_000);

  test('with a row that is wrong imports none, and says which', async () => {
    await put(
      ACE,
      BEE.replace("'[]'", `'[{"destination":"nowhere"}]'`).replace("'WEEKLY'", "'HOURLY'"),
      `(1480, NULL${BEE.slice(BEE.indexOf(", 'INACTIVE'"))}`,
    );
    const result = await run('config', 'import', '--from-snowflake', 'snowflake.yaml', '--yes', '--json');
    expect(result.code).toBe(78);
    const paths = errorOutput.parse(result.json()).error.problems.map(({ path }) => path);
    expect(paths).toEqual(['1480 , ADVERTISER_ID', '1480 9007199254740993, DELIVERY_CADENCE']);
    expect((await done('config', 'list', '--json')).json()).toEqual({ advertisers: [] });
    await server.run(`UPDATE ${CONFIG} SET DELIVERY_CADENCE = 'DAILY'`);
    await server.run(`DELETE FROM ${CONFIG} WHERE ADVERTISER_ID IS NULL`);
    const again = await run('config', 'import', '--from-snowflake', 'snowflake.yaml', '--yes', '--json');
    expect(errorOutput.parse(again.json()).error.problems.map(({ path }) => path)).toEqual([
      '1480 9007199254740993, DELIVERY_DESTINATIONS[0].destination',
    ]);
  }, 30_000);

  test('an agency alone, two rows of one advertiser, and settings without an account', async () => {
    await put(ACE, ACE.replace('1480', '7'), ACE.replace('1480', '7'));
    expect((await imported('--yes', '--agency', '1480', '--json')).json()).toMatchObject({ created: 1 });
    const twice = await run('config', 'import', '--from-snowflake', 'snowflake.yaml', '--dry-run', '--json');
    expect(errorOutput.parse(twice.json()).error.problems.map(({ path, message }) => `${path} ${message}`)).toContain(
      '7 4711, ADVERTISER_ID has 2 rows',
    );
    const none = await run('config', 'import', '--from-snowflake', 'aquarius.yaml', '--json');
    expect(errorOutput.parse(none.json()).error.code).toBe('not_snowflake');
    const both = await run('config', 'import', 'file.csv', '--from-snowflake', 'snowflake.yaml', '--json');
    expect(errorOutput.parse(both.json()).error.code).toBe('source_missing');
  }, 30_000);
});

test('the earlier system’s options are imported within the account as in the embedded warehouse', async () => {
  const tables = [
    'DELIVERY_OPTION',
    'DELIVERY_OPTION_ALIAS',
    'REF_AGENCY_ADVERTISER',
    'REF_ADVERTISER_CONFIG',
    'CONFIG_AUDIT_LOG',
  ];
  for (const name of tables) {
    const spec = findTable(name);
    if (spec === undefined) throw new Error(`no table ${name}`);
    await server.run(compile(createTable(spec, spec, 'snowflake'), () => '?').text);
  }
  await server.run(
    `INSERT INTO BASE_TABLES.REF_AGENCY_ADVERTISER (AGENCY_ID, ADVERTISER_ID) VALUES ('1480', '1'), ('1480', '2')`,
  );
  await server.run(
    `INSERT INTO APP_DB.DELIVERY_OPTION_ALIAS (ALIAS_ID, AGENCY_ID, ALIAS_NAME) VALUES ('7', '1480', 'Spring drivers')`,
  );
  await server.run(`INSERT INTO APP_DB.DELIVERY_OPTION (AGENCY_ID, ADVERTISER_ID, SEGMENT_ID, TYPE_ID, TIME_WINDOW_DAYS, PUSH_MODE, ALIAS_ID, STATUS) VALUES
    ('1480', '1', 'A', '52', '90', 'MERGED', '7', 'ACTIVE'), ('1480', '1', 'B', '52', NULL, 'SPLIT', NULL, NULL),
    ('1480', '2', 'C', '52', '30', 'MERGED', NULL, 'ACTIVE'), ('1480.0', ' 2 ', 'C', '52', '60', 'MERGED', NULL, 'ACTIVE'),
    ('1480', '2', 'D', '52', '45', 'MERGED', NULL, 'ACTIVE'), ('1480', '2', 'E', '8', '30', 'MERGED', NULL, 'ACTIVE')`);
  const { settings: own } = await openSettings({ home: project.path('.aquarius'), file: project.path('aquarius.yaml'), env: {} });
  await withResource(
    Promise.resolve(openSnowflake(optionsFor(server, { database: 'ADTECH', schema: 'AQUARIUS' }))),
    (warehouse) =>
      withResource(warehouse.session(), async (session) => {
        const ctx: WriteContext = {
          ...{ session, catalogue: await bindCatalogue(session, {}), settings: own, clock: systemClock, names: makeNameIndex() },
          ...{ ledger: undefined as never, scope: 'all', signal: new AbortController().signal, requestId: 'request-1' },
          ...{ actor: { name: 'ana', role: 'admin', reason: null }, turn: warehouse },
        };
        const request = { destinations: {}, enable: false, isDryRun: false };
        const { report, created, auditIds } = await importOptions(ctx, request);
        expect({ created, audits: auditIds.length }).toEqual({ created: 1, audits: 1 });
        expect(report).toMatchObject({ options: 6, imported: 2 });
        const reasons = [...report.conflicts, ...report.noPlace].map(({ reason, options }) => [reason, options]);
        expect(Object.fromEntries(reasons)).toEqual({ settings_differ: 2, window_unknown: 1, destination_missing: 1 });
        const [row] = await server.run('SELECT DELIVERY_DESTINATIONS FROM BASE_TABLES.REF_ADVERTISER_CONFIG');
        expect(JSON.parse(String(row?.DELIVERY_DESTINATIONS))).toEqual([
          { destination: 'liveramp-us', mode: 'split', segmentId: 'B', lookbackDays: null },
          { destination: 'liveramp-us', mode: 'merged', segmentId: 'A', segmentName: 'Spring drivers' },
        ]);
        expect(await importOptions(ctx, request)).toMatchObject({ created: 0, updated: 0, auditIds: [] });
      }),
  );
}, 30_000);
