import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATA_FOLDER } from '../data/shape.ts';

export const THREADS = 2;

/** A data directory of its own for one measurement. */
export async function withHome<T>(work: (home: string) => Promise<T>): Promise<T> {
  await mkdir(DATA_FOLDER, { recursive: true });
  const home = await mkdtemp(join(DATA_FOLDER, 'home-'));
  try {
    return await work(home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

interface HomeSettings {
  /** The database; by default in the data directory. */
  readonly warehouse?: string;
  /** Names of destinations that are folders in the data directory. */
  readonly folders?: readonly string[];
  /** Further YAML below `destinations:`, indented by two. */
  readonly destinations?: string;
  /** Further YAML at the top. */
  readonly more?: string;
}

/** Writes aquarius.yaml: two threads, every audience however small, folders to deliver to, gzip as it is by default. */
export async function writeSettings(home: string, settings: HomeSettings): Promise<void> {
  const folders = (settings.folders ?? []).map((name) => {
    return `  ${name}:\n    type: folder\n    path: ${JSON.stringify(join(home, 'inbox', name))}\n    compression: gzip\n`;
  });
  for (const name of settings.folders ?? []) await mkdir(join(home, 'inbox', name), { recursive: true });
  const warehouse = settings.warehouse === undefined ? '' : `  path: ${JSON.stringify(settings.warehouse)}\n`;
  const text = `warehouse:\n${warehouse}  threads: ${THREADS}\npolicy:\n  minAudience: 1\n  staleSource: warn\n${settings.more ?? ''}destinations:\n${folders.join('')}${settings.destinations ?? ''}`;
  await writeFile(join(home, 'aquarius.yaml'), text);
}
