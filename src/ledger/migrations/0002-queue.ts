import { type AlterTableBuilder, type Kysely, sql } from 'kysely';
import type { Receipt } from '../../destinations/destination.ts';
import type { Manifest } from '../../format/manifest.ts';
import type { Engine } from '../engine.ts';
import type { Tables } from '../schema.ts';

const PAGE = 1_000;

/** What many workers need: queue and lists by index, holds, pauses, breakers, audit, alerts, retention. */
export async function up(db: Kysely<Tables>, engine: Engine): Promise<void> {
  await addColumns(db, engine);
  await addIndexes(db);
  await addTables(db, engine);
  for (const statement of engine.appendOnly('audit')) await statement.execute(db);
  for (const table of ['attempts', 'steps']) {
    for (const statement of engine.expirable(table)) await statement.execute(db);
  }
  await fillDeliveries(db);
  await fillTotals(db);
}

async function addColumns(db: Kysely<Tables>, { text }: Engine): Promise<void> {
  // SQLite adds one column at a time, and one that is never null only with a default.
  const add = async (table: 'runs' | 'deliveries', change: (builder: AlterTableBuilder) => { execute(): Promise<void> }) =>
    change(db.schema.alterTable(table)).execute();
  for (const name of ['agencyId', 'advertiserId', 'destination', 'dueAt', 'deadlineAt', 'approvals'])
    await add('runs', (table) => table.addColumn(name, text, (column) => column.notNull().defaultTo('')));
  for (const name of [
    'asOf',
    'hold',
    'holdDetail',
    'heldAt',
    'cancelRequestedAt',
    'progress',
    'stageExpiredAt',
    'detailsExpiredAt',
    'requestKey',
  ])
    await add('runs', (table) => table.addColumn(name, text));
  await add('runs', (table) => table.addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0)));
  await fillRuns(db);

  for (const name of ['pausedAt', 'pausedBy', 'pauseReason', 'lastRunId', 'lastDeliveredAt'])
    await add('deliveries', (table) => table.addColumn(name, text));
  await add('deliveries', (table) => table.addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0)));
  await add('deliveries', (table) => table.addColumn('lastWritten', 'bigint'));
}

/** A page at a time, since PostgreSQL gives a statement only so long. */
async function fillRuns(db: Kysely<Tables>): Promise<void> {
  for (let after = ''; ; ) {
    const last = await db
      .selectFrom('runs')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .offset(PAGE - 1)
      .limit(1)
      .executeTakeFirst();
    await sql`update runs set due_at = planned_at, deadline_at = planned_at,
      (agency_id, advertiser_id, destination) =
        (select d.agency_id, d.advertiser_id, d.destination from deliveries d where d.id = runs.delivery_id)
      where id > ${after} ${last === undefined ? sql`` : sql`and id <= ${last.id}`}`.execute(db);
    if (last === undefined) return;
    after = last.id;
  }
}

async function addIndexes(db: Kysely<Tables>): Promise<void> {
  const newestFirst: ('plannedAt' | 'generation' | 'id')[] = ['plannedAt', 'generation', 'id'];
  for (const name of ['runs_by_state', 'runs_by_slot']) await db.schema.dropIndex(name).execute();
  await db.schema.createIndex('runs_by_time').on('runs').columns(newestFirst).execute();
  for (const [name, column] of [
    ['agency', 'agencyId'],
    ['advertiser', 'advertiserId'],
    ['destination', 'destination'],
    ['state', 'state'],
    ['slot', 'slot'],
    ['delivery', 'deliveryId'],
  ] as const)
    await db.schema
      .createIndex(`runs_by_${name}`)
      .on('runs')
      .columns([column, ...newestFirst])
      .execute();
  for (const [name, column] of [
    ['agency', 'agencyId'],
    ['destination', 'destination'],
  ] as const)
    await db.schema
      .createIndex(`runs_by_${name}_and_state`)
      .on('runs')
      .columns([column, 'state', ...newestFirst])
      .execute();
  await db.schema
    .createIndex('runs_finished_by_delivery')
    .on('runs')
    .columns(['deliveryId', 'state', 'finishedAt', 'id'])
    .execute();

  // A run is unfinished exactly as long as it has no time of finishing. The conditions are what SQLite can see to be implied.
  await sql`create index runs_queue on runs (due_at, id) where finished_at is null`.execute(db);
  await sql`create index runs_unfinished_by_delivery on runs (delivery_id, due_at) where finished_at is null`.execute(db);
  await sql`create index runs_unfinished on runs (id) where finished_at is null`.execute(db);
  await sql`create index runs_unfinished_by_state on runs (state, hold) where finished_at is null`.execute(db);
  await sql`create index runs_leased on runs (destination, lease_until) where lease_owner is not null`.execute(db);
  await sql`create index runs_held on runs (delivery_id) where hold is not null`.execute(db);
  await sql`create index runs_held_by_time on runs (planned_at, generation, id) where hold is not null`.execute(db);
  await sql`create index runs_to_cancel on runs (id) where cancel_requested_at is not null`.execute(db);
  await sql`create index runs_stage_to_expire on runs (finished_at)
    where stage_prefix is not null and stage_expired_at is null`.execute(db);
  await sql`create index runs_details_to_expire on runs (finished_at) where details_expired_at is null`.execute(db);
  await db.schema.createIndex('outbox_by_run').on('outbox').columns(['runId']).execute();
  await db.schema.createIndex('deliveries_by_destination').on('deliveries').columns(['destination']).execute();
}

async function addTables(db: Kysely<Tables>, { text }: Engine): Promise<void> {
  await db.schema
    .createTable('splitSlots')
    .addColumn('deliveryId', text, (column) => column.notNull())
    .addColumn('slot', text, (column) => column.notNull())
    .addColumn('plannedAt', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('split_slots_key', ['deliveryId', 'slot'])
    .execute();

  await db.schema
    .createTable('destinationStates')
    .addColumn('name', text, (column) => column.primaryKey())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('openedAt', text)
    .addColumn('openUntil', text)
    .addColumn('coolDownMs', 'bigint')
    .addColumn('nextStartAt', text)
    .addColumn('errorCode', text)
    .addColumn('errorMessage', text)
    .execute();

  await db.schema
    .createTable('totals')
    .addColumn('destination', text, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('current', 'bigint', (column) => column.notNull())
    .addColumn('finished', 'bigint', (column) => column.notNull())
    .addColumn('rows', 'bigint', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('totals_key', ['destination', 'state'])
    .execute();

  await db.schema
    .createTable('audit')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('at', text, (column) => column.notNull())
    .addColumn('actor', text, (column) => column.notNull())
    .addColumn('via', text, (column) => column.notNull())
    .addColumn('action', text, (column) => column.notNull())
    .addColumn('agencyId', text)
    .addColumn('subjectKind', text, (column) => column.notNull())
    .addColumn('subjectId', text, (column) => column.notNull())
    .addColumn('reason', text)
    .addColumn('before', text)
    .addColumn('after', text)
    .execute();
  await db.schema.createIndex('audit_by_subject').on('audit').columns(['subjectKind', 'subjectId', 'id']).execute();
  await db.schema.createIndex('audit_by_agency').on('audit').columns(['agencyId', 'id']).execute();

  await db.schema
    .createTable('idempotencyKeys')
    .addColumn('scope', text, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('requestHash', text, (column) => column.notNull())
    .addColumn('status', 'integer')
    .addColumn('body', text)
    .addColumn('createdAt', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotency_keys_key', ['scope', 'key'])
    .execute();
  await db.schema.createIndex('idempotency_keys_by_age').on('idempotencyKeys').columns(['createdAt']).execute();

  await db.schema
    .createTable('alerts')
    .addColumn('key', text, (column) => column.primaryKey())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('agencyId', text)
    .addColumn('message', text, (column) => column.notNull())
    .addColumn('detail', text, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('firedAt', text, (column) => column.notNull())
    .addColumn('resolvedAt', text)
    .execute();
  await db.schema.createIndex('alerts_by_state').on('alerts').columns(['state', 'firedAt']).execute();

  await db.schema
    .createTable('notifications')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('channel', text, (column) => column.notNull())
    .addColumn('event', text, (column) => column.notNull())
    .addColumn('alertKey', text, (column) => column.notNull())
    .addColumn('alert', text, (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('nextAt', text, (column) => column.notNull())
    .addColumn('leaseUntil', text)
    .addColumn('doneAt', text)
    .addColumn('failedAt', text)
    .execute();
  await sql`create index notifications_pending on notifications (id) where done_at is null and failed_at is null`.execute(db);
}

/** What the runs so far say about their deliveries. */
async function fillDeliveries(db: Kysely<Tables>): Promise<void> {
  await sql`update deliveries set
    last_run_id = (select r.id from runs r where r.delivery_id = deliveries.id
      order by r.planned_at desc, r.generation desc, r.id desc limit 1),
    last_delivered_at = (select max(r.finished_at) from runs r where r.delivery_id = deliveries.id and r.state in ('delivered', 'partial')),
    last_written = (select r.written from runs r where r.delivery_id = deliveries.id and r.state in ('delivered', 'partial')
      order by r.finished_at desc, r.id desc limit 1)`.execute(db);
  await sql`update deliveries set failures = (select count(*) from runs r where r.delivery_id = deliveries.id and r.state = 'failed'
    and r.finished_at > coalesce(last_delivered_at, ''))`.execute(db);
}

async function fillTotals(db: Kysely<Tables>): Promise<void> {
  await sql`insert into totals (destination, state, current, finished, rows, bytes)
    select destination, state, count(*), count(*), 0, 0 from runs where finished_at is not null group by destination, state`.execute(
    db,
  );
  const sums = new Map<string, { destination: string; state: 'delivered' | 'partial'; rows: number; bytes: number }>();
  for (const state of ['delivered', 'partial'] as const) {
    for (let after = ''; ; ) {
      const page = await db
        .selectFrom('runs')
        .select(['id', 'destination', 'written', 'manifest', 'receipt'])
        .where('state', '=', state)
        .where('id', '>', after)
        .orderBy('id')
        .limit(PAGE)
        .execute();
      for (const { destination, written, manifest, receipt } of page) {
        const sum = sums.get(`${state} ${destination}`) ?? { destination, state, rows: 0, bytes: 0 };
        sums.set(`${state} ${destination}`, sum);
        sum.rows += receipt === null ? (written ?? 0) : (JSON.parse(receipt) as Receipt).accepted;
        if (manifest !== null) for (const { bytes } of (JSON.parse(manifest) as Manifest).files) sum.bytes += bytes;
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      after = last.id;
    }
  }
  for (const { destination, state, rows, bytes } of sums.values())
    await db
      .updateTable('totals')
      .set({ rows, bytes })
      .where('destination', '=', destination)
      .where('state', '=', state)
      .execute();
}
