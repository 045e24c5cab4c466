import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { sql as query } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { openLedger } from '../src/ledger/open.ts';
import { controlStoreConformance } from './conformance/control-store.ts';
import { ledgerAlertsConformance } from './conformance/ledger-alerts.ts';
import { ledgerCostsConformance } from './conformance/ledger-costs.ts';
import { ledgerHistoryConformance } from './conformance/ledger-history.ts';
import { ledgerPlanningConformance } from './conformance/ledger-planning.ts';
import { ledgerQueueConformance } from './conformance/ledger-queue.ts';
import { ledgerSteeringConformance } from './conformance/ledger-steering.ts';
import { ledgerUpkeepConformance } from './conformance/ledger-upkeep.ts';
import { sqliteFile } from './support/control-stores.ts';
import { handClock } from './support/hand-clock.ts';
import { planRequest } from './support/plan-request.ts';
import { failureOf } from './support/stage-files.ts';

controlStoreConformance('SQLite', sqliteFile);
ledgerPlanningConformance('SQLite', sqliteFile);
ledgerQueueConformance('SQLite', sqliteFile);
ledgerSteeringConformance('SQLite', sqliteFile);
ledgerAlertsConformance('SQLite', sqliteFile);
ledgerCostsConformance('SQLite', sqliteFile);
ledgerUpkeepConformance('SQLite', sqliteFile);
ledgerHistoryConformance('SQLite', sqliteFile);

const clock = handClock('2026-02-16T06:00:00.000Z');
const deps = { clock, program: '1.2.3' };

describe('a SQLite control store', () => {
  test('is made with its folder, for its owner alone, and survives a loss of power', async () => {
    await using file = await sqliteFile();
    await using ledger = await openLedger(file.place, deps);
    await ledger.planRun(planRequest());
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    const settings = await file.raw('select (select journal_mode from pragma_journal_mode) as journal');
    expect(settings).toEqual([{ journal: 'wal' }]);
  });

  test('is not made by reading', async () => {
    await using file = await sqliteFile();
    await using ledger = await openLedger({ kind: 'sqlite', path: file.path, readOnly: true }, deps);
    expect(await ledger.unfinished()).toEqual([]);
    expect(existsSync(dirname(file.path))).toBe(false);
  });

  test('a lease runs out by the clock that the processes share', async () => {
    await using file = await sqliteFile();
    await using ledger = await openLedger(file.place, deps);
    const { run } = await ledger.planRun(planRequest());
    await ledger.claim(run.id, 'worker-1', 60_000);
    clock.move(59_999);
    expect(await ledger.claim(run.id, 'worker-2', 60_000)).toBeNull();
    await ledger.renew(run.id, 1, 60_000);
    clock.move(59_999);
    expect(await ledger.claim(run.id, 'worker-2', 60_000)).toBeNull();
    clock.move(1);
    expect(await ledger.claim(run.id, 'worker-2', 60_000)).toMatchObject({ token: 2 });
  });

  test('a write waits for its turn without holding up anything else in the process', async () => {
    await using file = await sqliteFile();
    await using ledger = await openLedger(file.place, deps);
    const other = new DatabaseSync(file.path);
    other.exec('begin immediate');
    let planned = false;
    const pending = ledger.planRun(planRequest()).then(() => {
      planned = true;
    });
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
    expect(planned).toBe(false);
    other.exec('commit');
    other.close();
    await pending;
    expect(await ledger.runs()).toHaveLength(1);
  });

  test('the driver’s settings are the durable ones', async () => {
    await using file = await sqliteFile();
    const statements: string[] = [];
    const exec = DatabaseSync.prototype.exec;
    DatabaseSync.prototype.exec = function (text) {
      statements.push(text);
      exec.call(this, text);
    };
    try {
      await using _ledger = await openLedger(file.place, deps);
    } finally {
      DatabaseSync.prototype.exec = exec;
    }
    expect(statements).toContain('pragma synchronous = full');
  });

  test('the disk is waited for where a partner may have learned of something, and not before', async () => {
    await using file = await sqliteFile();
    await using ledger = await openLedger(file.place, deps);
    const later = vi.spyOn(ledger.store.engine, 'commitLater');
    const { run } = await ledger.planRun(planRequest());
    const counts = [later.mock.calls.length];
    for (const step of [
      () => ledger.claim(run.id, 'worker', 60_000),
      () => ledger.advance(run.id, 1, 'extracting'),
      () => ledger.advance(run.id, 1, 'staged'),
      () => ledger.renew(run.id, 1, 60_000),
      () => ledger.advance(run.id, 1, 'delivering'),
      () => ledger.advance(run.id, 1, 'delivered'),
    ]) {
      await step();
      counts.push(later.mock.calls.length);
    }
    expect(counts).toEqual([0, 1, 2, 3, 4, 4, 4]);
  });

  test('a transaction that is not waited for is one like others, and the next is waited for again', async () => {
    await using file = await sqliteFile();
    await using ledger = await openLedger(file.place, deps);
    const { store } = ledger;
    const synchronous = async (db: typeof store.db): Promise<unknown> => {
      const { rows } = await query<{ synchronous: number }>`select synchronous from pragma_synchronous`.execute(db);
      return rows[0]?.synchronous;
    };
    const [normal, full] = [1, 2];
    expect(await store.write(synchronous, { commitLater: true })).toBe(normal);
    expect(await store.write(synchronous)).toBe(full);
    const { run } = await ledger.planRun(planRequest());
    const failing = store.write(
      async (trx) => {
        await trx.updateTable('runs').set({ attempts: 7 }).where('id', '=', run.id).execute();
        throw new Error('a mistake');
      },
      { commitLater: true },
    );
    await expect(failing).rejects.toThrow('a mistake');
    expect(await ledger.runById(run.id)).toMatchObject({ attempts: 0 });
    expect(await store.write(synchronous)).toBe(full);
  });

  test('a file that is something else is refused and left as it is', async () => {
    await using file = await sqliteFile();
    mkdirSync(dirname(file.path));
    writeFileSync(file.path, 'a letter to the editor, and certainly not a database\n'.repeat(100));
    const before = statSync(file.path).size;
    expect(await failureOf(openLedger(file.place, deps))).toMatchObject({ kind: 'config', code: 'control_store_damaged' });
    expect(statSync(file.path).size).toBe(before);
  });

  test('a path that cannot be a file is refused with what to do', async () => {
    await using file = await sqliteFile();
    mkdirSync(file.path, { recursive: true });
    const access = { kind: 'config', code: 'control_store_access', hint: expect.any(String) };
    expect(await failureOf(openLedger(file.place, deps))).toMatchObject(access);
    const below = { kind: 'sqlite', path: '/dev/null/control.db' } as const;
    expect(await failureOf(openLedger(below, deps))).toMatchObject(access);
  });
});
