import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { runBackup } from '../src/cli/actions/run-backup.ts';
import { withSharedApp } from '../src/cli/forward/shared-app.ts';
import { withIo } from '../src/cli/io.ts';
import { deliver } from '../src/delivery/deliver.ts';
import { sql } from '../src/lib/sql.ts';
import { withResource } from '../src/lib/with-resource.ts';
import { planDue } from '../src/schedule/plan-due.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { openByHand } from './support/hand-app.ts';
import { type HandClock, handClock } from './support/hand-clock.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { configRow, seed } from './support/seed.ts';

/** Backups while everything goes on, and what an older ledger does to deliveries when it comes back. */

const WEEK = 7 * 24 * 3_600_000;
// A Wednesday of 2026-W08.
const START = '2026-02-18T12:00:00.000Z';
const SETTINGS = `
destinations:
  archive: { type: folder, path: archive }
policy: { minAudience: 1, staleSource: warn }
`;

let project: Project;
let clock: HandClock;

beforeEach(async () => {
  project = makeProject(SETTINGS);
  clock = handClock(START);
  await seed(project, new Date(START), {
    REF_ADVERTISER_CONFIG: [configRow('4711', [{ destination: 'archive' }])],
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
    AD_IMPRESSION_LOG_V2: [1, 2, 3].map((n) => impression(device(n), { at: '2026-02-17T10:00:00Z' })),
  });
});
afterEach(() => project[Symbol.dispose]());

const home = (name: string): string => project.path(join('.aquarius', name));
const partnerHas = (): readonly string[] => readdirSync(home('archive')).sort();
const inApp = <T>(work: (app: App) => Promise<T>): Promise<T> => withResource(openByHand(project, clock), work);

async function deliverIn(app: App) {
  const quiet = { step: () => {}, share: () => {}, amount: () => {} };
  return deliver(await app.engine(), { at: clock.now(), force: false }, { onRun: () => quiet });
}

/** Runs `aquarius backup` in this process; gives what it printed. */
async function backUp(name: string, options: { readonly warehouse?: boolean } = {}, app?: App): Promise<string> {
  let printed = '';
  const io = {
    stdout: (text: string) => {
      printed += text;
    },
    stderr: () => {},
    isTTY: false,
    columns: 80,
    cwd: project.folder,
    env: { AQUARIUS_HOME: project.path('.aquarius'), AQUARIUS_CONFIG: project.path('aquarius.yaml') },
    signal: new AbortController().signal,
    actor: 'test',
  };
  const run = (): Promise<void> => runBackup(name, { warehouse: true, json: true, ...options });
  await withIo(io, () => (app === undefined ? run() : withSharedApp(app, run)));
  return printed;
}

const PAGE_BYTES = 4096;

/** Where the first page of a table lies in the ledger's file. */
function rootOf(table: string): number {
  using database = new DatabaseSync(home('control.db'));
  const row = database.prepare('select rootpage from sqlite_master where name = ?').get(table);
  return (Number(row?.rootpage) - 1) * PAGE_BYTES;
}

/** Puts a backup's ledger in the place of the one that was lost, as docs/operations.md says. */
function restoreLedger(name: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(home(`control.db${suffix}`), { force: true });
  copyFileSync(project.path(join(name, 'control.db')), home('control.db'));
}

describe('a backup', () => {
  test('taken inside a server that has everything open holds the write-ahead log, the warehouse and the settings', async () => {
    mkdirSync(home('archive'));
    const [run, printed] = await inApp(async (app) => {
      const { runs } = await deliverIn(app);
      expect(statSync(home('control.db-wal')).size).toBeGreaterThan(0);
      return [runs[0]?.run, await backUp('saved', {}, app)];
    });
    expect(readdirSync(project.path('saved')).sort()).toEqual(['aquarius.yaml', 'control.db', 'warehouse.duckdb']);
    expect(JSON.parse(printed).files.map(({ name }: { name: string }) => name)).toEqual([
      'control.db',
      'warehouse.duckdb',
      'aquarius.yaml',
    ]);
    for (const name of readdirSync(project.path('saved'))) {
      expect(statSync(project.path(join('saved', name))).mode & 0o077).toBe(0);
    }
    expect(statSync(project.path('saved')).mode & 0o077).toBe(0);
    expect(readFileSync(project.path('saved/aquarius.yaml'), 'utf8')).toBe(SETTINGS);

    // The backup alone, as another data directory, knows the run and serves a delivery.
    rmSync(project.path('.aquarius'), { recursive: true });
    cpSync(project.path('saved'), project.path('.aquarius'), { recursive: true });
    mkdirSync(home('archive'));
    await inApp(async (app) => {
      expect(await app.ledger.runById(run?.id ?? '')).toMatchObject({ state: 'delivered', slot: '2026-W08' });
      expect((await deliverIn(app)).runs).toEqual([]);
      clock.move(WEEK);
      expect((await deliverIn(app)).runs).toMatchObject([{ run: { state: 'delivered', slot: '2026-W09', written: 3 } }]);
    });
  });

  test('taken when nothing runs changes nothing in the data directory', async () => {
    mkdirSync(home('archive'));
    await inApp(deliverIn);
    const before = ['control.db', 'warehouse.duckdb'].map((name) => readFileSync(home(name)));
    await backUp("it's saved");
    expect(['control.db', 'warehouse.duckdb'].map((name) => readFileSync(home(name)))).toEqual(before);
    await using copy = await openDuckDB({ path: project.path("it's saved/warehouse.duckdb"), readOnly: true });
    await using session = await copy.session();
    expect(await session.all(sql`SELECT count(*) AS rows FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS"`)).toEqual([
      { rows: 1n },
    ]);
  });

  test('can leave the warehouse out, and never writes into what is there', async () => {
    mkdirSync(home('archive'));
    await inApp(deliverIn);
    await backUp('small', { warehouse: false });
    expect(readdirSync(project.path('small')).sort()).toEqual(['aquarius.yaml', 'control.db']);
    await expect(backUp('small')).rejects.toMatchObject({ kind: 'config', code: 'backup_exists' });
    expect(readdirSync(project.path('small')).sort()).toEqual(['aquarius.yaml', 'control.db']);
    await expect(backUp('nowhere/saved')).rejects.toMatchObject({ kind: 'config', code: 'folder_unusable' });
  });

  test('of a ledger that is damaged fails and leaves nothing behind', async () => {
    mkdirSync(home('archive'));
    await inApp(deliverIn);
    const bytes = readFileSync(home('control.db'));
    bytes.fill(0xff, rootOf('runs'), rootOf('runs') + PAGE_BYTES);
    writeFileSync(home('control.db'), bytes);
    await expect(backUp('bad', { warehouse: false })).rejects.toMatchObject({ code: 'control_store_damaged' });
    expect(readdirSync(project.folder).filter((name) => name.includes('bad'))).toEqual([]);
  });

  test('of a data directory without a ledger is refused', async () => {
    rmSync(home('control.db'), { force: true });
    await expect(backUp('empty')).rejects.toMatchObject({ code: 'backup_nothing' });
  });
});

describe('an older ledger that comes back', () => {
  test('sends again under the same name what it knew of, and the partner’s file is recognised', async () => {
    // The partner's folder is missing: the run is staged, and not sent.
    const [failed] = (await inApp(deliverIn)).runs;
    expect(failed?.run).toMatchObject({ state: 'failed', error: { code: 'folder_missing' } });
    await backUp('saved');
    mkdirSync(home('archive'));
    const [sent] = (await inApp(deliverIn)).runs;
    expect(sent?.run).toMatchObject({ id: failed?.run.id, state: 'delivered' });
    expect(partnerHas()).toHaveLength(1);
    const bytes = readFileSync(join(home('archive'), partnerHas()[0] ?? ''));

    restoreLedger('saved');
    const [again] = (await inApp(deliverIn)).runs;
    expect(again?.run).toMatchObject({ id: failed?.run.id, state: 'delivered', receipt: { files: [{ outcome: 'already' }] } });
    expect(partnerHas()).toEqual(sent?.run.receipt?.files.map(({ name }) => name));
    expect(readFileSync(join(home('archive'), partnerHas()[0] ?? ''))).toEqual(bytes);
  });

  test('does not know a slot that was delivered after the backup: the warehouse does, and nothing is sent twice', async () => {
    mkdirSync(home('archive'));
    await inApp(deliverIn);
    await backUp('saved');
    clock.move(WEEK);
    const [lost] = (await inApp(deliverIn)).runs;
    expect(lost?.run).toMatchObject({ state: 'delivered', slot: '2026-W09' });
    const sent = partnerHas();
    expect(sent).toHaveLength(2);

    restoreLedger('saved');
    const [again] = (await inApp(deliverIn)).runs;
    expect(again?.run).toMatchObject({ state: 'skipped', reason: 'already_delivered', slot: '2026-W09' });
    expect(again?.run.id).not.toBe(lost?.run.id);
    expect(partnerHas()).toEqual(sent);
    const steps = await inApp((app) => app.ledger.stepsOf(again?.run.id ?? ''));
    expect(steps.at(-1)).toMatchObject({ step: 'skipped', detail: { run: lost?.run.id } });

    // The server's own way comes to the same, and the next slot goes on as if nothing had been.
    await inApp(async (app) => expect((await planDue(await app.engine(), clock.now())).created).toEqual([]));
    clock.move(WEEK);
    expect((await inApp(deliverIn)).runs).toMatchObject([{ run: { state: 'delivered', slot: '2026-W10' } }]);
    expect(partnerHas()).toHaveLength(3);
  });

  test('sends once more what somebody asks for on purpose', async () => {
    mkdirSync(home('archive'));
    await backUp('saved');
    await inApp(deliverIn);
    restoreLedger('saved');
    await inApp(deliverIn);
    expect(await inApp(deliverIn)).toMatchObject({ runs: [], upToDate: [{ segmentId: '1480_4711' }] });
    const quiet = { step: () => {}, share: () => {}, amount: () => {} };
    const forced = await inApp(async (app) =>
      deliver(await app.engine(), { at: clock.now(), force: true }, { onRun: () => quiet }),
    );
    expect(forced.runs).toMatchObject([{ run: { state: 'delivered', generation: 1 } }]);
    expect(partnerHas()).toHaveLength(2);
  });
});
