import type { Selectable, Transaction } from 'kysely';
import type { Confirmation } from '../destinations/destination.ts';
import { findRun, type Run } from './run.ts';
import { unknownRun } from './run-errors.ts';
import type { ConfirmationsTable, Tables } from './schema.ts';
import { appendPublishedStep } from './step.ts';
import { type Store, timestamp } from './store.ts';

/** What a partner has said of a delivered run since. Times are ISO 8601 UTC. */
export interface RecordedConfirmation {
  readonly state: Confirmation['state'];
  /** When it is asked next, or null. */
  readonly askAt: string | null;
  /** When it answered last, or null. */
  readonly at: string | null;
  /** What is wrong, of a doubtful one. */
  readonly code: string | null;
  readonly message: string | null;
  readonly hint: string | null;
  /** The partner's own counts, by its own names. */
  readonly counts: Readonly<Record<string, number>>;
}

/** A delivered run's partner will be asked in so many milliseconds; part of the transaction that delivers the run. */
export async function askLater(store: Store, trx: Transaction<Tables>, runId: string, inMs: number): Promise<void> {
  const askAt = new Date(store.clock.now().getTime() + inMs).toISOString();
  await trx
    .insertInto('confirmations')
    .values({ runId, state: 'pending', askAt, ...NOTHING_SAID })
    .onConflict((conflict) => conflict.column('runId').doUpdateSet({ state: 'pending', askAt, ...NOTHING_SAID }))
    .execute();
}

const NOTHING_SAID = { at: null, code: null, message: null, hint: null, counts: '{}' } as const;

/** Runs whose partner is to be asked by now, the longest due first. */
export function dueConfirmations(store: Store, limit: number): Promise<readonly string[]> {
  return store.read(async (db) => {
    const rows = await db
      .selectFrom('confirmations')
      .select('runId')
      .where('askAt', '<=', timestamp(store))
      .orderBy('askAt')
      .limit(limit)
      .execute();
    return rows.map(({ runId }) => runId);
  });
}

/** What the partner has said of a run, or null when it is not asked. */
export function confirmationOf(store: Store, runId: string): Promise<RecordedConfirmation | null> {
  return store.read(async (db) => {
    const row = await db.selectFrom('confirmations').selectAll().where('runId', '=', runId).executeTakeFirst();
    return row === undefined ? null : toConfirmation(row);
  });
}

/** The newest runs of deliveries whose partner has said that something is wrong, with what it said. */
export function doubtfulRuns(store: Store): Promise<readonly { readonly runId: string; readonly said: RecordedConfirmation }[]> {
  return store.read(async (db) => {
    const rows = await db
      .selectFrom('confirmations')
      .innerJoin('deliveries', 'deliveries.lastRunId', 'confirmations.runId')
      .selectAll('confirmations')
      .where('confirmations.state', '=', 'doubtful')
      .execute();
    return rows.map((row) => ({ runId: row.runId, said: toConfirmation(row) }));
  });
}

function toConfirmation({ runId: _run, counts, ...rest }: Selectable<ConfirmationsTable>): RecordedConfirmation {
  return { ...rest, counts: JSON.parse(counts) as Record<string, number> };
}

/**
 * Keeps what the partner says of a delivered run now. While it is `pending`, it is asked again in `againInMs`, unless that is null; any
 * other answer is the last. A run that was not delivered is a mistake of the caller.
 */
export function recordConfirmation(
  store: Store,
  runId: string,
  confirmation: Confirmation,
  againInMs: number | null = null,
): Promise<Run> {
  return store.write(async (trx) => {
    const run = await findRun(trx, runId);
    if (run === null) throw unknownRun(runId);
    if (run.state !== 'delivered' && run.state !== 'partial') throw new Error(`A run that is ${run.state} cannot be confirmed.`);
    const at = timestamp(store);
    const said = { ...columnsOf(confirmation), at, askAt: nextAsk(store, confirmation, againInMs) };
    await trx
      .insertInto('confirmations')
      .values({ runId, ...said })
      .onConflict((conflict) => conflict.column('runId').doUpdateSet(said))
      .execute();
    if (confirmation.state === 'pending') return run;
    if (confirmation.state === 'doubtful')
      return appendPublishedStep(store, trx, {
        runId,
        attempt: 0,
        step: 'doubtful',
        detail: { code: confirmation.code, ...confirmation.counts },
      });
    const { numUpdatedRows } = await trx
      .updateTable('runs')
      .set({ confirmedAt: at })
      .where('id', '=', runId)
      .where('confirmedAt', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return run;
    return appendPublishedStep(store, trx, { runId, attempt: 0, step: 'confirmed', detail: { ...confirmation.counts } });
  });
}

function nextAsk(store: Store, { state }: Confirmation, againInMs: number | null): string | null {
  if (state !== 'pending' || againInMs === null) return null;
  return new Date(store.clock.now().getTime() + againInMs).toISOString();
}

function columnsOf(confirmation: Confirmation) {
  const { state } = confirmation;
  const counts = JSON.stringify(state === 'pending' ? {} : confirmation.counts);
  if (state !== 'doubtful') return { state, counts, code: null, message: null, hint: null };
  const { code, message, hint } = confirmation;
  return { state, counts, code, message, hint };
}
