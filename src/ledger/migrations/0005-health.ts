import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Tables } from '../schema.ts';

/** Who has taken an alert on, and what was last known of the feeds. */
export async function up(db: Kysely<Tables>, { text }: Engine): Promise<void> {
  await db.schema
    .createTable('alertAcknowledgements')
    .addColumn('key', text, (column) => column.primaryKey())
    .addColumn('firedAt', text, (column) => column.notNull())
    .addColumn('at', text, (column) => column.notNull())
    .addColumn('actor', text, (column) => column.notNull())
    .addColumn('note', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('feedChecks')
    .addColumn('feed', text, (column) => column.primaryKey())
    .addColumn('newestAt', text)
    .addColumn('checkedAt', text, (column) => column.notNull())
    .execute();
}
