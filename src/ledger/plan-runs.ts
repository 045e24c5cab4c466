import { setImmediate } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { among, type DeliverySlot, pairKey } from './delivery-slot.ts';
import { announce, insertRuns, type NewRun, newRun } from './new-run.ts';
import { type PlannedRun, type PlanRequest, planOne } from './plan-run.ts';
import type { Tables } from './schema.ts';
import { type Store, timestamp } from './store.ts';
import { supersede } from './supersede.ts';

/**
 * Runs planned in one transaction. Their bound values stay below what either database takes in a statement, and a server that waits
 * for SQLite meanwhile soon goes on.
 */
const BATCH = 100;

/** `planRun` for many, a few hundred at a time: what is planned stays so when a later one fails. Gives them in the given order. */
export async function planRuns(store: Store, requests: readonly PlanRequest[]): Promise<readonly PlannedRun[]> {
  const planned: PlannedRun[] = [];
  for (let start = 0; start < requests.length; start += BATCH) {
    const batch = requests.slice(start, start + BATCH);
    planned.push(...(await store.write((trx) => planBatch(store, trx, batch))));
    // SQLite answers at once: without this, nothing else would be served until the last is planned.
    await setImmediate();
  }
  return planned;
}

async function planBatch(
  store: Store,
  trx: Transaction<Tables>,
  requests: readonly PlanRequest[],
): Promise<readonly PlannedRun[]> {
  if (requests.some(({ generation }) => generation === 'again')) {
    const planned: PlannedRun[] = [];
    for (const request of requests) {
      const { run, created } = await planOne(store, trx, request);
      planned.push({ runId: run.id, deliveryId: run.deliveryId, slot: run.slot, created });
    }
    return planned;
  }
  const rows = requests.map((request) => newRun(store, request, 0));
  // Inserted in one order, so that two who plan the same at once cannot wait for each other.
  const sorted = [...rows].sort((a, b) => (pairKey(a) < pairKey(b) ? -1 : 1));
  await ensureDeliveries(store, trx, sorted);
  const inserted = new Set(await insertRuns(trx, sorted));
  const created = sorted.filter(({ id }) => inserted.has(id));
  if (created.length > 0) {
    await announce(store, trx, created);
    await supersede(store, trx, created);
  }
  const existing = await runsOf(
    store,
    trx,
    rows.filter(({ id }) => !inserted.has(id)),
  );
  return rows.map((row) => {
    const { deliveryId, slot } = row;
    if (inserted.has(row.id)) return { runId: row.id, deliveryId, slot, created: true };
    const runId = existing.get(pairKey(row));
    if (runId === undefined) throw new Error(`The slot ${slot} of ${deliveryId} has a run that is not there.`);
    return { runId, deliveryId, slot, created: false };
  });
}

async function ensureDeliveries(store: Store, trx: Transaction<Tables>, rows: readonly NewRun[]): Promise<void> {
  const createdAt = timestamp(store);
  await trx
    .insertInto('deliveries')
    .values(
      rows.map(({ deliveryId: id, agencyId, advertiserId, destination, segmentId }) => ({
        id,
        agencyId,
        advertiserId,
        destination,
        segmentId,
        createdAt,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Ids of the regular runs of these pairs. */
async function runsOf(
  { engine }: Store,
  trx: Transaction<Tables>,
  pairs: readonly DeliverySlot[],
): Promise<ReadonlyMap<string, string>> {
  if (pairs.length === 0) return new Map();
  const rows = await trx
    .selectFrom('runs')
    .select(['id', 'deliveryId', 'slot'])
    .where('generation', '=', 0)
    .where(among(engine, pairs))
    .execute();
  return new Map(rows.map((row) => [pairKey(row), row.id]));
}
