import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../src/delivery/engine.ts';
import { stageFiles } from '../src/delivery/stage-files.ts';
import type { Layout } from '../src/format/layout.ts';
import { activationLayout } from '../src/format/layouts/activation.ts';
import { eventLogLayout } from '../src/format/layouts/event-log.ts';
import type { ManifestFile } from '../src/format/manifest.ts';
import { warehouseParts } from '../src/format/warehouse-parts.ts';
import { clockAt } from '../src/lib/clock.ts';
import { raw, sql } from '../src/lib/sql.ts';
import { openFolderStage } from '../src/stage/folder/folder-stage.ts';
import type { S3Stage } from '../src/stage/s3/s3-stage.ts';
import type { Stage } from '../src/stage/stage.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { openSnowflake } from '../src/warehouse/snowflake/snowflake.ts';
import type { Session } from '../src/warehouse/warehouse.ts';
import { type SnowflakeServer, startSnowflake } from './snowflake/server.ts';
import { contextOf, PLANNED_AT } from './support/format.ts';
import { type S3Server, startS3Server } from './support/s3-server.ts';
import { SECRET, stageIn } from './support/s3-stage.ts';
import { optionsFor } from './support/snowflake-warehouse.ts';
import { failureOf } from './support/stage-files.ts';

/** Files that Snowflake writes into the stage by itself: the same content as those that are written here, and nothing else is sent. */

const GAIDS = 1_200;
const ADDRESSES = 30;

const digit = raw([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `SELECT ${n} AS n`).join(' UNION ALL '));
const numbers = (rows: number) => sql`(SELECT ones.n + 10 * tens.n + 100 * hundreds.n + 1000 * thousands.n AS n
  FROM (${digit}) AS ones CROSS JOIN (${digit}) AS tens CROSS JOIN (${digit}) AS hundreds CROSS JOIN (${digit}) AS thousands
  WHERE ones.n + 10 * tens.n + 100 * hundreds.n + 1000 * thousands.n < ${rows})`;

/** Members as a cut has them: devices and addresses, in no order. */
const membersAs = (keyType: string) => sql`CREATE TEMPORARY TABLE the_cut AS
  SELECT 'GAID' AS id_type, CAST(LPAD(CAST(MOD(n * 7919, 100003) AS VARCHAR), 8, '0') || '-03ee-455a-b3c4-e57283966239' AS ${raw(keyType)}) AS id_key,
    CAST(NULL AS VARCHAR) AS id_text, CAST('2026-02-16 06:00:00' AS TIMESTAMP) AS last_seen FROM ${numbers(GAIDS)} AS g
  UNION ALL SELECT 'IP', CAST(NULL AS ${raw(keyType)}), '203.0.113.' || CAST(n AS VARCHAR), CAST('2026-02-15 23:59:59' AS TIMESTAMP)
    FROM ${numbers(ADDRESSES)} AS a`;

let snowflake: SnowflakeServer;
let s3: S3Server;
let bucket: string;
let stage: S3Stage;
let folder: string;
let duckdb: Session;
let session: Session;
const cleanup = new AsyncDisposableStack();

beforeAll(async () => {
  s3 = cleanup.use(await startS3Server());
  bucket = s3.newBucket();
  stage = cleanup.use(stageIn(s3, bucket, { prefix: 'out/aquarius' }));
  const place = { endpoint: s3.endpoint, accessKeyId: s3.accessKeyId, secretAccessKey: SECRET };
  snowflake = cleanup.use(
    await startSnowflake({ stages: { 'AQUARIUS.PUBLIC.OUT': { url: `s3://${bucket}/out/aquarius/`, ...place } } }),
  );
  const warehouse = cleanup.use(openSnowflake(optionsFor(snowflake, { externalStage: '@AQUARIUS.PUBLIC.OUT' })));
  session = cleanup.use(await warehouse.session());
  folder = mkdtempSync(join(tmpdir(), 'aquarius-unload-'));
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
  duckdb = cleanup.use(
    await cleanup.use(await openDuckDB({ path: ':memory:', readOnly: false, threads: 2, tempDirectory: folder })).session(),
  );
  await duckdb.execute(membersAs('UUID'));
  await session.execute(membersAs('VARCHAR'));
});
afterAll(() => cleanup.disposeAsync());

interface Written {
  readonly prefix: string;
  readonly files: readonly ManifestFile[];
}

/** What is staged of the members by a session, as a delivery does it. */
async function write(
  own: Session,
  into: Stage,
  layout: Layout,
  changes: { prefix?: string; name?: string } = {},
): Promise<Written> {
  const prefix = changes.prefix ?? `1480/4711/${randomUUID()}`;
  const engine = { clock: clockAt(PLANNED_AT), stage: into } as unknown as Engine;
  const gaid = { type: 'GAID', rows: GAIDS } as const;
  const ip = { type: 'IP', rows: ADDRESSES } as const;
  const groups = layout.filePer === 'segment' ? [[gaid, ip]] : [[gaid], [ip]];
  const progress = { step: () => {}, share: () => {}, amount: () => {} };
  const context = contextOf({ segmentName: changes.name ?? 'Exposed, 30 days' });
  const work = { engine, session: own, folder, context, prefix, progress, signal: new AbortController().signal };
  return { prefix, files: await stageFiles(work, [{ layout, members: raw('the_cut'), groups }]) };
}

/** The same by DuckDB and this program. */
async function writeHere(layout: Layout, changes: { name?: string } = {}): Promise<{ plain: readonly string[] } & Written> {
  const path = join(folder, randomUUID());
  await using own = await openFolderStage({ path });
  const written = await write(duckdb, own, layout, changes);
  return { ...written, plain: await contentOf(own, written) };
}

async function contentOf(own: Stage, { prefix, files }: Written): Promise<readonly string[]> {
  const contents: string[] = [];
  for (const { name } of files) {
    const bytes = await buffer(await own.open(`${prefix}/${name}`));
    contents.push(String(name.endsWith('.gz') ? gunzipSync(bytes) : bytes));
  }
  return contents;
}

const copies = (since: number) => snowflake.statements.slice(since).filter(({ sql: text }) => text.startsWith('COPY INTO'));
const linesOf = (text: string) => text.split('\n').slice(0, -1);

/** Everything that an engine could escape, quote or take for a null. */
const SPECIAL: Layout = {
  ...eventLogLayout({ compression: 'gzip' }),
  columns: [
    { header: 'NULL', value: { kind: 'constant', text: String.raw`\N` } },
    { header: 'NAME', value: { kind: 'segmentName' } },
    { header: 'ID', value: { kind: 'identifier' } },
    { header: String.raw`a "\" ' b`, value: { kind: 'constant', text: '' } },
  ],
};

const LAYOUTS: readonly (readonly [string, Layout, number])[] = [
  ['a plain file', eventLogLayout({}), 1],
  ['a gzip file', eventLogLayout({ compression: 'gzip' }), 1],
  ['a file for each type, with headers', activationLayout({ compression: 'gzip', minRows: 1 }), 2],
  ['parts by rows', activationLayout({ compression: 'gzip', minRows: 1, maxRows: 500 }), 4],
  ['one file of several types in parts by rows', eventLogLayout({ maxRows: 400 }), 4],
  ['a file with quotes, backslashes and what looks like a null', SPECIAL, 1],
  ['lines that end with CR LF, in quotes', { ...activationLayout({ minRows: 1, quoting: 'all' }), lineEnd: 'crlf' }, 2],
];

test.each(LAYOUTS)(
  '%s: the content, names and counts are those of files that are written here',
  async (_, layout, statements) => {
    const before = snowflake.statements.length;
    const ours = await writeHere(layout, { name: String.raw`It's "30 days" | 5\N \ %` });
    const theirs = await write(session, stage, layout, { name: String.raw`It's "30 days" | 5\N \ %` });
    expect(copies(before)).toHaveLength(statements);
    expect(theirs.files.map(({ bytes: _bytes, sha256: _sha256, ...facts }) => facts)).toEqual(
      ours.files.map(({ bytes: _bytes, sha256: _sha256, ...facts }) => facts),
    );
    expect(theirs.files).toHaveLength(statements);
    expect(await contentOf(stage, theirs)).toEqual(ours.plain);
  },
);

test('the header stands once, at the top', async () => {
  const { files, prefix } = await write(session, stage, activationLayout({ minRows: 1 }));
  for (const text of await contentOf(stage, { files, prefix })) {
    const [header = '', ...rows] = linesOf(text);
    expect(header).toMatch(/^"AUDIENCE_KEY"/);
    expect(rows.some((row) => row.startsWith('"AUDIENCE_KEY"'))).toBe(false);
  }
});

test('what was written is known to the stage, with its SHA-256, and no longer when its bytes have changed', async () => {
  const { files, prefix } = await write(session, stage, eventLogLayout({ compression: 'gzip' }));
  const [file] = files;
  const key = `${prefix}/${file?.name}`;
  const bytes = await buffer(await stage.open(key));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(file).toMatchObject({ bytes: bytes.length, sha256 });
  expect(await stage.stat(key)).toEqual({ key, bytes: bytes.length, sha256 });
  expect(await stage.list(prefix)).toEqual([{ key, bytes: bytes.length, sha256 }]);
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  await s3.seed(bucket, `out/aquarius/${key}`, bytes);
  expect(await failureOf(stage.stat(key))).toMatchObject({ code: 'stage_foreign' });
  expect(await stage.remove(prefix)).toBe(2);
});

test('SN-14: old files elsewhere are not listed, and a prefix that holds files is refused before anything is written', async () => {
  const layout = eventLogLayout({});
  const old = await write(session, stage, layout);
  const fresh = await write(session, stage, layout);
  expect((await stage.list(fresh.prefix)).map(({ key }) => key)).toEqual(
    fresh.files.map(({ name }) => `${fresh.prefix}/${name}`),
  );
  const before = snowflake.statements.length;
  expect(await failureOf(write(session, stage, layout, { prefix: old.prefix }))).toMatchObject({
    kind: 'rejected',
    code: 'stage_prefix_used',
  });
  await s3.seed(bucket, 'out/aquarius/theirs/data_0_0_0.csv.gz', 'old');
  expect(await failureOf(write(session, stage, layout, { prefix: 'theirs' }))).toMatchObject({ code: 'stage_foreign' });
  expect(copies(before)).toHaveLength(0);
});

test('a file without the encryption that the settings demand is refused', async () => {
  await using encrypted = stageIn(s3, bucket, { prefix: 'out/aquarius', sse: 'AES256' });
  expect(await failureOf(write(session, encrypted, eventLogLayout({})))).toMatchObject({
    kind: 'config',
    code: 'stage_not_encrypted',
  });
});

test('no rows are no statement and no file', async () => {
  const engine = { clock: clockAt(PLANNED_AT), stage } as unknown as Engine;
  const progress = { step: () => {}, share: () => {}, amount: () => {} };
  const before = snowflake.statements.length;
  const work = { engine, session, folder, context: contextOf(), prefix: 'none', progress, signal: new AbortController().signal };
  expect(await stageFiles(work, [{ layout: eventLogLayout({}), members: raw('the_cut'), groups: [] }])).toEqual([]);
  expect(copies(before)).toHaveLength(0);
});

test('what the warehouse does not know is written here, and staged as ever', async () => {
  const before = snowflake.statements.length;
  const named = { ...eventLogLayout({}), nameTemplate: '{timestamp}_{sha256}' };
  const unended = { ...eventLogLayout({ compression: 'gzip' }), finalNewline: false };
  for (const layout of [named, unended]) {
    const ours = await writeHere(layout);
    const theirs = await write(session, stage, layout);
    expect(theirs.files).toEqual(ours.files);
  }
  expect(copies(before)).toHaveLength(0);
});

/** Another file than the one that was written comes out of the stage. */
const DAMAGES: readonly (readonly [string, (text: string) => string])[] = [
  ['a row less', (text) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)],
  ['a row more', (text) => text + text.slice(text.lastIndexOf('\n', text.length - 2) + 1)],
  ['no header', (text) => text.slice(text.indexOf('\n') + 1)],
  ['the header elsewhere', (text) => linesOf(text).toReversed().join('\n').concat('\n')],
  ['an empty row', (text) => text.replace(/\n[^\n]+\n/, '\n\n')],
  ['an end within a row', (text) => text.slice(0, -5)],
];

test.each(DAMAGES)('%s in what the stage holds is a failure that passes, and nothing is recorded', async (_, damage) => {
  const prefix = `damaged/${randomUUID()}`;
  const under = `out/aquarius/${prefix}/`;
  let isDamaged = false;
  s3.inject({
    when: ({ operation, key }) => operation === 'HeadObject' && key.startsWith(under) && !isDamaged,
    times: 10,
    async answer({ request: { key }, forward }) {
      const there = await s3.read(bucket, key);
      if (there !== null) {
        await s3.seed(bucket, key, gzipSync(damage(String(gunzipSync(there)))));
        isDamaged = true;
      }
      return forward();
    },
  });
  const layout = activationLayout({ compression: 'gzip', minRows: 1 });
  expect(await failureOf(write(session, stage, layout, { prefix }))).toMatchObject({ kind: 'transient', code: 'export_damaged' });
  expect(isDamaged).toBe(true);
  const left = Object.keys(await s3.objects(bucket)).filter((key) => key.startsWith(under));
  expect(left.filter((key) => key.includes('/.'))).toEqual([]);
  // Also what nobody has recorded can be removed.
  expect(await stage.remove(prefix)).toBe(left.length);
});

test('a report of other rows than were cut is a failure that passes', async () => {
  const miscounting: Session = Object.create(session, {
    exporter: {
      value: {
        ...session.exporter,
        write: async (...args: Parameters<NonNullable<Session['exporter']>['write']>) => {
          const written = await session.exporter?.write(...args);
          return { rows: (written?.rows ?? 0) - 1 };
        },
      },
    },
    dialect: { value: session.dialect },
  });
  expect(await failureOf(write(miscounting, stage, eventLogLayout({})))).toMatchObject({
    kind: 'transient',
    code: 'export_damaged',
  });
});

test.each([
  ['100183', 'Failed to access remote file: access denied. Please check your credentials', 'config', 'warehouse_stage_access'],
  [
    '100072',
    'Files already existing at the unload destination: s3://b/a. Use overwrite option to force unloading.',
    'transient',
    'warehouse_file_exists',
  ],
  [
    '100142',
    'Max file size (5368709120) exceeded for unload single file mode. Please increase MAX_FILE_SIZE.',
    'config',
    'warehouse_file_too_large',
  ],
])('Snowflake’s refusal %s (%s) is told as what it is', async (code, message, kind, told) => {
  snowflake.faults.add({ kind: 'fail', when: (text) => text.startsWith('COPY INTO'), code, message });
  expect(await failureOf(write(session, stage, eventLogLayout({})))).toMatchObject({ kind, code: told });
});

describe('parts', () => {
  const lines = (layout: Layout, rows: number) => ({ runs: [{ type: 'GAID', rows } as const], layout, context: contextOf() });
  const GIB_5 = 5_368_709_120;

  test('bytes decide where they are the narrower limit, and no part has more of them', async () => {
    const layout = eventLogLayout({ maxBytes: 20_000 });
    const { files, prefix } = await write(session, stage, layout);
    expect(files.length).toBeGreaterThan(2);
    expect(files.every(({ plainBytes }) => plainBytes <= 20_000)).toBe(true);
    expect(files.map(({ name }) => name).join()).toMatch(/_0001\.psv,.*_0002\.psv,/);
    const whole = await writeHere(eventLogLayout({}));
    const header = `${linesOf(whole.plain[0] ?? '')[0]}\n`;
    const parts = await contentOf(stage, { files, prefix });
    expect(parts.every((text) => text.startsWith(header))).toBe(true);
    expect(header + parts.map((text) => text.slice(header.length)).join('')).toBe(whole.plain[0]);
  });

  test('a file that Snowflake could not write whole is written here', () => {
    const layout = eventLogLayout({ compression: 'gzip' });
    expect(warehouseParts(lines(layout, 20_000_000), GIB_5)).toHaveLength(1);
    expect(warehouseParts(lines(layout, 200_000_000), GIB_5)).toBeNull();
    expect(warehouseParts(lines(eventLogLayout({ maxRows: 20_000_000 }), 200_000_000), GIB_5)).toHaveLength(10);
  });

  test('parts are even, as those that are written here', () => {
    const sizes = warehouseParts(lines(eventLogLayout({ maxRows: 400 }), 1_001), GIB_5)?.map(({ from, to }) => to - from);
    expect(sizes).toEqual([334, 334, 333]);
  });
});
