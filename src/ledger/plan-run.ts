import type { Transaction } from 'kysely';
import { transientError } from '../errors.ts';
import type { DeliveryKey } from './delivery-key.ts';
import { announce, insertRuns, newRun } from './new-run.ts';
import { ensureDelivery } from './pause-delivery.ts';
import { loadRun, type Run, type RunFacts, toRun } from './run.ts';
import type { Tables } from './schema.ts';
import type { Store } from './store.ts';
import { supersede } from './supersede.ts';

export interface PlanRequest {
  readonly delivery: DeliveryKey;
  readonly slot: string;
  /** `regular`: the slot's one run. `again`: one more, because somebody asked. */
  readonly generation: 'regular' | 'again';
  /** Names the asking for another run: asked for again under the same name, it gives the run that was made. */
  readonly requestKey?: string | undefined;
  readonly facts: RunFacts;
}

/** What became of a request. */
export interface PlannedRun {
  readonly runId: string;
  readonly deliveryId: string;
  readonly slot: string;
  /** False when the slot had its run already. */
  readonly created: boolean;
}

/** Rounds of a race for the next generation; each lost one means that somebody else has made a run. */
const ROUNDS = 100;

/**
 * The run of a delivery for a slot. `regular` makes it once, whoever asks and however often: `created` is true for one caller
 * alone, and the others get that run as it is, whatever their facts. `again` always makes a run, of the next generation (the regular
 * one if the slot has none yet). A new run ends the delivery's runs of slots due before that wait for a person: `superseded`.
 */
export function planRun(store: Store, request: PlanRequest): Promise<{ readonly run: Run; readonly created: boolean }> {
  return store.write((trx) => planOne(store, trx, request));
}

/** `planRun` within a transaction. */
export async function planOne(
  store: Store,
  trx: Transaction<Tables>,
  request: PlanRequest,
): Promise<{ readonly run: Run; readonly created: boolean }> {
  const id = await ensureDelivery(store, trx, request.delivery);
  for (let round = 0; round < ROUNDS; round += 1) {
    // The number first: whoever makes the run that is asked for in between has taken it, or is found.
    const generation = request.generation === 'regular' ? 0 : await nextGeneration(trx, id, request.slot);
    const asked = await runAskedFor(trx, id, request);
    if (asked !== null) return { run: asked, created: false };
    const row = newRun(store, request, generation, request.requestKey);
    const [created] = await insertRuns(trx, [row]);
    if (created !== undefined) {
      await announce(store, trx, [row]);
      await supersede(store, trx, [row]);
      return { run: toRun({ ...row, segmentId: request.delivery.segmentId }), created: true };
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
}

/** The run that the same asking has made before, such as by a call whose answer was lost. */
async function runAskedFor(trx: Transaction<Tables>, id: string, { slot, requestKey }: PlanRequest): Promise<Run | null> {
  if (requestKey === undefined) return null;
  const row = await trx
    .selectFrom('runs')
    .select('id')
    .where('deliveryId', '=', id)
    .where('slot', '=', slot)
    .where('requestKey', '=', requestKey)
    .executeTakeFirst();
  return row === undefined ? null : loadRun(trx, row.id);
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
