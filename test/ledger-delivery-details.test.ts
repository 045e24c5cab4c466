import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Receipt } from '../src/destinations/destination.ts';
import { configError, rejectedError, transientError } from '../src/errors.ts';
import type { Manifest, ManifestFile } from '../src/format/manifest.ts';
import { writeDeliveryDetails } from '../src/ledger/delivery-details.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { openLedger } from '../src/ledger/open.ts';
import type { OutboxEntry } from '../src/ledger/outbox.ts';
import type { Run } from '../src/ledger/run.ts';
import { sql } from '../src/lib/sql.ts';
import type { BoundTable } from '../src/warehouse/bound-table.ts';
import { bindCatalogue } from '../src/warehouse/catalogue.ts';
import { createTables } from '../src/warehouse/ddl.ts';
import { openDuckDB } from '../src/warehouse/duckdb/duckdb.ts';
import { TABLES } from '../src/warehouse/tables.ts';
import type { Session, Warehouse } from '../src/warehouse/warehouse.ts';
import { type ControlStore, sqliteFile } from './support/control-stores.ts';
import { type HandClock, handClock } from './support/hand-clock.ts';
import { planRequest } from './support/plan-request.ts';
import { failureOf } from './support/stage-files.ts';

const HOUR = 3_600_000;

function file(name: string, identifiers: ManifestFile['identifiers']): ManifestFile {
  const rows = Object.values(identifiers).reduce((sum, count) => sum + count, 0);
  return {
    name,
    rows,
    bytes: rows * 10,
    sha256: `sha-of-${name}`,
    plainBytes: rows * 50,
    plainSha256: `plain-${name}`,
    identifiers,
  };
}

function manifest(run: Run, files: readonly ManifestFile[]): Manifest {
  return {
    schemaVersion: 1,
    runId: run.id,
    slot: run.slot,
    ...run.delivery,
    segmentName: run.segmentName,
    layout: 'liveramp-event-log',
    window: { from: run.windowFrom, to: run.windowTo },
    configVersion: run.configVersion,
    programVersion: run.programVersion,
    createdAt: '2026-02-16T06:00:02.000Z',
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    counts: { selected: 120, dropped: { BLANK: 12, ZERO_ID: 3 }, suppressed: 5, identifiers: { IDFA: 60, GAID: 40 } },
    suppression: 'none',
    files,
  };
}

const RECEIPT: Receipt = { accepted: 100, rejected: 0, reasons: {}, reference: '/uploads/acme', files: [], details: {} };

describe('the warehouse’s copy of the ledger', () => {
  let store: ControlStore;
  let ledger: Ledger;
  let clock: HandClock;
  let warehouse: Warehouse;
  let session: Session;
  let table: BoundTable | undefined;

  beforeEach(async () => {
    store = await sqliteFile();
    clock = handClock('2026-02-16T06:00:00.000Z');
    ledger = await openLedger(store.place, { clock, program: '1.2.3' });
    warehouse = await openDuckDB({ path: ':memory:', readOnly: false });
    session = await warehouse.session();
    await createTables(
      session,
      TABLES.filter(({ name }) => name === 'SEGMENT_DELIVERY_DETAILS'),
    );
    table = undefined;
  });
  afterEach(async () => {
    await warehouse[Symbol.asyncDispose]();
    await ledger[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });

  const write = async (entries: readonly OutboxEntry[]) => {
    table ??= (await bindCatalogue(session, {})).table('SEGMENT_DELIVERY_DETAILS');
    await writeDeliveryDetails(session, table, entries);
  };
  const copied = () =>
    session.all(sql`SELECT * FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" ORDER BY "DELIVERY_ID", "PART_NO"`);
  const pending = () => ledger.pendingOutbox(1_000);
  const statuses = async () => (await copied()).map(({ STATUS }) => STATUS);
  const begin = async (change: Parameters<typeof planRequest>[0] = {}) => {
    const { run } = await ledger.planRun(planRequest(change));
    await ledger.claim(run.id, 'worker-1', HOUR);
    return run;
  };
  const toStaged = async (files: readonly ManifestFile[]): Promise<Run> => {
    const run = await begin();
    clock.move(1_000);
    await ledger.advance(run.id, 1, 'extracting', { lookbackEffectiveDays: 12 });
    clock.move(1_000);
    const counts = {
      selected: 120,
      written: 100,
      suppressed: 5,
      dropped: { BLANK: 12, ZERO_ID: 3 },
      identifiers: { IDFA: 60, GAID: 40 },
    };
    return ledger.advance(run.id, 1, 'staged', {
      ...counts,
      stagePrefix: '1480/4711/liveramp-us/2026-W08',
      manifest: manifest(run, files),
      rowsAdded: 10,
      rowsRemoved: 4,
    });
  };
  const toDelivered = async (files: readonly ManifestFile[]): Promise<Run> => {
    const run = await toStaged(files);
    clock.move(1_000);
    await ledger.advance(run.id, 1, 'delivering');
    clock.move(1_000);
    return ledger.advance(run.id, 1, 'delivered', { receipt: RECEIPT });
  };

  test('a delivered run of two files is two rows, with the whole run’s figures in the first alone', async () => {
    const run = await toDelivered([file('a.psv.gz', { IDFA: 60 }), file('b.psv.gz', { GAID: 40 })]);
    await write(await pending());
    const shared = {
      DELIVERY_ID: run.id,
      PART_COUNT: 2n,
      RUN_ID: run.id,
      SLOT: '2026-W08',
      AGENCY_ID: '1480',
      ADVERTISER_ID: '4711',
      SEGMENT_ID: '1480_4711_30D',
      SEGMENT_NAME: 'Acme, seen in 30 days',
      DESTINATION_NAME: 'liveramp-us',
      DESTINATION_TYPE: 'liveramp-sftp',
      DELIVERY_MODE: 'full',
      PUSH_MODE: 'merged',
      JOIN_STRATEGY: 'PCM_4KEY',
      EXPOSURE_SOURCE: 'IMPRESSION',
      LOOKBACK_DAYS: 30n,
      LOOKBACK_EFFECTIVE_DAYS: 12n,
      IDENTIFIER_TYPES: 'IDFA,GAID',
      STATUS: 'DELIVERED',
      ERROR_KIND: null,
      ERROR_MESSAGE: null,
      PARTNER_REFERENCE: '/uploads/acme',
      ATTEMPTS: 1n,
      PLANNED_AT: new Date('2026-02-16T06:00:00Z'),
      STARTED_AT: new Date('2026-02-16T06:00:00Z'),
      STAGED_AT: new Date('2026-02-16T06:00:02Z'),
      SENT_AT: new Date('2026-02-16T06:00:03Z'),
      FINISHED_AT: new Date('2026-02-16T06:00:04Z'),
      CONFIG_VERSION: 7n,
      PROGRAM_VERSION: '1.2.3',
    };
    expect(await copied()).toEqual([
      {
        ...shared,
        PART_NO: 1n,
        IDENTIFIER_COUNTS: '{"IDFA":60}',
        ROWS_TOTAL: 60n,
        ROWS_ADDED: 10n,
        ROWS_REMOVED: 4n,
        ROWS_REJECTED: 20n,
        REJECT_REASONS: '{"BLANK":12,"ZERO_ID":3,"SUPPRESSED":5}',
        FILE_NAME: 'a.psv.gz',
        STORAGE_KEY: '1480/4711/liveramp-us/2026-W08/a.psv.gz',
        FILE_BYTES: 600n,
        FILE_SHA256: 'sha-of-a.psv.gz',
      },
      {
        ...shared,
        PART_NO: 2n,
        IDENTIFIER_COUNTS: '{"GAID":40}',
        ROWS_TOTAL: 40n,
        ROWS_ADDED: null,
        ROWS_REMOVED: null,
        ROWS_REJECTED: null,
        REJECT_REASONS: '{}',
        FILE_NAME: 'b.psv.gz',
        STORAGE_KEY: '1480/4711/liveramp-us/2026-W08/b.psv.gz',
        FILE_BYTES: 400n,
        FILE_SHA256: 'sha-of-b.psv.gz',
      },
    ]);
  });

  test('a run without files is one row', async () => {
    const { run } = await ledger.planRun(planRequest({ facts: { lookbackDays: null } }));
    await write(await pending());
    expect(await copied()).toMatchObject([
      {
        DELIVERY_ID: run.id,
        PART_NO: 1n,
        PART_COUNT: 1n,
        STATUS: 'PLANNED',
        ATTEMPTS: 0n,
        LOOKBACK_DAYS: null,
        FILE_NAME: null,
        ROWS_TOTAL: null,
      },
    ]);
  });

  test('writing again what was written changes nothing', async () => {
    await toDelivered([file('a', { IDFA: 100 })]);
    const entries = await pending();
    await write(entries);
    const before = await copied();
    await write(entries);
    expect(await copied()).toEqual(before);
    expect(before).toHaveLength(1);
  });

  test('each new state replaces the one before, and parts that are no more are gone', async () => {
    const run = await toStaged([file('a', { IDFA: 60 }), file('b', { GAID: 40 })]);
    const first = await pending();
    await write(first);
    expect(await statuses()).toEqual(['STAGED', 'STAGED']);
    await ledger.outboxDone(first.map(({ id }) => id));
    await ledger.recordFailure(run.id, 1, transientError('suppression_changed', 'Newer.'), { retryable: true });
    await ledger.claim(run.id, 'worker-1', HOUR);
    await ledger.advance(run.id, 2, 'extracting');
    await ledger.advance(run.id, 2, 'staged', { manifest: manifest(run, [file('c', { IDFA: 90 })]), stagePrefix: 'p' });
    await write(await pending());
    expect(await copied()).toMatchObject([
      { PART_NO: 1n, PART_COUNT: 1n, FILE_NAME: 'c', STORAGE_KEY: 'p/c', STATUS: 'STAGED', ATTEMPTS: 2n },
    ]);
  });

  test('entries that come late, behind a newer one, change nothing, whatever the order', async () => {
    const run = await toDelivered([file('a', { IDFA: 100 })]);
    await ledger.recordConfirmation(run.id, { state: 'confirmed', counts: {} });
    const other = await begin({ slot: '2026-W09' });
    await ledger.recordFailure(other.id, 1, transientError('sftp_unreachable', 'Away.'), { retryable: true });
    await ledger.claim(other.id, 'worker-1', HOUR);
    await ledger.advance(other.id, 2, 'extracting');
    const entries = await pending();
    const newest = ['CONFIRMED', 'RUNNING'];
    for (let at = 0; at < entries.length; at += 1) {
      await session.execute(sql`DELETE FROM "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS"`);
      // Every entry alone, those before it afterwards: what a second writer does that was held up for a while.
      await write(entries.slice(at));
      for (const late of entries.slice(0, at).reverse()) await write([late]);
      expect(await statuses(), `from entry ${at}`).toEqual(newest);
      for (const entry of [...entries].reverse()) await write([entry]);
      expect(await statuses(), `all, from entry ${at}`).toEqual(newest);
    }
    expect(await copied()).toHaveLength(2);
  });

  test('a failure that may pass is told beside the status, and taken back by the next step', async () => {
    const run = await toStaged([file('a', { IDFA: 100 })]);
    await ledger.advance(run.id, 1, 'delivering');
    await ledger.recordFailure(run.id, 1, transientError('sftp_stall', 'The transfer stalled.'), { retryable: true });
    await write(await pending());
    expect(await copied()).toMatchObject([
      { STATUS: 'SENDING', ERROR_KIND: 'TRANSPORT', ERROR_MESSAGE: 'The transfer stalled.' },
    ]);
    await ledger.claim(run.id, 'worker-1', HOUR);
    await ledger.advance(run.id, 2, 'delivering');
    await write(await pending());
    expect(await copied()).toMatchObject([{ STATUS: 'SENDING', ERROR_KIND: null, ERROR_MESSAGE: null, ATTEMPTS: 2n }]);
  });

  test.each([
    [configError('sftp_host_key', 'sftp_host_key'), 'CREDENTIALS'],
    [configError('secret_missing', 'secret_missing'), 'CREDENTIALS'],
    [configError('file_limits', 'file_limits'), 'CONFIG'],
    [configError('warehouse_missing', 'warehouse_missing'), 'WAREHOUSE'],
    [transientError('stage_unavailable', 'stage_unavailable'), 'STORAGE'],
    [transientError('sftp_connection', 'sftp_connection'), 'TRANSPORT'],
    [transientError('deadline', 'deadline'), 'INTERNAL'],
    [rejectedError('audience_too_small', 'audience_too_small'), 'PARTNER_REJECTED'],
    [new Error('unknown'), 'INTERNAL'],
  ])('an error such as %s is filed as %s', async (error, kind) => {
    const run = await begin();
    await ledger.recordFailure(run.id, 1, error, { retryable: false });
    await write(await pending());
    expect(await copied()).toMatchObject([{ STATUS: 'FAILED', ERROR_KIND: kind }]);
  });

  test.each([
    ['empty', 'EMPTY', null],
    ['below_minimum', 'SKIPPED', null],
    ['already_delivered', 'SKIPPED', null],
    ['no_mapping', 'REFUSED', 'READINESS'],
    ['no_identifiers: aggregated source', 'REFUSED', 'SOURCE_AGGREGATED'],
    ['source_stale', 'REFUSED', 'SOURCE_STALE'],
    ['credentials_missing', 'REFUSED', 'CREDENTIALS'],
    ['superseded', 'SKIPPED', null],
    ['cancelled: sending had begun, the partner may hold it', 'SKIPPED', null],
    ['rejected: too small', 'SKIPPED', null],
  ])('a run that was skipped for %s is %s', async (reason, status, kind) => {
    const run = await begin();
    await ledger.advance(run.id, 1, 'skipped', { reason });
    await write(await pending());
    expect(await copied()).toMatchObject([{ STATUS: status, ERROR_KIND: kind, ERROR_MESSAGE: reason }]);
  });

  test('a failed run that is queued again and cancelled is told as cancelled, and a late failure changes nothing', async () => {
    const run = await begin();
    const ada = { name: 'ada', via: 'cli', reason: null } as const;
    await ledger.recordFailure(run.id, 1, transientError('sftp_reset', 'Reset.'), { retryable: false });
    const failed = await pending();
    await write(failed);
    expect(await copied()).toMatchObject([{ STATUS: 'FAILED' }]);
    await ledger.retry(run.id, ada, HOUR);
    await ledger.cancel(run.id, ada);
    await write(await pending());
    await write(failed);
    expect(await copied()).toMatchObject([{ STATUS: 'SKIPPED', ERROR_KIND: null, ERROR_MESSAGE: 'cancelled' }]);
  });

  test('what the partner took only in part is told with both counts', async () => {
    const run = await toStaged([file('a', { IDFA: 100 })]);
    await ledger.advance(run.id, 1, 'delivering');
    await ledger.advance(run.id, 1, 'partial', { receipt: { ...RECEIPT, accepted: 90, rejected: 10 } });
    await write(await pending());
    expect(await copied()).toMatchObject([
      { STATUS: 'PARTIAL', ERROR_KIND: 'PARTIAL', ERROR_MESSAGE: 'The partner took 90 rows and rejected 10.' },
    ]);
  });

  test('more runs than one statement takes are copied in one go', async () => {
    for (let n = 0; n < 120; n += 1) await ledger.planRun(planRequest({ slot: `slot-${n}` }));
    await write(await pending());
    await write(await pending());
    expect(new Set((await copied()).map(({ SLOT }) => SLOT)).size).toBe(120);
    expect(await copied()).toHaveLength(120);
  });

  test('other rows of the table stay as they are, and columns that it lacks are left out', async () => {
    await session.execute(sql`DROP TABLE "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS"`);
    await session.execute(
      sql`CREATE TABLE "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" ("DELIVERY_ID" VARCHAR, "PART_NO" BIGINT, "STATUS" VARCHAR, "AGENCY_ID" VARCHAR, "OTHER" VARCHAR)`,
    );
    await session.execute(sql`INSERT INTO "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" VALUES (NULL, NULL, 'OLD STATUS', '7', 'x')`);
    const run = await toDelivered([file('a', { IDFA: 100 })]);
    await write(await pending());
    expect(await copied()).toEqual([
      { DELIVERY_ID: run.id, PART_NO: 1n, STATUS: 'DELIVERED', AGENCY_ID: '1480', OTHER: null },
      { DELIVERY_ID: null, PART_NO: null, STATUS: 'OLD STATUS', AGENCY_ID: '7', OTHER: 'x' },
    ]);
  });

  test('without the table nothing is copied and everything stays pending', async () => {
    await session.execute(sql`DROP TABLE "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS"`);
    await toDelivered([file('a', { IDFA: 100 })]);
    const entries = await pending();
    expect(await failureOf(write(entries))).toMatchObject({ kind: 'config', code: 'table_missing' });
    expect(await pending()).toEqual(entries);
  });

  test('a failure on the way leaves the copy as it was', async () => {
    const run = await toDelivered([file('a', { IDFA: 100 })]);
    const [first, ...rest] = await pending();
    await write(first ? [first] : []);
    await session.execute(sql`ALTER TABLE "SEGMENT_DATA"."SEGMENT_DELIVERY_DETAILS" ALTER COLUMN "FILE_NAME" TYPE INTEGER`);
    expect(await failureOf(write(rest))).toBeInstanceOf(Error);
    expect(await copied()).toMatchObject([{ DELIVERY_ID: run.id, STATUS: 'PLANNED' }]);
  });
});
