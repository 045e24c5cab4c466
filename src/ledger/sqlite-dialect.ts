import type { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { type Dialect, SqliteAdapter, type SqliteDatabase, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';

/** How long a statement waits for another process inside SQLite, where nothing else can go on meanwhile. */
const BLOCKING_WAIT_MS = 5_000;
/** How long a transaction waits for its turn. */
const TURN_MS = 30_000;
const SQLITE_BUSY = 5;

/** SQLite's primary result code, or undefined when the error is not SQLite's. */
export function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/**
 * Runs a statement that needs the write lock as soon as the lock is free. SQLite's own waiting would stop the event loop, and with
 * it another handle of this process that holds the lock and could never let go; so this asks, steps aside, and asks again.
 */
export async function whenFree(database: DatabaseSync, statement: string): Promise<void> {
  const deadline = performance.now() + TURN_MS;
  for (;;) {
    database.exec('pragma busy_timeout = 0');
    try {
      database.exec(statement);
      return;
    } catch (error) {
      if (sqliteCode(error) !== SQLITE_BUSY || performance.now() > deadline) throw error;
    } finally {
      database.exec(`pragma busy_timeout = ${BLOCKING_WAIT_MS}`);
    }
    await setTimeout(1 + Math.random() * 20);
  }
}

/**
 * Takes the write lock when a transaction begins: one that reads first and then writes would otherwise fail whenever another
 * process has written in between, and no waiting would help it.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: asKyselyDatabase(database) });
    this.#database = database;
  }

  override async beginTransaction(): Promise<void> {
    await whenFree(this.#database, 'begin immediate');
  }

  override async rollbackTransaction(): Promise<void> {
    // A full disk or a failing one ends the transaction by itself; a second rollback would hide that error behind its own.
    if (this.#database.isTransaction) this.#database.exec('rollback');
  }
}

/** Statements that are kept prepared. The control store has fewer, but for lists of different lengths. */
const MOST_PREPARED = 200;

/** The few calls that Kysely makes of better-sqlite3, made of `node:sqlite`. */
function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return {
    close: () => database.close(),
    prepare(text) {
      const known = prepared.get(text) ?? prepare(database, text);
      prepared.delete(text);
      prepared.set(text, known);
      for (const oldest of [...prepared.keys()].slice(0, -MOST_PREPARED)) prepared.delete(oldest);
      return known;
    },
  };
}

function prepare(database: DatabaseSync, text: string): ReturnType<SqliteDatabase['prepare']> {
  const statement = database.prepare(text);
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...bindable(values)),
    run: (values) => statement.run(...bindable(values)),
    // Of its own, since one statement cannot be read twice at once.
    iterate: (values) => database.prepare(text).iterate(...bindable(values)),
  };
}

function bindable(values: readonly unknown[]): (string | number | bigint | null)[] {
  return values.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
    throw new TypeError(`a ${typeof value} cannot be bound in the control store`);
  });
}

/** Kysely's SQLite dialect over `node:sqlite`; closing the Kysely instance closes the database. */
export function sqliteDialect(database: DatabaseSync): Dialect {
  return {
    createDriver: () => new ImmediateDriver(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}
