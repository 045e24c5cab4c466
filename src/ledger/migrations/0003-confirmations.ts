import { type Kysely, sql } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Tables } from '../schema.ts';

/** What partners say of deliveries some time after them. */
export async function up(db: Kysely<Tables>, { text }: Engine): Promise<void> {
  await db.schema
    .createTable('confirmations')
    .addColumn('runId', text, (column) => column.primaryKey().references('runs.id'))
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('askAt', text)
    .addColumn('at', text)
    .addColumn('code', text)
    .addColumn('message', text)
    .addColumn('hint', text)
    .addColumn('counts', text, (column) => column.notNull())
    .execute();
  await sql`create index confirmations_pending on confirmations (ask_at) where ask_at is not null`.execute(db);
  await sql`create index confirmations_doubtful on confirmations (run_id) where state = 'doubtful'`.execute(db);
}
