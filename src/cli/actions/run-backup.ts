import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { App } from '../../app.ts';
import { folderFailure } from '../../config/make-folder.ts';
import { configError } from '../../errors.ts';
import { copySqliteStore } from '../../ledger/copy-sqlite-store.ts';
import { withResource } from '../../lib/with-resource.ts';
import { copyDatabase } from '../../warehouse/duckdb/copy-database.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';

interface BackedUp {
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/**
 * Copies what a data directory is made of into a folder that is whole or is not there. `config` errors: `backup_exists`,
 * `backup_postgres`, `backup_nothing`, `backup_warehouse`.
 */
export async function runBackup(folder: string, options: GlobalOptions & { readonly warehouse: boolean }): Promise<void> {
  const target = resolve(currentIo().cwd, folder);
  const made = await withApp(options, options.warehouse ? 'read' : 'ledger', (app) => backUp(app, target, options.warehouse));
  if (options.json === true) return printJson(made);
  print(
    [`Wrote ${made.folder}`, ...made.files.map(({ name, bytes }) => `  ${name}, ${bytes.toLocaleString('en')} bytes`)].join('\n'),
  );
}

async function backUp(app: App, target: string, withWarehouse: boolean): Promise<BackedUp> {
  const { controlStore, warehouse } = app.settings;
  if (withWarehouse && warehouse.type !== 'duckdb')
    throw configError('backup_warehouse', 'The warehouse is in Snowflake, which keeps its own copies.', {
      hint: 'Add --no-warehouse for the rest. Time Travel and CREATE TABLE … CLONE are the means for the warehouse.',
    });
  if (controlStore.type === 'postgres' && !withWarehouse)
    throw configError('backup_postgres', 'The control store is in PostgreSQL, which has its own means.', {
      hint: 'Use `pg_dump --format=custom` with the URL of the control store, or the backups of its host.',
    });
  if (controlStore.type === 'sqlite' && !existsSync(controlStore.path))
    throw configError('backup_nothing', `There is no control store ${controlStore.path}: nothing has been delivered from here.`, {
      hint: 'Name the data directory with --home or AQUARIUS_HOME.',
    });
  if (existsSync(target))
    throw configError('backup_exists', `${target} exists already; nothing was written.`, {
      hint: 'Name a folder that does not exist yet, such as one with the date in its name.',
    });
  const partial = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    await mkdir(partial, { mode: 0o700 });
    // The ledger first: what is delivered while the warehouse is copied is then in the warehouse's copy of the ledger, and not missed.
    if (controlStore.type === 'sqlite') await copySqliteStore(controlStore.path, join(partial, 'control.db'), app.clock);
    if (withWarehouse && warehouse.type === 'duckdb' && existsSync(warehouse.path)) {
      await withResource(app.warehouse.session(), (session) =>
        copyDatabase(session, join(partial, 'warehouse.duckdb'), { signal: app.signal }),
      );
    }
    await copyFile(app.settings.file, join(partial, 'aquarius.yaml'));
    await chmod(join(partial, 'aquarius.yaml'), 0o600);
    const files = await sizes(partial, ['control.db', 'warehouse.duckdb', 'aquarius.yaml']);
    await rename(partial, target);
    return { folder: target, files };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw folderFailure(target, error);
  }
}

async function sizes(folder: string, names: readonly string[]): Promise<BackedUp['files']> {
  const there = names.filter((name) => existsSync(join(folder, name)));
  return Promise.all(there.map(async (name) => ({ name, bytes: (await stat(join(folder, name))).size })));
}
