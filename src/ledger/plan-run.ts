import type { Transaction } from 'kysely';
import { transientError } from '../errors.ts';
import { type DeliveryKey, deliveryId } from './delivery-key.ts';
import { loadRun, type Run, type RunFacts } from './run.ts';
import { makeRunId, RUN_ID_RANDOM_BYTES } from './run-id.ts';
import type { Tables } from './schema.ts';
import { appendPublishedStep } from './step.ts';
import { type Store, timestamp } from './store.ts';

export interface PlanRequest {
  readonly delivery: DeliveryKey;
  readonly slot: string;
  /** `regular`: the slot's one run. `again`: one more, because somebody asked. */
  readonly generation: 'regular' | 'again';
  readonly facts: RunFacts;
}

/** Rounds of a race for the next generation; each lost one means that somebody else has made a run. */
const ROUNDS = 100;

/**
 * The run of a delivery for a slot. `regular` makes it once, whoever asks and however often: `created` is true for one caller
 * alone, and the others get that run as it is, whatever their facts. `again` always makes a run, of the next generation (the regular
 * one if the slot has none yet).
 */
export function planRun(store: Store, request: PlanRequest): Promise<{ readonly run: Run; readonly created: boolean }> {
  return store.write(async (trx) => {
    const id = deliveryId(request.delivery);
    await trx
      .insertInto('deliveries')
      .values({ id, ...request.delivery, createdAt: timestamp(store) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    for (let round = 0; round < ROUNDS; round += 1) {
      const generation = request.generation === 'regular' ? 0 : await nextGeneration(trx, id, request.slot);
      const runId = await insertRun(store, trx, id, generation, request);
      if (runId !== undefined) {
        const detail = { slot: request.slot, generation, late: request.facts.late };
        return { run: await appendPublishedStep(store, trx, { runId, attempt: 0, step: 'planned', detail }), created: true };
      }
      if (request.generation === 'regular') {
        const existing = await trx
          .selectFrom('runs')
          .select('id')
          .where('deliveryId', '=', id)
          .where('slot', '=', request.slot)
          .where('generation', '=', 0)
          .executeTakeFirstOrThrow();
        return { run: await loadRun(trx, existing.id), created: false };
      }
    }
    throw transientError('control_store_busy', 'Too many runs were asked for at once for the same slot.', {
      hint: 'Look at the runs of this slot before asking for another.',
    });
  });
}

async function nextGeneration(trx: Transaction<Tables>, id: string, slot: string): Promise<number> {
  const { newest } = await trx
    .selectFrom('runs')
    .select((eb) => eb.fn.max<number | null>('generation').as('newest'))
    .where('deliveryId', '=', id)
    .where('slot', '=', slot)
    .executeTakeFirstOrThrow();
  return newest === null ? 0 : newest + 1;
}

/** Gives the new run's id, or undefined when there already is a run of this delivery, slot and generation. */
async function insertRun(
  store: Store,
  trx: Transaction<Tables>,
  id: string,
  generation: number,
  { slot, facts }: PlanRequest,
): Promise<string | undefined> {
  const now = store.clock.now();
  const inserted = await trx
    .insertInto('runs')
    .values({
      ...facts,
      id: makeRunId(now, store.random(RUN_ID_RANDOM_BYTES)),
      deliveryId: id,
      slot,
      generation,
      state: 'planned',
      plannedAt: now.toISOString(),
      programVersion: store.program,
      identifierTypes: facts.identifierTypes.join(','),
      late: facts.late ? 1 : 0,
      attempts: 0,
    })
    .onConflict((conflict) => conflict.columns(['deliveryId', 'slot', 'generation']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted?.id;
}
