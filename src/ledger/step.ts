import type { Transaction } from 'kysely';
import { detailsOf } from './details-row.ts';
import { loadRun, type Run } from './run.ts';
import type { Tables } from './schema.ts';
import { type Store, timestamp } from './store.ts';

/**
 * What can happen to a run, besides reaching a state: an attempt takes it (`claimed`) or gives it back (`released`), fails with another
 * to follow (`retry`), stops to wait for a person (`held`), stops answering and is succeeded by another (`lost`); the partner confirms
 * (`confirmed`), or says later that something is wrong (`doubtful`). A person wants it stopped (`cancel-requested`), tried again (`requeued`) or lets it go on (`approved`).
 */
export type StepName =
  | Run['state']
  | 'claimed'
  | 'released'
  | 'retry'
  | 'held'
  | 'lost'
  | 'confirmed'
  | 'doubtful'
  | 'cancel-requested'
  | 'requeued'
  | 'approved';

/** The steps that end an attempt: every attempt has exactly one of them, once it is over. */
export const ENDS = [
  'delivered',
  'partial',
  'failed',
  'skipped',
  'released',
  'retry',
  'held',
  'lost',
] as const satisfies readonly StepName[];

/** Flat facts for the story of a run. Never an identifier of a person, never a secret. */
export type StepDetail = Readonly<Record<string, string | number | boolean | null>>;

export interface Step {
  readonly runId: string;
  /** Counted over the whole run, from 1. */
  readonly seq: number;
  /** 0 for what happens outside an attempt. */
  readonly attempt: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly step: StepName;
  readonly detail: StepDetail;
}

export type NewStep = Pick<Step, 'runId' | 'attempt' | 'step' | 'detail'>;

/** Appends a step; gives its number. The transaction must have written the run's row before, so that nobody else numbers steps now. */
export async function appendStep(store: Store, trx: Transaction<Tables>, step: NewStep): Promise<number> {
  const { seq } = await trx
    .insertInto('steps')
    .values((eb) => ({
      ...step,
      detail: JSON.stringify(step.detail),
      at: timestamp(store),
      seq: eb
        .selectFrom('steps')
        .where('steps.runId', '=', step.runId)
        .select((one) => one(one.fn.coalesce(one.fn.max('steps.seq'), one.lit(0)), '+', 1).as('next')),
    }))
    .returning('seq')
    .executeTakeFirstOrThrow();
  return seq;
}

/** Id of the outbox entry of a step: sorts by run, then by age. */
export function outboxId(runId: string, seq: number): string {
  return `${runId}-${String(seq).padStart(6, '0')}`;
}

/** Appends a step and, from the run as it is now, the outbox entry for the warehouse's copy. Gives the run. */
export async function appendPublishedStep(store: Store, trx: Transaction<Tables>, step: NewStep): Promise<Run> {
  const seq = await appendStep(store, trx, step);
  const run = await loadRun(trx, step.runId);
  await trx
    .insertInto('outbox')
    .values({
      id: outboxId(run.id, seq),
      runId: run.id,
      seq,
      details: JSON.stringify(detailsOf(run)),
      createdAt: timestamp(store),
      doneAt: null,
    })
    .execute();
  return run;
}
