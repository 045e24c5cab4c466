import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { loadSettings } from './config/load-settings.ts';
import { makeFolder } from './config/make-folder.ts';
import { type Environment, makeSecrets, readEnvironment } from './config/secrets.ts';
import type { Settings } from './config/settings.ts';
import { snowflakeOptions } from './config/snowflake-options.ts';
import type { Engine } from './delivery/engine.ts';
import { isDead, ownerName } from './delivery/release-orphans.ts';
import type { Secrets } from './destinations/destination.ts';
import type { Ledger } from './ledger/ledger.ts';
import { openLedger } from './ledger/open.ts';
import type { Clock } from './lib/clock.ts';
import { keepResources } from './lib/kept-resources.ts';
import { NO_TRACE, type Trace } from './lib/trace.ts';
import { VERSION } from './lib/version.ts';
import { withResource } from './lib/with-resource.ts';
import type { Stage } from './stage/stage.ts';
import { bindCatalogue, type Catalogue } from './warehouse/catalogue.ts';
import { createTables } from './warehouse/ddl.ts';
import { duckdbDialect } from './warehouse/duckdb/dialect.ts';
import type { Warehouse } from './warehouse/warehouse.ts';

/**
 * The composition root: settings in, application out. The only place that knows which warehouse, stage and control store there are.
 */

/**
 * What a command needs: `read` writes nothing, `write` makes what is missing. `ledger` reads the control store and leaves the
 * warehouse alone; `steer` writes the control store, and leaves the warehouse alone too.
 */
export type AppMode = 'read' | 'write' | 'ledger' | 'steer';

/** How long a connection to a partner waits for the next delivery: the next of many small ones comes sooner. */
const KEEP_CONNECTIONS_MS = 15_000;

export interface AppRequest {
  /** `--home`. */
  readonly home: string | undefined;
  /** `--config`. */
  readonly file: string | undefined;
  readonly env: Environment;
  readonly clock: Clock;
  readonly log: Logger;
  readonly mode: AppMode;
  readonly signal: AbortSignal;
  readonly trace?: Trace;
}

export interface App extends AsyncDisposable {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly warehouse: Warehouse;
  readonly catalogue: Catalogue;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** The stage, opened when it is first asked for. */
  stage(): Promise<Stage>;
  /** What deliveries need, made once; for `write` only. */
  engine(): Promise<Engine>;
}

/** Where the data directory is: `--home`, AQUARIUS_HOME, or `./.aquarius`. */
export function homeFolder(home: string | undefined, env: Environment): string {
  return resolve(home ?? (env.AQUARIUS_HOME || '.aquarius'));
}

/** Reads the settings and finds the secrets, and opens nothing. */
export async function openSettings(
  request: Pick<AppRequest, 'home' | 'file' | 'env'>,
): Promise<{ settings: Settings; secrets: Secrets }> {
  const settings = await loadSettings({ home: homeFolder(request.home, request.env), file: request.file, env: request.env });
  return { settings, secrets: makeSecrets(await readEnvironment(settings.folder, request.env), settings.folder) };
}

export async function openApp(request: AppRequest): Promise<App> {
  const { settings, secrets } = await openSettings(request);
  const { clock, log, mode, signal } = request;
  const opened: AsyncDisposable[] = [];
  const keep = <T extends AsyncDisposable>(resource: T): T => {
    opened.unshift(resource);
    return resource;
  };
  const close = async (): Promise<void> => {
    for (const resource of opened.splice(0)) await resource[Symbol.asyncDispose]();
  };
  try {
    if (mode === 'write') await makeFolder(settings.home, 0o700);
    const isAlone = mode === 'ledger' || mode === 'steer';
    const warehouse = isAlone ? NO_WAREHOUSE : keep(await openWarehouse({ settings, secrets, log }, mode));
    const catalogue = isAlone ? NO_TABLES : await openCatalogue(warehouse, settings);
    const ledger = keep(await openControlStore(settings, secrets, clock, mode));
    let openedStage: Promise<Stage> | undefined;
    const stage = (): Promise<Stage> => {
      openedStage ??= openStage(settings, secrets, clock).then(keep);
      return openedStage;
    };
    const parts = { settings, secrets, warehouse, catalogue, ledger, clock, log, signal, trace: request.trace ?? NO_TRACE };
    const kept = keep(keepResources(KEEP_CONNECTIONS_MS));
    let madeEngine: Promise<Engine> | undefined;
    const tablesNow = async () => (readsFiles(settings) ? tablesOf({ warehouse, settings }) : catalogue);
    const engine = (): Promise<Engine> => {
      madeEngine ??= stage().then((own) => makeEngine({ ...parts, kept, stage: own }, tablesNow));
      return madeEngine;
    };
    return { ...parts, stage, engine, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

type EngineParts = Omit<Engine, 'tablesNow' | 'workFolder' | 'owner' | 'programVersion' | 'random' | 'sleep'>;

async function makeEngine(parts: EngineParts, tablesNow: () => Promise<Catalogue>): Promise<Engine> {
  const owner = ownerName(randomBytes(4).toString('hex'));
  return {
    ...parts,
    tablesNow,
    workFolder: await openWorkFolder(parts.settings, owner),
    owner,
    programVersion: VERSION,
    random: Math.random,
    sleep: (ms, until) => sleep(ms, undefined, { signal: until }),
  };
}

/** What lies in the folder for work is a dead process's, and goes. */
async function openWorkFolder({ home, warehouse }: Settings, owner: string): Promise<string> {
  const folder = join(home, 'work');
  // Whoever holds the embedded warehouse for writing is alone in the data directory.
  if (warehouse.type === 'duckdb') {
    await rm(folder, { recursive: true, force: true });
    return folder;
  }
  for (const other of await readdir(folder).catch(() => [])) {
    if (isDead(other)) await rm(join(folder, other), { recursive: true, force: true });
  }
  return join(folder, owner);
}

function readsFiles({ tables }: Settings): boolean {
  return Object.values(tables).some((placement) => 'files' in placement && placement.files !== undefined);
}

/** The tables as they are at the moment. */
export function tablesOf({ warehouse, settings }: Pick<App, 'warehouse' | 'settings'>): Promise<Catalogue> {
  return withResource(warehouse.session(), (session) => bindCatalogue(session, settings.tables));
}

function leftAlone(): never {
  throw new Error('This command leaves the warehouse alone.');
}

/** For who works with the control store alone: opening an engine would take most of a short command's time. */
const NO_WAREHOUSE: Warehouse = {
  dialect: duckdbDialect,
  readOnly: true,
  answersLastMs: 0,
  session: async () => leftAlone(),
  [Symbol.asyncDispose]: async () => {},
};
const NO_TABLES: Catalogue = { table: leftAlone, problems: leftAlone };

/** Opens the warehouse and nothing else; no table of it is looked at. */
export async function openWarehouse(
  { settings, secrets, log }: Pick<App, 'settings' | 'secrets' | 'log'>,
  mode: 'read' | 'write',
): Promise<Warehouse> {
  if (settings.warehouse.type === 'snowflake') {
    const { openSnowflake } = await import('./warehouse/snowflake/snowflake.ts');
    return openSnowflake(
      snowflakeOptions(settings.warehouse, {
        secrets,
        log,
        readOnly: mode === 'read',
        stageIsBucket: settings.stage.type === 's3',
      }),
    );
  }
  const { openDuckDB } = await import('./warehouse/duckdb/duckdb.ts');
  const { path, memoryLimit, threads, tempDirectory, maxTempDirectorySize } = settings.warehouse;
  const limits = { memoryLimit, threads, tempDirectory, maxTempDirectorySize };
  // All of it may be in files: then there need not be a database yet.
  if (mode === 'read' && readsFiles(settings) && !existsSync(path)) {
    return openDuckDB({ path: ':memory:', readOnly: false, ...limits });
  }
  const isNew = !existsSync(path);
  const warehouse = await openDuckDB({ path, readOnly: mode === 'read', ...limits });
  // It holds identifiers: only its owner reads it, wherever it lies.
  if (isNew) await chmod(path, 0o600);
  return warehouse;
}

async function openCatalogue(warehouse: Warehouse, settings: Settings): Promise<Catalogue> {
  return withResource(warehouse.session(), async (session) => {
    // Elsewhere tables are made by who may: `aquarius init` prints how.
    if (!warehouse.readOnly && settings.warehouse.type === 'duckdb') await createTables(session);
    return bindCatalogue(session, settings.tables);
  });
}

async function openControlStore(settings: Settings, secrets: Secrets, clock: Clock, mode: AppMode): Promise<Ledger> {
  const { controlStore } = settings;
  // Whoever steers what is not there is told so, and leaves no empty store behind.
  const isThere = controlStore.type === 'postgres' || existsSync(controlStore.path);
  const readOnly = mode !== 'write' && !(mode === 'steer' && isThere);
  const place =
    controlStore.type === 'sqlite'
      ? ({ kind: 'sqlite', path: controlStore.path, readOnly } as const)
      : ({ kind: 'postgres', url: await secrets(controlStore.url), readOnly } as const);
  return openLedger(place, { clock, program: VERSION });
}

async function openStage(settings: Settings, secrets: Secrets, clock: Clock): Promise<Stage & AsyncDisposable> {
  const { stage } = settings;
  // Loaded where they are used: the S3 client alone would cost every command a share of its start.
  if (stage.type === 'folder') {
    const { openFolderStage } = await import('./stage/folder/folder-stage.ts');
    return openFolderStage({ path: stage.path });
  }
  const { openS3Stage } = await import('./stage/s3/s3-stage.ts');
  return openS3Stage(stage, { secrets, clock });
}
