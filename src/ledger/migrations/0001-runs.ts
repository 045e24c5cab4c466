import { type Kysely, sql } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Tables } from '../schema.ts';

/** Deliveries, runs, their attempts and steps, and the outbox for the warehouse's copy. */
export async function up(db: Kysely<Tables>, engine: Engine): Promise<void> {
  const { text } = engine;

  await db.schema
    .createTable('deliveries')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('agencyId', text, (column) => column.notNull())
    .addColumn('advertiserId', text, (column) => column.notNull())
    .addColumn('destination', text, (column) => column.notNull())
    .addColumn('segmentId', text, (column) => column.notNull())
    .addColumn('createdAt', text, (column) => column.notNull())
    .addUniqueConstraint('deliveries_key', ['agencyId', 'advertiserId', 'destination', 'segmentId'])
    .execute();

  await db.schema
    .createTable('runs')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('deliveryId', text, (column) => column.notNull().references('deliveries.id'))
    .addColumn('slot', text, (column) => column.notNull())
    .addColumn('generation', 'integer', (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('reason', text)
    .addColumn('plannedAt', text, (column) => column.notNull())
    .addColumn('startedAt', text)
    .addColumn('stagedAt', text)
    .addColumn('sentAt', text)
    .addColumn('finishedAt', text)
    .addColumn('confirmedAt', text)
    .addColumn('windowFrom', text)
    .addColumn('windowTo', text, (column) => column.notNull())
    .addColumn('configVersion', 'integer', (column) => column.notNull())
    .addColumn('programVersion', text, (column) => column.notNull())
    .addColumn('segmentName', text, (column) => column.notNull())
    .addColumn('destinationType', text, (column) => column.notNull())
    .addColumn('mode', text, (column) => column.notNull())
    .addColumn('refresh', text, (column) => column.notNull())
    .addColumn('joinStrategy', text)
    .addColumn('exposureSource', text)
    .addColumn('lookbackDays', 'integer')
    .addColumn('lookbackEffectiveDays', 'integer')
    .addColumn('identifierTypes', text, (column) => column.notNull())
    .addColumn('late', 'integer', (column) => column.notNull())
    .addColumn('selected', 'bigint')
    .addColumn('written', 'bigint')
    .addColumn('suppressed', 'bigint')
    .addColumn('rowsAdded', 'bigint')
    .addColumn('rowsRemoved', 'bigint')
    .addColumn('dropped', text)
    .addColumn('identifiers', text)
    .addColumn('stagePrefix', text)
    .addColumn('manifest', text)
    .addColumn('receipt', text)
    .addColumn('errorKind', text)
    .addColumn('errorCode', text)
    .addColumn('errorMessage', text)
    .addColumn('errorHint', text)
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('leaseOwner', text)
    .addColumn('leaseUntil', text)
    .addColumn('retryAt', text)
    .addUniqueConstraint('runs_slot', ['deliveryId', 'slot', 'generation'])
    .execute();
  await db.schema.createIndex('runs_by_slot').on('runs').columns(['slot']).execute();
  await db.schema.createIndex('runs_by_state').on('runs').columns(['state', 'id']).execute();

  await db.schema
    .createTable('attempts')
    .addColumn('runId', text, (column) => column.notNull().references('runs.id'))
    .addColumn('no', 'integer', (column) => column.notNull())
    .addColumn('startedAt', text, (column) => column.notNull())
    .addColumn('owner', text, (column) => column.notNull())
    .addColumn('program', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('attempts_key', ['runId', 'no'])
    .execute();

  await db.schema
    .createTable('steps')
    .addColumn('runId', text, (column) => column.notNull().references('runs.id'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('at', text, (column) => column.notNull())
    .addColumn('step', text, (column) => column.notNull())
    .addColumn('detail', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('steps_key', ['runId', 'seq'])
    .execute();

  for (const table of ['attempts', 'steps']) {
    for (const statement of engine.appendOnly(table)) await statement.execute(db);
  }

  await db.schema
    .createTable('outbox')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('runId', text, (column) => column.notNull().references('runs.id'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('details', text)
    .addColumn('createdAt', text, (column) => column.notNull())
    .addColumn('doneAt', text)
    .execute();
  await sql`create index outbox_pending on outbox (id) where done_at is null`.execute(db);
}
