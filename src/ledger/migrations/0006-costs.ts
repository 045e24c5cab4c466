import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Tables } from '../schema.ts';

/** What the warehouse's statements have cost. */
export async function up(db: Kysely<Tables>, { text }: Engine): Promise<void> {
  await db.schema
    .createTable('costs')
    .addColumn('spentFor', text, (column) => column.notNull())
    .addColumn('step', text, (column) => column.notNull())
    .addColumn('statements', 'bigint', (column) => column.notNull())
    .addColumn('bytesScanned', 'bigint', (column) => column.notNull())
    .addColumn('elapsedMs', 'bigint', (column) => column.notNull())
    .addColumn('credits', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('costs_key', ['spentFor', 'step'])
    .execute();
  await db.schema
    .createTable('costShares')
    .addColumn('runId', text, (column) => column.notNull().references('runs.id'))
    .addColumn('callId', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('cost_shares_key', ['runId', 'callId'])
    .execute();
  await db.schema.createIndex('cost_shares_of_call').on('costShares').column('callId').execute();
  await db.schema
    .createTable('costMarks')
    .addColumn('warehouse', text, (column) => column.primaryKey())
    .addColumn('countedTo', text, (column) => column.notNull())
    .execute();
}
