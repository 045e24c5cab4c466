import { among, type DeliverySlot, pairKey } from './delivery-slot.ts';
import { type Store, timestamp } from './store.ts';

/** Of these pairs, as `pairKey` writes them, those that have their regular run. Reads the index alone. */
export async function plannedSlots(store: Store, pairs: readonly DeliverySlot[]): Promise<ReadonlySet<string>> {
  if (pairs.length === 0) return new Set();
  return store.read(async (db) => {
    const rows = await db
      .selectFrom('runs')
      .select(['deliveryId', 'slot'])
      .where('generation', '=', 0)
      .where(among(store.engine, pairs))
      .execute();
    return new Set(rows.map(pairKey));
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
export async function splitPlanned(store: Store, pairs: readonly DeliverySlot[]): Promise<ReadonlySet<string>> {
  if (pairs.length === 0) return new Set();
  return store.read(async (db) => {
    const rows = await db.selectFrom('splitSlots').select(['deliveryId', 'slot']).where(among(store.engine, pairs)).execute();
    return new Set(rows.map(pairKey));
  });
}
