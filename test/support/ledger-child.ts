import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
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

async function perform(ledger: Ledger, task: LedgerTask): Promise<unknown> {
  switch (task.task) {
    case 'open':
      return 'opened';
    case 'plan': {
      const created: boolean[] = [];
      for (const request of task.requests) created.push((await ledger.planRun(request)).created);
      return created;
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
