import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Slot } from '../../src/config/cadence.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { makeRunId, RUN_ID_RANDOM_BYTES } from '../../src/ledger/run-id.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { digest, type FleetDelivery, share } from './fleet.ts';

/** A control store with the history of years, written straight into SQLite: through the ledger it would take hours. */

/** Newest slots whose runs have their steps and outbox entries: nothing reads those of other runs but by the run's id. */
const SLOTS_WITH_STORY = 30;
/** Runs of the newest slot that wait for a person. */
const HELD = 300;
const AUDIT_ENTRIES = 20_000;
const ALERTS = 500;
const ALERTS_FIRING = 60;
const SECOND = 1_000;

type Cell = string | number | null;
type CellRow = Readonly<Record<string, Cell>>;

/** Gives what inserts a row; columns that it does not name are null. */
function inserter(database: DatabaseSync, table: string, columns: readonly string[]): (row: CellRow) => void {
  const names = columns.map((name) => `"${name}"`).join(', ');
  const statement = database.prepare(`insert into ${table} (${names}) values (${columns.map(() => '?').join(', ')})`);
  return (row) => void statement.run(...columns.map((name) => row[name] ?? null));
}

function allColumns(database: DatabaseSync, table: string): readonly string[] {
  return database
    .prepare(`pragma table_info(${table})`)
    .all()
    .map(({ name }) => String(name));
}

const hex = (text: string): string => digest(text).toString('hex');
const iso = (ms: number): string => new Date(ms).toISOString();

/** Of a hundred runs 95 are delivered, one in part; two fail and two are skipped. */
function stateOf(draw: number): 'delivered' | 'partial' | 'failed' | 'skipped' {
  if (draw < 0.95) return 'delivered';
  if (draw < 0.96) return 'partial';
  return draw < 0.98 ? 'failed' : 'skipped';
}

function manifestOf(id: string, delivery: FleetDelivery, slot: string, rows: number, files: number, createdAt: string): string {
  const part = Math.floor(rows / files);
  return JSON.stringify({
    schemaVersion: 1,
    runId: id,
    slot,
    agencyId: delivery.agencyId,
    advertiserId: delivery.advertiserId,
    destination: delivery.destination,
    segmentId: delivery.segmentId,
    segmentName: `Advertiser ${delivery.advertiserId}`,
    layout: 'event-log',
    window: { from: createdAt, to: createdAt },
    configVersion: 3,
    programVersion: '0.1.0',
    createdAt,
    rows,
    counts: {
      selected: rows + 500,
      dropped: { MALFORMED: 300, ZERO_ID: 100 },
      suppressed: 100,
      identifiers: { IDFA: Math.floor(rows / 2), GAID: rows - Math.floor(rows / 2) },
    },
    suppression: hex(slot),
    files: Array.from({ length: files }, (_, index) => ({
      name: fileName(delivery, slot, index),
      rows: index === 0 ? rows - part * (files - 1) : part,
      bytes: part * 24,
      sha256: hex(`${id} ${index}`),
      plainBytes: part * 88,
      plainSha256: hex(`${id} plain ${index}`),
      identifiers: { IDFA: Math.floor(part / 2), GAID: part - Math.floor(part / 2) },
    })),
  });
}

function fileName({ segmentId }: FleetDelivery, slot: string, index: number): string {
  return `${segmentId}_30D_${slot.replaceAll('-', '')}_${index + 1}.psv.gz`;
}

function receiptOf(delivery: FleetDelivery, slot: string, rows: number, rejected: number, files: number): string {
  const folder = `/uploads/${delivery.segmentId}`;
  return JSON.stringify({
    accepted: rows - rejected,
    rejected,
    reasons: rejected === 0 ? {} : { unmatched: rejected },
    reference: folder,
    files: Array.from({ length: files }, (_, index) => {
      const name = fileName(delivery, slot, index);
      return { name, remote: `${folder}/${name}`, bytes: Math.floor(rows / files) * 24, outcome: 'sent' };
    }),
    details: { banner: 'OpenSSH_9.6', hostKey: `SHA256:${hex(delivery.destination).slice(0, 43)}`, seconds: 4.2 },
  });
}

/** A run of a slot that is over, as its row. */
function finishedRun(delivery: FleetDelivery, { id: slot, dueAt }: Slot) {
  const name = `${delivery.id} ${slot}`;
  const state = stateOf(share(`state ${name}`));
  const planned = dueAt.getTime() + Math.floor(share(`planned ${name}`) * 3 * SECOND);
  const started = planned + Math.floor(share(`started ${name}`) * 3_600 * SECOND);
  const finished = started + Math.floor((20 + 160 * share(`finished ${name}`)) * SECOND);
  const random = digest(`id ${name}`).subarray(0, RUN_ID_RANDOM_BYTES);
  const id = makeRunId(new Date(planned), random);
  const rows = 1_000 + Math.floor(900_000 * share(`rows ${delivery.id}`));
  const files = rows > 600_000 ? 3 : 1;
  const rejected = state === 'partial' ? Math.floor(rows / 10) : 0;
  const sent = state === 'delivered' || state === 'partial';
  const failed = state === 'failed';
  return {
    ...plannedRun(delivery, slot, dueAt, planned, id),
    state,
    reason: state === 'skipped' ? 'below_minimum: 12 identifiers, 1000 are needed' : null,
    started_at: iso(started),
    finished_at: iso(finished),
    window_from: iso(started - 30 * 86_400 * SECOND),
    selected: rows + 500,
    suppressed: 100,
    dropped: '{"MALFORMED":300,"ZERO_ID":100}',
    identifiers: `{"IDFA":${Math.floor(rows / 2)},"GAID":${rows - Math.floor(rows / 2)}}`,
    attempts: failed ? 5 : 1,
    failures: failed ? 5 : 0,
    ...(sent && {
      staged_at: iso(started + 9 * SECOND),
      sent_at: iso(started + 10 * SECOND),
      written: rows,
      stage_prefix: `runs/${slot}/${id}`,
      stage_expired_at: iso(finished + 30 * 86_400 * SECOND),
      manifest: manifestOf(id, delivery, slot, rows, files, iso(started)),
      receipt: receiptOf(delivery, slot, rows, rejected, files),
    }),
    ...(failed && {
      error_kind: 'transient',
      error_code: 'sftp_timeout',
      error_message: 'The server of the partner did not answer within 60 seconds.',
      error_hint: 'Try again; ask the partner if it stays so.',
    }),
  } satisfies CellRow;
}

function plannedRun(delivery: FleetDelivery, slot: string, dueAt: Date, planned: number, id: string) {
  return {
    id,
    delivery_id: delivery.id,
    agency_id: delivery.agencyId,
    advertiser_id: delivery.advertiserId,
    destination: delivery.destination,
    slot,
    generation: 0,
    state: 'planned',
    planned_at: iso(planned),
    window_to: iso(planned),
    due_at: dueAt.toISOString(),
    deadline_at: iso(dueAt.getTime() + 86_400 * SECOND),
    config_version: 3,
    program_version: '0.1.0',
    segment_name: `Advertiser ${delivery.advertiserId}`,
    destination_type: 'folder',
    mode: 'merged',
    refresh: 'full',
    join_strategy: 'PCM_4KEY',
    exposure_source: 'IMPRESSION',
    lookback_days: 30,
    identifier_types: 'IDFA,GAID',
    late: 0,
    attempts: 0,
    failures: 0,
    approvals: '',
  } satisfies CellRow;
}

/** The run as if it had found its audience to be of an unlikely size. */
function heldOf(run: ReturnType<typeof finishedRun>): CellRow {
  const over = [
    'reason',
    'finished_at',
    'staged_at',
    'sent_at',
    'written',
    'stage_prefix',
    'stage_expired_at',
    'manifest',
    'receipt',
  ];
  const error = ['error_kind', 'error_code', 'error_message', 'error_hint'];
  return {
    ...Object.fromEntries(Object.entries(run).filter(([name]) => !over.includes(name) && !error.includes(name))),
    ...{ state: 'extracting', failures: 0 },
    ...{ hold: 'size_deviation', hold_detail: '12,004 identifiers, 81,211 the last time', held_at: run.planned_at },
  };
}

const STORY = ['planned', 'claimed', 'extracting', 'staged', 'delivering'] as const;

/** A text that changes with the tables and indexes that this version of the program makes: with them other data is needed. */
export async function schemaMark(folder: string): Promise<string> {
  const path = join(folder, 'schema.db');
  await rm(path, { force: true });
  const database = await emptyStore(path);
  try {
    return hex(JSON.stringify(database.prepare('select sql from sqlite_master order by name').all())).slice(0, 12);
  } finally {
    database.close();
    await rm(path, { force: true });
  }
}

async function emptyStore(path: string): Promise<DatabaseSync> {
  const ledger = await openLedger({ kind: 'sqlite', path }, { clock: systemClock, program: 'bench' });
  await ledger[Symbol.asyncDispose]();
  return new DatabaseSync(path);
}

/** Fills a new store with a run of every delivery for every slot, the oldest first. */
export async function makeStore(path: string, fleet: readonly FleetDelivery[], slots: readonly Slot[]): Promise<void> {
  const database = await emptyStore(path);
  try {
    // Whatever breaks off, the file is thrown away: nothing of it must be safe meanwhile.
    database.exec('pragma journal_mode = memory; pragma synchronous = off; pragma cache_size = -500000');
    const indexes = database.prepare("select name, sql from sqlite_master where type = 'index' and sql is not null").all();
    for (const { name } of indexes) database.exec(`drop index "${name}"`);
    database.exec('begin');
    fill(database, fleet, slots);
    for (const { sql } of indexes) database.exec(String(sql));
    sumUp(database);
    database.exec('commit');
    database.exec('pragma journal_mode = wal');
  } finally {
    database.close();
  }
}

function fill(database: DatabaseSync, fleet: readonly FleetDelivery[], slots: readonly Slot[]): void {
  const addDelivery = inserter(database, 'deliveries', [
    'id',
    'agency_id',
    'advertiser_id',
    'destination',
    'segment_id',
    'created_at',
    'failures',
  ]);
  const [first] = slots;
  for (const { id, agencyId, advertiserId, destination, segmentId } of fleet)
    addDelivery({
      id,
      agency_id: agencyId,
      advertiser_id: advertiserId,
      destination,
      segment_id: segmentId,
      created_at: first?.dueAt.toISOString() ?? '',
      failures: 0,
    });

  const addRun = inserter(database, 'runs', allColumns(database, 'runs'));
  const addStep = inserter(database, 'steps', ['run_id', 'seq', 'attempt', 'at', 'step', 'detail']);
  const addAttempt = inserter(database, 'attempts', ['run_id', 'no', 'started_at', 'owner', 'program']);
  const addEntry = inserter(database, 'outbox', ['id', 'run_id', 'seq', 'created_at', 'done_at']);
  for (const [place, slot] of slots.entries()) {
    const runs = fleet.map((delivery) => finishedRun(delivery, slot)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const [index, run] of runs.entries()) {
      const isLast = place === slots.length - 1;
      if (isLast && index < HELD) {
        addRun(heldOf(run));
      } else {
        addRun(run);
      }
      if (place < slots.length - SLOTS_WITH_STORY) continue;
      addAttempt({ run_id: run.id, no: 1, started_at: run.started_at, owner: 'worker-1:1:bench', program: '0.1.0' });
      for (const [seq, step] of [...STORY, run.state].entries()) {
        const at = run.started_at;
        addStep({ run_id: run.id, seq: seq + 1, attempt: seq === 0 ? 0 : 1, at, step, detail: '{"rows":120000}' });
        if (step !== 'claimed')
          addEntry({ id: `${run.id}-${seq + 1}`, run_id: run.id, seq: seq + 1, created_at: at, done_at: at });
      }
    }
  }
  addAuditAndAlerts(database, fleet, slots.at(-1)?.dueAt ?? new Date(0));
}

/** What the ledger keeps up to date with every run. */
function sumUp(database: DatabaseSync): void {
  database.exec(`update deliveries set
    last_run_id = (select id from runs where delivery_id = deliveries.id order by planned_at desc limit 1),
    last_delivered_at = (select max(finished_at) from runs where delivery_id = deliveries.id and state in ('delivered', 'partial')),
    last_written = (select max(written) from runs where delivery_id = deliveries.id and state = 'delivered')`);
  database.exec(`insert into totals (destination, state, current, finished, "rows", bytes)
    select destination, state, count(*), count(*), coalesce(sum(written), 0), coalesce(sum(written), 0) * 24
    from runs where finished_at is not null group by destination, state`);
}

function addAuditAndAlerts(database: DatabaseSync, fleet: readonly FleetDelivery[], until: Date): void {
  const addAudit = inserter(database, 'audit', allColumns(database, 'audit'));
  const addAlert = inserter(database, 'alerts', allColumns(database, 'alerts'));
  const deliveryAt = (n: number): FleetDelivery => fleet[(n * 7) % fleet.length] as FleetDelivery;
  for (let n = 0; n < AUDIT_ENTRIES; n += 1) {
    const at = until.getTime() - (AUDIT_ENTRIES - n) * 60 * SECOND;
    const { id, agencyId } = deliveryAt(n);
    addAudit({
      id: makeRunId(new Date(at), digest(`audit ${n}`).subarray(0, RUN_ID_RANDOM_BYTES)),
      at: iso(at),
      actor: 'ana@example.com',
      via: 'api',
      action: n % 2 === 0 ? 'delivery.pause' : 'delivery.resume',
      agency_id: agencyId,
      subject_kind: 'delivery',
      subject_id: id,
      reason: 'The advertiser asked us to wait.',
      before: '{"paused":false}',
      after: '{"paused":true}',
    });
  }
  for (let n = 0; n < ALERTS; n += 1) {
    const { id, agencyId, advertiserId, destination, segmentId } = deliveryAt(n);
    const firing = n < ALERTS_FIRING;
    addAlert({
      key: `bench:${id}`,
      kind: 'run_failed',
      agency_id: agencyId,
      message: `The delivery of advertiser ${advertiserId} of agency ${agencyId} to ${destination} failed.`,
      detail: JSON.stringify({ delivery: id, advertiserId, destination, segmentId, code: 'sftp_timeout' }),
      state: firing ? 'firing' : 'resolved',
      fired_at: iso(until.getTime() - n * 3_600 * SECOND),
      resolved_at: firing ? null : iso(until.getTime() - n * 3_000 * SECOND),
    });
  }
}
