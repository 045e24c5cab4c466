import type { Transaction } from 'kysely';
import type { Actor } from './actor.ts';
import { appendAudit } from './audit-log.ts';
import { loadDelivery } from './deliveries.ts';
import { type DeliveryKey, deliveryId } from './delivery-key.ts';
import type { DeliveryState } from './delivery-state.ts';
import type { Tables } from './schema.ts';
import { type Store, timestamp } from './store.ts';

/** Makes the delivery known if it is not; gives its id. */
export async function ensureDelivery(store: Store, trx: Transaction<Tables>, key: DeliveryKey): Promise<string> {
  const { agencyId, advertiserId, destination, segmentId } = key;
  const id = deliveryId(key);
  await trx
    .insertInto('deliveries')
    .values({ id, agencyId, advertiserId, destination, segmentId, createdAt: timestamp(store) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return id;
}

/** From now on nobody takes the delivery's runs by himself; one that is at work goes on. Pausing what is paused changes nothing. */
export function pauseDelivery(store: Store, key: DeliveryKey, actor: Actor): Promise<DeliveryState> {
  return store.write(async (trx) => {
    const id = await ensureDelivery(store, trx, key);
    const { numUpdatedRows } = await trx
      .updateTable('deliveries')
      .set({ pausedAt: timestamp(store), pausedBy: actor.name, pauseReason: actor.reason })
      .where('id', '=', id)
      .where('pausedAt', 'is', null)
      .executeTakeFirstOrThrow();
    const delivery = await loadDelivery(trx, id);
    if (numUpdatedRows > 0n)
      await appendAudit(store, trx, actor, {
        action: 'delivery.pause',
        agencyId: key.agencyId,
        subjectKind: 'delivery',
        subjectId: id,
        before: { paused: false, failures: delivery.failures },
        after: { paused: true, failures: delivery.failures },
      });
    return delivery;
  });
}

/** Ends the pause and forgets the failures before it. Resuming what is not paused changes nothing. */
export function resumeDelivery(store: Store, key: DeliveryKey, actor: Actor): Promise<DeliveryState> {
  return store.write(async (trx) => {
    const id = await ensureDelivery(store, trx, key);
    const before = await loadDelivery(trx, id);
    const { numUpdatedRows } = await trx
      .updateTable('deliveries')
      .set({ pausedAt: null, pausedBy: null, pauseReason: null, failures: 0 })
      .where('id', '=', id)
      .where('pausedAt', 'is not', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return before;
    await appendAudit(store, trx, actor, {
      action: 'delivery.resume',
      agencyId: key.agencyId,
      subjectKind: 'delivery',
      subjectId: id,
      before: { paused: true, failures: before.failures },
      after: { paused: false, failures: 0 },
    });
    return loadDelivery(trx, id);
  });
}
