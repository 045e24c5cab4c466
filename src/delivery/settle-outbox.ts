import { writeDeliveryDetails } from '../ledger/delivery-details.ts';
import { withResource } from '../lib/with-resource.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Engine } from './engine.ts';

const BATCH = 500;

/** What is being copied to each warehouse: two at once would both find that a row is missing, and both write it. */
const copying = new WeakMap<Warehouse, Promise<void>>();

/** Copies what the ledger has published to SEGMENT_DELIVERY_DETAILS in the warehouse, each row once. One call waits for the other. */
export function settleOutbox(engine: Engine): Promise<void> {
  const before = copying.get(engine.warehouse) ?? Promise.resolve();
  const own = before.catch(() => {}).then(() => copyAll(engine));
  copying.set(engine.warehouse, own);
  return own;
}

async function copyAll(engine: Engine): Promise<void> {
  for (;;) {
    const entries = await engine.ledger.pendingOutbox(BATCH);
    if (entries.length === 0) return;
    await withResource(engine.warehouse.session(), (session) =>
      writeDeliveryDetails(session, engine.catalogue.table('SEGMENT_DELIVERY_DETAILS'), entries),
    );
    await engine.ledger.outboxDone(entries.map(({ id }) => id));
  }
}
