import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DESTINATIONS } from '../destinations/registry.ts';
import { configError } from '../errors.ts';
import { type Machine, thisMachine } from '../lib/machine.ts';
import type { TablePlacement } from '../warehouse/catalogue.ts';
import { defaultMemoryLimit, defaultParallelRuns } from './machine-defaults.ts';
import { parseSettings } from './parse-settings.ts';
import { type Environment, readEnvironment } from './secrets.ts';
import type { DeviceTypeRule, Settings, SettingsFile } from './settings.ts';
import { idText } from './values.ts';
import type { DuckDBSettings } from './warehouse-settings.ts';

export interface LoadOptions {
  /** AQUARIUS_HOME. */
  readonly home: string;
  /** `--config`. */
  readonly file?: string | undefined;
  readonly env: Environment;
  /** Where relative paths start; by default the working directory. */
  readonly cwd?: string | undefined;
  /** By default the one that this process runs on. */
  readonly machine?: Machine;
}

const FILE_NAME = 'aquarius.yaml';

/**
 * Finds and reads the settings: the given file, else AQUARIUS_CONFIG, else ./aquarius.yaml, else the one in the data directory.
 * Without any it is a `config` error `settings_missing`; there are no silent defaults.
 */
export async function loadSettings({
  home,
  file,
  env,
  cwd = process.cwd(),
  machine = thisMachine(),
}: LoadOptions): Promise<Settings> {
  const directory = resolve(cwd, home);
  const asked = file ?? (env.AQUARIUS_CONFIG || undefined);
  const candidates = asked === undefined ? [resolve(cwd, FILE_NAME), join(directory, FILE_NAME)] : [resolve(cwd, asked)];
  for (const path of candidates) {
    const text = await readIfThere(path);
    if (text === undefined) continue;
    const folder = dirname(path);
    const places = { file: path, folder, home: directory };
    return resolved(parseSettings(text, path), places, machine, await readEnvironment(folder, env));
  }
  throw configError(
    'settings_missing',
    `There are no settings: ${candidates.join(' and ')} ${candidates.length > 1 ? 'do' : 'does'} not exist.`,
    {
      hint: 'Run `aquarius init` to make aquarius.yaml, or name the file with --config or AQUARIUS_CONFIG.',
    },
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw configError('settings_unreadable', `${path} cannot be read (${String(code)}).`, {
      hint: 'Name a file that this user may read.',
      cause: error,
    });
  }
}

interface Places {
  readonly file: string;
  readonly folder: string;
  readonly home: string;
}

function resolved(file: SettingsFile, places: Places, machine: Machine, env: Environment): Settings {
  const { folder, home } = places;
  const { warehouse, worker, stage, policy } = file;
  const placements = Object.entries(file.tables).flatMap(([name, table]): [string, TablePlacement][] => {
    if (table?.files === undefined) return table === undefined ? [] : [[name, table]];
    return [[name, { ...table, files: table.files.map((path) => resolve(folder, path)) }]];
  });
  return {
    ...places,
    warehouse: warehouse.type === 'duckdb' ? embedded(warehouse, home, machine) : warehouse,
    tables: Object.fromEntries(placements),
    controlStore: controlStore(file.controlStore, home, env),
    stage: stage.type === 'folder' ? { ...stage, path: resolve(home, stage.path) } : stage,
    destinations: Object.fromEntries(Object.entries(file.destinations).map(([name, own]) => [name, destination(own, home)])),
    defaults: file.defaults,
    drop: file.drop,
    worker: { ...worker, parallel: worker.parallel ?? defaultParallelRuns(machine) },
    guards: file.guards,
    retention: file.retention,
    serve: file.serve,
    users: file.users,
    admin: file.admin,
    pixel: file.pixel,
    alerts: file.alerts,
    policy: { ...policy, deviceTypes: policy.deviceTypes.map(deviceTypeRule) },
  };
}

function embedded(warehouse: DuckDBSettings, home: string, machine: Machine): Settings['warehouse'] {
  const { path, memoryLimit, threads, tempDirectory } = warehouse;
  return {
    ...warehouse,
    path: resolve(home, path),
    memoryLimit: memoryLimit ?? defaultMemoryLimit(machine),
    threads: threads ?? machine.processors,
    ...(tempDirectory === undefined ? {} : { tempDirectory: resolve(home, tempDirectory) }),
  };
}

function controlStore({ url, path }: SettingsFile['controlStore'], home: string, env: Environment): Settings['controlStore'] {
  if (url !== undefined) return { type: 'postgres', url };
  if (path === undefined && env.DATABASE_URL) return { type: 'postgres', url: 'env:DATABASE_URL' };
  return { type: 'sqlite', path: resolve(home, path ?? 'control.db') };
}

/** A destination with its paths made absolute. What it can take is asked once, so that a preset that cannot be read is told at once. */
function destination(own: { readonly type: string }, home: string): { readonly type: string } {
  const adapter = DESTINATIONS.find(({ type }) => type === own.type);
  const placed = (adapter?.placed?.(own, home) ?? own) as { readonly type: string };
  adapter?.capabilities(placed);
  return placed;
}

function deviceTypeRule({ source, agency, rule }: SettingsFile['policy']['deviceTypes'][number]): DeviceTypeRule {
  return agency === undefined ? { source, rule } : { source, rule, agency: idText(agency) };
}
