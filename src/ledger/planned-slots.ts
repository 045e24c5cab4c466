import { among, type DeliverySlot, pairKey } from './delivery-slot.ts';
import { type Store, timestamp } from './store.ts';

/** Pairs bound in one statement. */
const BATCH = 500;

/** Of these pairs, as `pairKey` writes them, those that have their regular run. Reads the index alone. */
export function plannedSlots(store: Store, pairs: readonly DeliverySlot[]): Promise<ReadonlySet<string>> {
  return store.read(async (db) => {
    const found = new Set<string>();
    for (let start = 0; start < pairs.length; start += BATCH) {
      const rows = await db
        .selectFrom('runs')
        .select(['deliveryId', 'slot'])
        .where('generation', '=', 0)
        .where(among(pairs.slice(start, start + BATCH)))
        .execute();
      for (const row of rows) found.add(pairKey(row));
    }
    return found;
  });
}

/** Keeps that the runs of a split audience's segments were planned for a slot. The delivery is that of the whole audience. */
export function markSplitPlanned(store: Store, { deliveryId, slot }: DeliverySlot): Promise<void> {
  return store.write(async (trx) => {
    await trx
      .insertInto('splitSlots')
      .values({ deliveryId, slot, plannedAt: timestamp(store) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** Of these pairs, as `pairKey` writes them, those that `markSplitPlanned` was called with. */
export function splitPlanned(store: Store, pairs: readonly DeliverySlot[]): Promise<ReadonlySet<string>> {
  return store.read(async (db) => {
    const found = new Set<string>();
    for (let start = 0; start < pairs.length; start += BATCH) {
      const rows = await db
        .selectFrom('splitSlots')
        .select(['deliveryId', 'slot'])
        .where(among(pairs.slice(start, start + BATCH)))
        .execute();
      for (const row of rows) found.add(pairKey(row));
    }
    return found;
  });
}
