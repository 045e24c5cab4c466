import { sql } from 'kysely';
import type { Store } from './store.ts';

/** What the warehouse's statements have cost, for warehouses that say so. */

interface Cost {
  readonly step: string;
  readonly statements: number;
  readonly bytesScanned: number;
  /** Of all statements together, waiting included. */
  readonly elapsedMs: number;
  /** An estimate, in the warehouse's unit. */
  readonly credits: number;
}

/** Costs that are added to what is known. */
export interface NewCost extends Cost {
  /** The id of the run, or of the call that worked for several. */
  readonly spentFor: string;
}

/** A step's costs: the run's own, or its even part of what a call has spent for all its runs together. */
export interface RunCost extends Cost {
  /** Runs that a call was for; null for what was spent for the run alone. Such statements are counted whole, everything else is the run's part. */
  readonly sharedBy: number | null;
}

/** There is one warehouse. */
const WAREHOUSE = 'warehouse';
const BATCH = 200;

/** Up to when statements have been counted, by the warehouse's clock; null before the first time. */
export function costsCountedTo(store: Store): Promise<Date | null> {
  return store.read(async (db) => {
    const row = await db.selectFrom('costMarks').select('countedTo').where('warehouse', '=', WAREHOUSE).executeTakeFirst();
    return row === undefined ? null : new Date(row.countedTo);
  });
}

/**
 * Adds what the statements have cost that ended after `after`, up to `to`. Every statement is counted once: where another process
 * has counted from `after` meanwhile, nothing is added.
 */
export function recordCosts(store: Store, costs: readonly NewCost[], after: Date | null, to: Date): Promise<void> {
  const countedTo = to.toISOString();
  return store.write(async (trx) => {
    const moved =
      after === null
        ? await trx
            .insertInto('costMarks')
            .values({ warehouse: WAREHOUSE, countedTo })
            .onConflict((conflict) => conflict.column('warehouse').doNothing())
            .executeTakeFirst()
        : await trx
            .updateTable('costMarks')
            .set({ countedTo })
            .where('warehouse', '=', WAREHOUSE)
            .where('countedTo', '=', after.toISOString())
            .executeTakeFirst();
    const changed = 'numUpdatedRows' in moved ? moved.numUpdatedRows : moved.numInsertedOrUpdatedRows;
    if (changed !== 1n) return;
    for (let start = 0; start < costs.length; start += BATCH) {
      await trx
        .insertInto('costs')
        .values([...costs.slice(start, start + BATCH)])
        .onConflict((conflict) =>
          conflict.columns(['spentFor', 'step']).doUpdateSet({
            statements: sql`costs.statements + excluded.statements`,
            bytesScanned: sql`costs.bytes_scanned + excluded.bytes_scanned`,
            elapsedMs: sql`costs.elapsed_ms + excluded.elapsed_ms`,
            credits: sql`costs.credits + excluded.credits`,
          }),
        )
        .execute();
    }
  });
}

/** Remembers for which runs a call has worked: they share what was spent for it. */
export function shareCosts(store: Store, callId: string, runIds: readonly string[]): Promise<void> {
  return store.write(async (trx) => {
    for (let start = 0; start < runIds.length; start += BATCH) {
      await trx
        .insertInto('costShares')
        .values(runIds.slice(start, start + BATCH).map((runId) => ({ runId, callId })))
        .onConflict((conflict) => conflict.columns(['runId', 'callId']).doNothing())
        .execute();
    }
  });
}

/** What a run has cost, step by step; nothing where the warehouse does not say, or has not yet. */
export function costsOf(store: Store, runId: string): Promise<readonly RunCost[]> {
  return store.read(async (db) => {
    const columns = ['step', 'statements', 'bytesScanned', 'elapsedMs', 'credits'] as const;
    const own = await db.selectFrom('costs').select(columns).where('spentFor', '=', runId).orderBy('step').execute();
    const shared = await db
      .selectFrom('costShares')
      .innerJoin('costs', 'costs.spentFor', 'costShares.callId')
      .select(columns)
      .select((eb) =>
        eb
          .selectFrom('costShares as all')
          .whereRef('all.callId', '=', 'costShares.callId')
          .select((each) => each.fn.countAll<number>().as('runs'))
          .as('runs'),
      )
      .where('costShares.runId', '=', runId)
      .orderBy('callId')
      .orderBy('step')
      .execute();
    return [...own.map((cost) => ({ ...cost, sharedBy: null })), ...shared.map(({ runs, ...cost }) => part(cost, Number(runs)))];
  });
}

function part(cost: Cost, runs: number): RunCost {
  const { step, statements, bytesScanned, elapsedMs, credits } = cost;
  return {
    step,
    statements,
    bytesScanned: Math.round(bytesScanned / runs),
    elapsedMs: Math.round(elapsedMs / runs),
    credits: credits / runs,
    sharedBy: runs,
  };
}
