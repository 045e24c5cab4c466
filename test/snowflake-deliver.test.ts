import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliver } from '../src/delivery/deliver.ts';
import type { Run } from '../src/ledger/run.ts';
import { ident, join, sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { runOutput } from '../src/shapes/shapes.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openSnowflake } from '../src/warehouse/snowflake/snowflake.ts';
import { findTable, TABLES } from '../src/warehouse/tables.ts';
import type { Session } from '../src/warehouse/warehouse.ts';
import { type SnowflakeServer, startSnowflake } from './snowflake/server.ts';
import { aquariusHere } from './support/cli-here.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { type S3Server, startS3Server } from './support/s3-server.ts';
import { SECRET } from './support/s3-stage.ts';
import { configRow, openProject, seed } from './support/seed.ts';
import { optionsFor, warehouseSection } from './support/snowflake-warehouse.ts';

/** The main job with a warehouse that writes the files into the stage itself: partners get what DuckDB gives them, and its cost is known. */

const AT = new Date('2026-02-18T12:00:00Z');
const SEEN = '2026-02-17T10:00:00Z';
const ADVERTISERS = ['1', '2'];
/** Nothing was shown for it. */
const NOBODY = '3';

/** Two logs show it the same devices. */
const TWICE = '2';
const SEEN_LATER = '2026-02-17T11:30:00Z';

const ROWS = {
  REF_ADVERTISER_CONFIG: [...ADVERTISERS, NOBODY].map((id) =>
    configRow(id, [
      { destination: 'archive', ...(id === TWICE && { sources: ['AD_IMPRESSION_LOG_V2', 'LIVERAMP_IMPRESSION_LOG'] }) },
    ]),
  ),
  LIVERAMP_IMPRESSION_LOG: [0, 1].map((n) => ({
    AGENCY_ID: '1480',
    ADVERTISER_ID: TWICE,
    MAID: device(Number(TWICE) * 100 + n),
    GROUPING_INDICATOR: null,
    IMPRESSION_TIMESTAMP: SEEN_LATER,
  })),
  PIXEL_CAMPAIGN_MAPPING_V2: [...ADVERTISERS, NOBODY].map((id) => mapping(id, `D${id}`)),
  AD_IMPRESSION_LOG_V2: ADVERTISERS.flatMap((id) =>
    Array.from({ length: 20 + Number(id) }, (_, n) =>
      impression(device(Number(id) * 100 + n), { at: SEEN, dspAdvertiser: `D${id}`, type: n % 3 === 0 ? 'IDFA' : 'GAID' }),
    ),
  ),
};
const SETTINGS = `
destinations:
  archive: { type: folder, path: ../inbox, allowIp: true }
policy: { minAudience: 1, staleSource: warn }
`;

let snowflake: SnowflakeServer;
let s3: S3Server;
let bucket: string;
const cleanup = new AsyncDisposableStack();
beforeAll(async () => {
  s3 = cleanup.use(await startS3Server());
  bucket = s3.newBucket();
  const place = { endpoint: s3.endpoint, accessKeyId: s3.accessKeyId, secretAccessKey: SECRET };
  snowflake = cleanup.use(
    await startSnowflake({
      database: 'ADTECH',
      schemas: [...new Set(TABLES.map(({ schema }) => schema))],
      stages: { 'ADTECH.PUBLIC.STAGED': { url: `s3://${bucket}/out/`, ...place } },
    }),
  );
  const warehouse = cleanup.use(openSnowflake(optionsFor(snowflake)));
  await withResource(warehouse.session(), async (session) => {
    await createTables(session, [...TABLES]);
    for (const [table, rows] of Object.entries(ROWS)) await insert(session, table, rows);
  });
});
afterAll(() => cleanup.disposeAsync());

async function insert(session: Session, name: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const schema = findTable(name)?.schema ?? 'PUBLIC';
  const columns = Object.keys(rows[0] ?? {});
  const value = (cell: unknown) => (cell === null || typeof cell === 'string' ? sql`${cell}` : sql`${cell as number | boolean}`);
  const lists = rows.map((row) => sql`(${join(columns.map((column) => value(row[column])))})`);
  await session.execute(
    sql`INSERT INTO ${ident(schema, name)} (${join(columns.map((column) => ident(column)))}) VALUES ${join(lists)}`,
  );
}

function snowflakeSettings(): string {
  const more = `  creditsPerHour: 3600\n  externalStage: { name: '@ADTECH.PUBLIC.STAGED' }`;
  return `${warehouseSection(snowflake, {}, more)}
stage:
  type: s3
  bucket: ${bucket}
  prefix: out
  region: us-east-1
  endpoint: ${s3.endpoint}
  forcePathStyle: true
  accessKeyId: env:STAGE_KEY
  secretAccessKey: env:STAGE_SECRET
${SETTINGS}`;
}

/** What the partner got, for the case that looks into it. */
let seen: readonly string[] = [];

const quiet = { step: () => {}, share: () => {}, amount: () => {} };

async function deliverAll(project: Project): Promise<readonly Run[]> {
  mkdirSync(project.path('inbox'));
  return withResource(openProject(project, { at: AT }), async (app) => {
    const { runs } = await deliver(await app.engine(), { at: AT, force: false }, { onRun: () => quiet });
    expect(runs.map(({ failure }) => failure)).toEqual(runs.map(() => null));
    return runs.map(({ run }) => run);
  });
}

const statesOf = (runs: readonly Run[]) => runs.map(({ delivery, state, reason }) => [delivery.advertiserId, state, reason]);

/** What came, without compression, by its order. */
function received(project: Project): readonly string[] {
  const folder = project.path('inbox');
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(joinPath(folder, name)))
    .map((bytes) => String(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes));
}

test('SN-01, SN-14: the partner gets the same files, written by Snowflake; no rows are no file; each run tells its cost', async () => {
  using reference = makeProject(SETTINGS);
  await seed(reference, AT, ROWS);
  const expected = statesOf(await deliverAll(reference));
  expect(expected).toEqual([...ADVERTISERS.map((id) => [id, 'delivered', null]), [NOBODY, 'skipped', 'empty']]);

  using project = makeProject(snowflakeSettings());
  project.write('key.pem', snowflake.privateKeyPem);
  Object.assign(project.env, { STAGE_KEY: s3.accessKeyId, STAGE_SECRET: SECRET });
  await s3.seed(bucket, 'out/1480/1/archive/2026-W08/data_0_0_0.csv', 'somebody else’s');
  const before = snowflake.statements.length;
  const runs = await deliverAll(project);
  const asked = snowflake.statements.slice(before);
  expect(statesOf(runs)).toEqual(expected);
  expect(received(project)).toEqual(received(reference));
  seen = received(project);
  expect(asked.filter(({ sql: text }) => text.startsWith('COPY INTO'))).toHaveLength(ADVERTISERS.length);
  expect(asked.filter(({ sql: text }) => text.includes('QUERY_HISTORY'))).toHaveLength(1);

  // The manifest lists the run's own files, and nothing else is under its prefix.
  const keys = Object.keys(await s3.objects(bucket));
  for (const { stagePrefix, manifest } of runs.filter(({ state }) => state === 'delivered')) {
    const under = keys.filter((key) => key.startsWith(`out/${stagePrefix}/`)).map((key) => key.slice(key.lastIndexOf('/') + 1));
    const own = (manifest?.files ?? []).flatMap(({ name }) => [name, `.${name}.sha256`]);
    expect(under.sort()).toEqual([...own, 'manifest.json'].sort());
  }

  const show = (...more: readonly string[]) =>
    aquariusHere(['runs', 'show', runs[0]?.id ?? '', '--config', project.path('aquarius.yaml'), ...more], {
      cwd: project.folder,
      env: project.env,
    });
  const shown = runOutput.parse((await show('--json')).json());
  const steps = new Map(shown.costs.map((cost) => [`${cost.step} ${cost.sharedBy}`, cost]));
  expect(steps.get('unload null')).toMatchObject({ statements: 1 });
  expect(steps.get(`refresh ${runs.length}`)?.bytesScanned).toBeGreaterThan(0);
  expect(steps.get(`cut ${runs.length}`)?.credits).toBeGreaterThan(0);
  const { stdout } = await show();
  expect(stdout).toMatch(/ {2}cost {8}cut: .*\n {14}unload: 2\.0 KiB scanned, \d+\.\d{4} credits estimated \(1 statement\)\n/);
  expect(stdout).toMatch(/ {14}refresh: .* its part of a call for 3 runs\)/);
});

test('SN-12: a device that two logs have is sent once, with the time when it was seen last', () => {
  const lines = seen.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  for (const n of [0, 1]) {
    const id = device(Number(TWICE) * 100 + n);
    const found = lines.filter((line) => line.toLowerCase().includes(id));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('11:30');
  }
});
