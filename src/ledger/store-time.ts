import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';
import type { Store } from './store.ts';

/** The store's time as the schema writes times. */
export async function storeTime(store: Store, db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ now: string }>`select ${store.engine.now()} as now`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('The control store did not say what time it is.');
  return row.now;
}

/** The store's time: the same for all processes that share it. */
export async function now(store: Store): Promise<Date> {
  return new Date(await store.read((db) => storeTime(store, db)));
}
