import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as nap } from 'node:timers/promises';
import { expect } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Engine } from '../../src/delivery/engine.ts';
import { settleOutbox } from '../../src/delivery/settle-outbox.ts';
import type { Run } from '../../src/ledger/run.ts';
import { type Sql, sql } from '../../src/lib/sql.ts';
import { withResource } from '../../src/lib/with-resource.ts';
import { planDue } from '../../src/schedule/plan-due.ts';
import { loadFiles } from '../../src/warehouse/load/load-files.ts';
import type { Row } from '../../src/warehouse/warehouse.ts';
import { openByHand } from './hand-app.ts';
import { type HandClock, handClock } from './hand-clock.ts';
import { device, impression, makeProject, mapping, type Project } from './project.ts';
import { configRow, seed } from './seed.ts';

/** A project with workers in this process, a clock that the test moves, and a folder as the partner. */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday; weekly deliveries are due at 06:00. */
export const START = '2026-02-16T06:00:00.000Z';
/** When the devices were seen. */
export const SEEN = '2026-02-15T10:00:00Z';
export const WHO = { name: 'ana', via: 'cli', reason: 'a test' } as const;

export interface PlaceOptions {
  /** YAML lines of destinations besides `archive`, indented by two. */
  readonly destinations?: string;
  /** YAML of further top-level settings. */
  readonly settings?: string;
  /** `warn` unless said, so that weeks can pass. */
  readonly staleSource?: 'warn' | 'hold' | 'fail';
  /** Environment, for secrets. */
  readonly env?: Readonly<Record<string, string>>;
  readonly configs: readonly Record<string, unknown>[];
  /** Devices of each DSP advertiser `D<advertiser>`, by advertiser. */
  readonly devices?: Readonly<Record<string, number>>;
  readonly rows?: Readonly<Record<string, readonly Record<string, unknown>[]>>;
}

export interface WorkerPlace extends AsyncDisposable {
  readonly project: Project;
  readonly clock: HandClock;
  app(): App;
  /** A worker's own engine: another owner, and waits of a few milliseconds. */
  engine(own?: Partial<Engine>): Promise<Engine>;
  /** Plans what is due, as the scheduler does. */
  plan(): Promise<number>;
  /** Every run, the one of the newest slot first. */
  runs(): Promise<readonly Run[]>;
  /** The only run. */
  run(): Promise<Run>;
  /** Each step of a run by its name. */
  story(runId: string): Promise<readonly string[]>;
  /** Adds rows to a table of the warehouse. */
  load(table: string, rows: readonly Record<string, unknown>[]): Promise<void>;
  execute(statement: Sql): Promise<void>;
  query(statement: Sql): Promise<readonly Row[]>;
  /** SHA-256 of what a folder of the project holds under final names. */
  received(folder?: string): Readonly<Record<string, string>>;
  /** Closes the application and opens it again, as a new process would. */
  reopen(): Promise<void>;
}

/** The n-th device of an advertiser, seen at a time. */
export function sighting(advertiser: string, n: number, at = SEEN, insertionOrder = 'IO1'): Record<string, unknown> {
  return impression(device(Number(advertiser) * 10_000 + n), { at, dspAdvertiser: `D${advertiser}`, insertionOrder });
}

export async function openPlace(options: PlaceOptions): Promise<WorkerPlace> {
  const { destinations = '', settings = '', staleSource = 'warn', env = {}, configs, devices = {}, rows = {} } = options;
  const project = makeProject(`
destinations:
  archive: { type: folder, path: ../inbox }
${destinations}
policy: { minAudience: 1, staleSource: ${staleSource} }
${settings}
`);
  Object.assign(project.env, env);
  mkdirSync(project.path('inbox'));
  const clock = handClock(START);
  const { AD_IMPRESSION_LOG_V2: seen = [], ...others } = rows;
  await seed(project, new Date(START), {
    REF_ADVERTISER_CONFIG: configs,
    PIXEL_CAMPAIGN_MAPPING_V2: configs.map(({ ADVERTISER_ID: id }) => mapping(String(id), `D${id}`)),
    AD_IMPRESSION_LOG_V2: [
      ...Object.entries(devices).flatMap(([advertiser, count]) =>
        Array.from({ length: count }, (_, n) => sighting(advertiser, n)),
      ),
      ...seen,
    ],
    ...others,
  });
  let app = await openByHand(project, clock);
  let workers = 0;
  let loads = 0;
  const runs = async (): Promise<readonly Run[]> => {
    const all = await app.ledger.runs({ limit: 10_000 });
    return [...all].sort((a, b) => b.dueAt.localeCompare(a.dueAt));
  };
  return {
    project,
    clock,
    app: () => app,
    async engine(own = {}) {
      workers += 1;
      return { ...(await app.engine()), owner: `host-${workers}:1:test`, sleep: shortSleep, ...own };
    },
    plan: async () => (await planDue(await app.engine(), clock.now())).created.length,
    runs,
    async run() {
      const all = await runs();
      expect(all).toHaveLength(1);
      return all[0] as Run;
    },
    story: async (runId) => (await app.ledger.stepsOf(runId)).map(({ step }) => step),
    async load(table, more) {
      loads += 1;
      const path = project.writeRows(`more-${loads}.jsonl`, more);
      await withResource(app.warehouse.session(), (session) => loadFiles(session, { table, patterns: [path], clock }));
    },
    execute: (statement) => withResource(app.warehouse.session(), (session) => session.execute(statement)).then(() => {}),
    query: (statement) => withResource(app.warehouse.session(), (session) => session.all(statement)),
    received(folder = 'inbox') {
      const path = folder.startsWith('/') ? folder : project.path(folder);
      return hashes(
        path,
        readdirSync(path).filter((name) => !name.startsWith('.')),
      );
    },
    async reopen() {
      await app[Symbol.asyncDispose]();
      app = await openByHand(project, clock);
    },
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      project[Symbol.dispose]();
    },
  };
}

function hashes(folder: string, names: readonly string[]): Record<string, string> {
  const hash = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries([...names].sort().map((name) => [name, hash(name)]));
}

/** However long a worker means to wait, the test's clock stands still. */
const shortSleep: Engine['sleep'] = (_ms, signal) => nap(2, undefined, { signal });

/** Names and hashes of the files that a run has staged, as its manifest says. */
export function stagedFiles({ manifest }: Run): Readonly<Record<string, string>> {
  return Object.fromEntries((manifest?.files ?? []).map(({ name, sha256 }) => [name, sha256]));
}

/** Names and hashes of what the stage holds for a run. */
export async function inStage(place: WorkerPlace, { stagePrefix }: Run): Promise<Readonly<Record<string, string>>> {
  const objects = await (await place.app().stage()).list(stagePrefix ?? '');
  const files = objects.filter(({ key }) => !key.endsWith('/manifest.json'));
  return Object.fromEntries(files.map(({ key, sha256 }) => [key.slice((stagePrefix ?? '').length + 1), sha256]));
}

/** Partner, stage, ledger and the warehouse's copy say the same of these runs, and every file went once. */
export async function expectDelivered(place: WorkerPlace, runs: readonly Run[], folder = 'inbox'): Promise<void> {
  const at = place.app();
  await settleOutbox(await place.engine());
  const all: Record<string, string> = {};
  for (const { id } of runs) {
    const run = (await at.ledger.runById(id)) as Run;
    expect(run).toMatchObject({ state: 'delivered', leaseOwner: null, error: null, hold: null });
    const files = stagedFiles(run);
    expect(Object.keys(files)).not.toHaveLength(0);
    expect(await inStage(place, run)).toEqual(files);
    Object.assign(all, files);
    expect(run.receipt).toMatchObject({ accepted: run.manifest?.rows, rejected: 0 });
    const steps = await at.ledger.stepsOf(id);
    expect(steps.filter(({ step }) => step === 'delivered')).toHaveLength(1);
    expect((await at.ledger.attemptsOf(id)).length).toBe(run.attempts);
    expect(await details(place, id)).toEqual(
      Object.entries(files).map(([name, sha256]) => ({
        STATUS: 'DELIVERED',
        FILE_NAME: name,
        FILE_SHA256: sha256,
        ERROR_KIND: null,
      })),
    );
  }
  expect(place.received(folder)).toEqual(all);
  expect(await at.ledger.pendingOutbox(1)).toEqual([]);
}

/** What SEGMENT_DELIVERY_DETAILS says of a run, once the outbox has been copied. */
export async function details(place: WorkerPlace, runId: string): Promise<readonly Row[]> {
  await settleOutbox(await place.engine());
  return place.query(sql`
    SELECT "STATUS", "FILE_NAME", "FILE_SHA256", "ERROR_KIND" FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS"
    WHERE "RUN_ID" = ${runId} ORDER BY "PART_NO"`);
}

export const TO_ARCHIVE = [{ destination: 'archive' }];

/** A place with one advertiser and so many of its devices. */
export function onePlace(count: number, options: Partial<PlaceOptions> = {}): Promise<WorkerPlace> {
  return openPlace({ configs: [configRow('4711', TO_ARCHIVE)], devices: { 4711: count }, ...options });
}
