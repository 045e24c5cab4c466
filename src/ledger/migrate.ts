import type { Kysely } from 'kysely';
import { configError } from '../errors.ts';
import type { Engine } from './engine.ts';
import { up as runs } from './migrations/0001-runs.ts';
import { up as queue } from './migrations/0002-queue.ts';
import { up as confirmations } from './migrations/0003-confirmations.ts';
import { up as users } from './migrations/0004-users.ts';
import { up as health } from './migrations/0005-health.ts';
import { up as costs } from './migrations/0006-costs.ts';
import type { Tables } from './schema.ts';
import { type Store, timestamp } from './store.ts';

interface Migration {
  readonly name: string;
  up(db: Kysely<Tables>, engine: Engine): Promise<void>;
}

/** In order, the first being version 1. Append only: a released migration is never changed. */
const MIGRATIONS: readonly Migration[] = [
  { name: 'runs', up: runs },
  { name: 'queue', up: queue },
  { name: 'confirmations', up: confirmations },
  { name: 'users', up: users },
  { name: 'health', up: health },
  { name: 'costs', up: costs },
];

/** Schema version of the store, 0 for an empty one. A store of a newer program is refused: `control_store_newer`. */
async function schemaVersion(db: Kysely<Tables>, engine: Engine): Promise<number> {
  const { rows } = await engine.tableExists('ledger_schema').execute(db);
  if (rows[0]?.found === 0) return 0;
  const newest = await db
    .selectFrom('ledgerSchema')
    .select((eb) => eb.fn.max('version').as('version'))
    .executeTakeFirst();
  const version = newest?.version ?? 0;
  if (version > MIGRATIONS.length)
    throw configError(
      'control_store_newer',
      `The control store has schema version ${version}; this program knows versions up to ${MIGRATIONS.length}.`,
      { hint: 'Run the newer version of Aquarius that wrote it, or restore the backup made before the upgrade.' },
    );
  return version;
}

/** How the store's schema stands to this program's. */
export function schemaState(store: Store): Promise<'empty' | 'older' | 'current'> {
  return store.read(async (db) => {
    const version = await schemaVersion(db, store.engine);
    if (version === MIGRATIONS.length) return 'current';
    return version === 0 ? 'empty' : 'older';
  });
}

/** Brings the store to this program's schema, all in one transaction; safe when several processes start at once. */
export async function migrate(store: Store): Promise<void> {
  if ((await schemaState(store)) === 'current') return;
  await store.write(async (trx) => {
    const { engine } = store;
    await engine.migrationLock?.execute(trx);
    await trx.schema
      .createTable('ledgerSchema')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('name', engine.text, (column) => column.notNull())
      .addColumn('appliedAt', engine.text, (column) => column.notNull())
      .execute();
    // Asked again under the lock: another process may have been first.
    const version = await schemaVersion(trx, engine);
    for (const [index, migration] of MIGRATIONS.entries()) {
      if (index < version) continue;
      await migration.up(trx, engine);
      await trx
        .insertInto('ledgerSchema')
        .values({ version: index + 1, name: migration.name, appliedAt: timestamp(store) })
        .execute();
    }
  });
}
