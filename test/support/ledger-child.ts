import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Condition } from '../../src/ledger/alert.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { type LedgerPlace, openLedger } from '../../src/ledger/open.ts';
import type { PlanRequest } from '../../src/ledger/plan-run.ts';
import { systemClock } from '../../src/lib/clock.ts';

/**
 * Another process at the same control store. Its task is its argument as JSON; it says `ready`, waits for a line, does the task and
 * prints the result as JSON.
 */
export type LedgerTask =
  | { readonly task: 'open' }
  | { readonly task: 'plan'; readonly requests: readonly PlanRequest[] }
  | { readonly task: 'plan-many'; readonly requests: readonly PlanRequest[] }
  /** So many workers at once take runs from the queue and skip them, until none is unfinished; counts the leases that they see. */
  | { readonly task: 'work'; readonly owner: string; readonly workers: number; readonly concurrency: number }
  | { readonly task: 'alert'; readonly conditions: readonly Condition[]; readonly channels: readonly string[] }
  /** Takes notifications until there are none; gives their ids. */
  | { readonly task: 'notify' }
  | { readonly task: 'claim'; readonly runIds: readonly string[]; readonly owner: string }
  /** Goes to `extracting`, and kills itself just before the n-th statement of that. */
  | { readonly task: 'advance'; readonly runId: string; readonly token: number; readonly killBefore: number };

function killBefore(statement: number): void {
  let left = statement;
  const counting = <A extends unknown[], R>(original: (...args: A) => R) =>
    function (this: unknown, ...args: A): R {
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
      return original.apply(this, args);
    };
  DatabaseSync.prototype.prepare = counting(DatabaseSync.prototype.prepare);
  DatabaseSync.prototype.exec = counting(DatabaseSync.prototype.exec);
  pg.Client.prototype.query = counting(pg.Client.prototype.query) as typeof pg.Client.prototype.query;
}

async function work(ledger: Ledger, owner: string, workers: number, concurrency: number) {
  const taken: string[] = [];
  let most = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const claim = await ledger.claimNext({
        owner,
        leaseMs: 60_000,
        limitsOf: () => ({ concurrency, startsPerMinute: null }),
      });
      const unfinished = await ledger.unfinished();
      most = Math.max(most, unfinished.filter(({ leaseOwner }) => leaseOwner !== null).length);
      if (claim !== null) {
        taken.push(claim.run.id);
        await ledger.advance(claim.run.id, claim.token, 'skipped', { reason: 'empty' });
      } else if (unfinished.length === 0) return;
      else await setTimeout(1);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return { taken, most };
}

async function perform(ledger: Ledger, task: LedgerTask): Promise<unknown> {
  switch (task.task) {
    case 'open':
      return 'opened';
    case 'plan': {
      const created: boolean[] = [];
      for (const request of task.requests) created.push((await ledger.planRun(request)).created);
      return created;
    }
    case 'plan-many':
      return ledger.planRuns(task.requests);
    case 'work':
      return work(ledger, task.owner, task.workers, task.concurrency);
    case 'alert':
      return (await ledger.updateAlerts(task.conditions, task.channels)).map(({ key }) => key);
    case 'notify': {
      const ids: string[] = [];
      for (let taken = await ledger.takeNotification(60_000); taken !== null; taken = await ledger.takeNotification(60_000))
        ids.push(taken.id);
      return ids;
    }
    case 'claim': {
      const won: string[] = [];
      for (const runId of task.runIds) if ((await ledger.claim(runId, task.owner, 3_600_000)) !== null) won.push(runId);
      return won;
    }
    case 'advance':
      killBefore(task.killBefore);
      return (await ledger.advance(task.runId, task.token, 'extracting')).state;
  }
}

const { place, ...task } = JSON.parse(process.argv[2] ?? '') as LedgerTask & { readonly place: LedgerPlace };
const deps = { clock: systemClock, program: 'child' };
// A child that tests opening opens after the signal, so that several do it at once.
const before = task.task === 'open' ? null : await openLedger(place, deps);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const ledger = before ?? (await openLedger(place, deps));
const result = await perform(ledger, task);
await ledger[Symbol.asyncDispose]();
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
