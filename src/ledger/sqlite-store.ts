import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { configError } from '../errors.ts';
import { sqliteDialect, whenFree } from './sqlite-dialect.ts';
import { sqliteEngine } from './sqlite-engine.ts';
import { makeStore, type Store, type StoreDeps } from './store.ts';

/** A store in a file, made with its folder when it is missing; only its owner can read it. */
export async function openSqliteStore(path: string, deps: StoreDeps): Promise<Store> {
  const engine = sqliteEngine(path, deps.clock);
  let database: DatabaseSync | undefined;
  try {
    if (!deps.readOnly) createFile(path);
    database = new DatabaseSync(deps.readOnly ? readingPlace(path) : path, {
      readOnly: deps.readOnly,
      enableForeignKeyConstraints: true,
    });
    if (!deps.readOnly) await makeDurable(database, path);
    return makeStore(sqliteDialect(database), engine, deps);
  } catch (error) {
    database?.close();
    throw engine.classify(error);
  }
}

/**
 * Where to read a store. Nobody has it open when it has no write-ahead log; it is then read as unchanging, since SQLite would
 * make files beside it even for a reader.
 */
function readingPlace(path: string): URL | string {
  if (existsSync(`${path}-wal`)) return path;
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return url;
}

/** A store without rows that is gone when it is closed. */
export function openMemoryStore(deps: StoreDeps): Store {
  return makeStore(sqliteDialect(new DatabaseSync(':memory:')), sqliteEngine(':memory:', deps.clock), deps);
}

function createFile(path: string): void {
  if (existsSync(path)) return;
  try {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, 'a', 0o600));
  } catch (cause) {
    throw configError('control_store_access', `The control store ${path} cannot be created.`, {
      cause,
      hint: 'Choose a folder that this user can write to, on a disk with free space.',
    });
  }
}

async function makeDurable(database: DatabaseSync, path: string): Promise<void> {
  await whenFree(database, 'pragma journal_mode = wal');
  if (database.prepare('pragma journal_mode').get()?.journal_mode !== 'wal')
    throw configError('control_store_filesystem', `The file system of ${path} cannot hold a control store.`, {
      hint: 'Put it on a local disk, or use PostgreSQL.',
    });
  database.exec('pragma synchronous = full');
}
