import { sql } from 'kysely';
import { configError, transientError } from '../errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { Engine } from './engine.ts';
import { sqliteCode } from './sqlite-dialect.ts';

/** SQLite: the processes are on one machine, so the injected clock is the one that they share. */
export function sqliteEngine(path: string, clock: Clock): Engine {
  const at = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
  return {
    name: 'sqlite',
    text: sql<string>`text`,
    now: () => sql<string>`${at(0)}`,
    after: (ms) => sql<string>`${at(ms)}`,
    pairs: (json) => sql`select value ->> 0, value ->> 1 from json_each(${json})`,
    tableExists: (name) => sql`select count(*) as found from sqlite_master where type = 'table' and name = ${name}`,
    migrationLock: null,
    appendOnly: (table) =>
      (['update', 'delete'] as const).map(
        (verb) => sql`create trigger ${sql.id(`${table}_no_${verb}`)} before ${sql.raw(verb)} on ${sql.id(table)}
          begin select raise(abort, 'append-only'); end`,
      ),
    expirable: (table) => [
      sql`drop trigger ${sql.id(`${table}_no_delete`)}`,
      sql`create trigger ${sql.id(`${table}_no_delete`)} before delete on ${sql.id(table)}
        when not exists (select 1 from runs where id = old.run_id and details_expired_at is not null)
        begin select raise(abort, 'append-only'); end`,
    ],
    rowLocks: false,
    writeLock: () => null,
    // With the write-ahead log, `normal` leaves a commit to the next sync of that log.
    commitLater: (db, work) =>
      db.connection().execute(async (connection) => {
        await sql`pragma synchronous = normal`.execute(connection);
        try {
          return await connection.transaction().execute(work);
        } finally {
          await sql`pragma synchronous = full`.execute(connection);
        }
      }),
    classify: (error) => classify(error, path),
  };
}

function classify(error: unknown, path: string): unknown {
  const cause = { cause: error };
  switch (sqliteCode(error)) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return transientError('control_store_busy', `The control store ${path} stayed locked by another process.`, {
        ...cause,
        hint: 'Find out which process holds the file open in a transaction, and try again.',
      });
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
    case 23: // SQLITE_AUTH
      return configError('control_store_access', `The control store ${path} cannot be opened or written.`, {
        ...cause,
        hint: 'Give this user read and write permission on the file and on its folder.',
      });
    case 10: // SQLITE_IOERR
      return transientError('control_store_io', `The disk failed while the control store ${path} was in use.`, {
        ...cause,
        hint: 'Check the disk and the system log; the store itself survives an interrupted write.',
      });
    case 13: // SQLITE_FULL
      return transientError('control_store_full', `The disk that holds the control store ${path} is full.`, {
        ...cause,
        hint: 'Free some space; the runs go on from where they are.',
      });
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return configError('control_store_damaged', `${path} is damaged or is not a control store.`, {
        ...cause,
        hint: 'Check the configured path, or restore the file from a backup.',
      });
    default:
      return error;
  }
}
