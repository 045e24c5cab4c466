import { chmod } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { configError } from '../errors.ts';
import type { Clock } from '../lib/clock.ts';
import { sqliteEngine } from './sqlite-engine.ts';

/** All in one step, which no write of another process makes begin anew; it runs beside the event loop. */
const EVERY_PAGE = 2 ** 31 - 1;

/**
 * Copies the control store in `path` to the new file `target`, as it is at one moment, while others go on writing; what is in its
 * write-ahead log is part of it. Only its owner can read the copy, which has been read back. Errors are those of opening a store, and
 * `control_store_damaged` when the copy does not hold together.
 */
export async function copySqliteStore(path: string, target: string, clock: Clock): Promise<void> {
  try {
    await withDatabase(path, (source) => backup(source, target, { rate: EVERY_PAGE }));
    await chmod(target, 0o600);
    const found = await withDatabase(target, async (copy) => copy.prepare('pragma quick_check(1)').get());
    if (found?.quick_check === 'ok') return;
  } catch (error) {
    throw sqliteEngine(path, clock).classify(error);
  }
  throw configError('control_store_damaged', `${path} is damaged: its copy does not hold together.`, {
    hint: 'Keep the last good backup, and restore it.',
  });
}

/** Not opened to read only: SQLite would then leave its shared memory and an empty log beside the file. */
async function withDatabase<T>(path: string, work: (database: DatabaseSync) => Promise<T>): Promise<T> {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}
