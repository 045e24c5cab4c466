import type { Insertable, Selectable, Transaction } from 'kysely';
import { type DeliveryKey, deliveryId } from './delivery-key.ts';
import { detailsOf } from './details-row.ts';
import { AT_REST, NO_ERROR, type RunFacts, toRun } from './run.ts';
import { makeRunId, RUN_ID_RANDOM_BYTES } from './run-id.ts';
import type { RunsTable, Tables } from './schema.ts';
import { outboxId } from './step.ts';
import { type Store, timestamp } from './store.ts';

/** A run that is to be inserted, with every column, and its delivery's segment. */
export interface NewRun extends Selectable<RunsTable> {
  readonly segmentId: string;
}

interface RunToBe {
  readonly delivery: DeliveryKey;
  readonly slot: string;
  readonly facts: RunFacts;
}

/** A new run as its row. */
export function newRun(
  store: Store,
  { delivery, slot, facts }: RunToBe,
  generation: number,
  requestKey: string | null = null,
): NewRun {
  const now = store.clock.now();
  return {
    id: makeRunId(now, store.random(RUN_ID_RANDOM_BYTES)),
    deliveryId: deliveryId(delivery),
    agencyId: delivery.agencyId,
    advertiserId: delivery.advertiserId,
    destination: delivery.destination,
    segmentId: delivery.segmentId,
    slot,
    generation,
    state: 'planned',
    reason: null,
    plannedAt: now.toISOString(),
    startedAt: null,
    stagedAt: null,
    sentAt: null,
    finishedAt: null,
    confirmedAt: null,
    windowFrom: facts.windowFrom,
    windowTo: facts.windowTo,
    dueAt: facts.dueAt,
    deadlineAt: facts.deadlineAt,
    asOf: facts.asOf,
    configVersion: facts.configVersion,
    programVersion: store.program,
    segmentName: facts.segmentName,
    destinationType: facts.destinationType,
    mode: facts.mode,
    refresh: facts.refresh,
    joinStrategy: facts.joinStrategy,
    exposureSource: facts.exposureSource,
    lookbackDays: facts.lookbackDays,
    lookbackEffectiveDays: null,
    identifierTypes: facts.identifierTypes.join(','),
    late: facts.late ? 1 : 0,
    selected: null,
    written: null,
    suppressed: null,
    rowsAdded: null,
    rowsRemoved: null,
    dropped: null,
    identifiers: null,
    stagePrefix: null,
    manifest: null,
    receipt: null,
    ...NO_ERROR,
    attempts: 0,
    failures: 0,
    ...AT_REST,
    approvals: '',
    stageExpiredAt: null,
    detailsExpiredAt: null,
    requestKey,
  };
}

function insertable({ segmentId: _, ...row }: NewRun): Insertable<RunsTable> {
  return row;
}

/** Inserts those whose delivery, slot and generation have no run yet; gives their ids. */
export async function insertRuns(trx: Transaction<Tables>, rows: readonly NewRun[]): Promise<readonly string[]> {
  const inserted = await trx
    .insertInto('runs')
    .values(rows.map(insertable))
    .onConflict((conflict) => conflict.columns(['deliveryId', 'slot', 'generation']).doNothing())
    .returning('id')
    .execute();
  return inserted.map(({ id }) => id);
}

/** The first step of new runs and their entries for the warehouse's copy. */
export async function announce(store: Store, trx: Transaction<Tables>, rows: readonly NewRun[]): Promise<void> {
  const at = timestamp(store);
  const seq = 1;
  await trx
    .insertInto('steps')
    .values(
      rows.map(({ id, slot, generation, late }) => ({
        runId: id,
        seq,
        attempt: 0,
        at,
        step: 'planned',
        detail: JSON.stringify({ slot, generation, late: late === 1 }),
      })),
    )
    .execute();
  await trx
    .insertInto('outbox')
    .values(
      rows.map((row) => ({
        id: outboxId(row.id, seq),
        runId: row.id,
        seq,
        details: JSON.stringify(detailsOf(toRun(row))),
        createdAt: at,
        doneAt: null,
      })),
    )
    .execute();
}
