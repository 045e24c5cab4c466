import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { memberLines } from '../src/audience/member-lines.ts';
import { type LinesWork, packLines } from '../src/delivery/pack-lines.ts';
import { requireRoom } from '../src/delivery/require-room.ts';
import { eventLogLayout } from '../src/format/layouts/event-log.ts';
import { clockAt } from '../src/lib/clock.ts';
import { openNamedPipe } from '../src/lib/named-pipe.ts';
import { raw, sql } from '../src/lib/sql.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';
import { contextOf, PLANNED_AT } from './support/format.ts';

/** Lines that are packed while the warehouse writes them: the same files, and every failure told as what it is. */

/** Enough for a pipe, and more than it holds. */
const ROWS = 120_000;

let above: string;
let warehouse: Warehouse;
let session: Session;
beforeAll(async () => {
  above = mkdtempSync(join(tmpdir(), 'aquarius-lines-'));
  warehouse = await openDuckDB({ path: ':memory:', readOnly: false, threads: 2, tempDirectory: above });
  session = await warehouse.session();
  await session.execute(sql`CREATE TEMP TABLE members AS SELECT 'GAID' AS id_type,
    CAST(concat(lpad(CAST(n AS VARCHAR), 8, '0'), '-03ee-455a-b3c4-e57283966239') AS UUID) AS id_key, CAST(NULL AS VARCHAR) AS id_text, TIMESTAMP '2026-02-16 06:00:00' AS last_seen
    FROM range(${ROWS}) AS r(n)`);
});
afterAll(async () => {
  await warehouse[Symbol.asyncDispose]();
  rmSync(above, { recursive: true, force: true });
});

let folder: string;
beforeEach(() => {
  folder = join(above, randomUUID());
  mkdirSync(folder);
});

const unlimited = { freeBytes: async () => Number.POSITIVE_INFINITY } as LinesWork['engine']['stage'];

function pack(changes: Partial<LinesWork> = {}) {
  return packLines({
    engine: { clock: clockAt(PLANNED_AT), stage: unlimited },
    session,
    folder,
    layout: eventLogLayout({ compression: 'gzip' }),
    context: contextOf(),
    members: raw('members'),
    runs: [{ type: 'GAID', rows: ROWS }],
    progress: { step: () => {}, share: () => {}, amount: () => {} },
    signal: new AbortController().signal,
    ...changes,
  });
}

/** A failed packing must leave nothing, and the one pipe that there is to whoever comes next. */
async function expectNothingLeft(): Promise<void> {
  expect(readdirSync(folder)).toEqual([]);
  expect(await pack()).toHaveLength(1);
}

test.each([ROWS, 50_000])('through a pipe come the same files as through a file, of at most %i rows', async (maxRows) => {
  const layout = eventLogLayout({ compression: 'gzip', maxRows });
  const steps: string[] = [];
  const progress = { step: (text: string) => steps.push(text), share: () => {}, amount: () => {} };
  const piped = await pack({ layout, progress });
  expect(steps).toEqual([]);
  const bytes = piped.map(({ path }) => readFileSync(path));
  expect(readdirSync(folder).sort()).toEqual(piped.map(({ name }) => name).sort());
  await using held = await openNamedPipe(join(above, 'held'));
  expect(held).not.toBeNull();
  const filed = await pack({ layout, progress });
  expect(steps).toEqual(['packing']);
  expect(filed).toEqual(piped);
  expect(filed.map(({ path }, index) => readFileSync(path).equals(bytes[index] ?? Buffer.alloc(0)))).toEqual(
    piped.map(() => true),
  );
});

test('a statement that cannot even begin is told as such', async () => {
  await expect(pack({ members: raw('nowhere') })).rejects.toThrow(/nowhere does not exist/);
  await expectNothingLeft();
});

test('a statement that fails late is told, and not that rows are missing', async () => {
  const members = sql`(SELECT CASE WHEN CAST(id_key AS VARCHAR) LIKE '00119%' THEN error('late') ELSE id_type END AS id_type, id_key, id_text, last_seen FROM members)`;
  await expect(pack({ members })).rejects.toThrow(/^DuckDB: Invalid Input Error/);
  await expectNothingLeft();
});

test('a row that the partner refuses ends the statement that still writes', async () => {
  const text = sql`CAST(id_key AS VARCHAR)`;
  const members = sql`(SELECT 'IP' AS id_type, CASE WHEN ${text} LIKE '00000000%' THEN repeat('0', 10001) ELSE ${text} END AS id_text, last_seen
    FROM members)`;
  await expect(pack({ members, runs: [{ type: 'IP', rows: ROWS }] })).rejects.toMatchObject({
    kind: 'config',
    code: 'row_too_long',
  });
  await expectNothingLeft();
});

test('rows that do not add up are a bug, not a file', async () => {
  for (const rows of [ROWS - 1, ROWS + 1]) await expect(pack({ runs: [{ type: 'GAID', rows }] })).rejects.toThrow(/rows/);
  await expectNothingLeft();
});

test('an abort while lines are written ends both sides with its reason', async () => {
  const controller = new AbortController();
  const reason = new Error('deadline');
  const progress = { step: () => {}, share: () => {}, amount: () => controller.abort(reason) };
  await expect(pack({ progress, signal: controller.signal })).rejects.toBe(reason);
  await expectNothingLeft();
});

test('a disk without room is refused before a byte is written', async () => {
  const full = { freeBytes: async () => 1000 } as LinesWork['engine']['stage'];
  const refused = { kind: 'transient', code: 'disk_full', hint: expect.stringMatching(/\S/) };
  await expect(pack({ engine: { clock: clockAt(PLANNED_AT), stage: full } })).rejects.toMatchObject({
    ...refused,
    message: expect.stringMatching(/in the stage: about 4 MiB are needed, 1 MiB are free/),
  });
  const room = { folder, stage: unlimited, layout: eventLogLayout(), plainBytes: 2 ** 60, keepsPlain: false };
  await expect(requireRoom(room)).rejects.toMatchObject({ ...refused, message: expect.stringContaining(folder) });
  await expectNothingLeft();
});

test('devices are in the order of their ids and types in that of files, however many threads sort them', async () => {
  await session.execute(sql`CREATE TEMP TABLE mixed AS SELECT CASE WHEN n % 3 = 0 THEN 'GAID' WHEN n % 3 = 1 THEN 'IDFA' ELSE 'IP' END AS id_type,
      CASE WHEN n % 3 < 2 THEN CAST(md5(CAST(n AS VARCHAR)) AS UUID) END AS id_key,
      CASE WHEN n % 3 = 2 THEN concat('9.', n % 200, '.', (n // 200) % 250, '.', n // 50000) END AS id_text,
      TIMESTAMP '2026-02-16 06:00:00' AS last_seen FROM range(300000) AS r(n)`);
  const lines = memberLines(
    session.dialect,
    raw('mixed'),
    ['IDFA', 'GAID', 'IP'],
    ({ type, value }) => sql`${type} || ' ' || ${value}`,
  );
  const path = join(folder, 'lines');
  expect(await session.unload(lines, path)).toEqual({ rows: 300_000 });
  const written = readFileSync(path, 'utf8').trimEnd().split('\n');
  const rank = (line: string): string => line.replace(/^IDFA/, '0').replace(/^GAID/, '1').replace(/^IP/, '2');
  expect(written.map(rank)).toEqual(written.map(rank).toSorted());
  expect(new Set(written).size).toBe(300_000);
});
