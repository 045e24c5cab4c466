import { writeDeliveryDetails } from '../ledger/delivery-details.ts';
import { withResource } from '../lib/with-resource.ts';
import type { Engine } from './engine.ts';

const BATCH = 500;

/** Copies what the ledger has published to SEGMENT_DELIVERY_DETAILS in the warehouse, each row once. */
export async function settleOutbox(engine: Engine): Promise<void> {
  for (;;) {
    const entries = await engine.ledger.pendingOutbox(BATCH);
    if (entries.length === 0) return;
    await withResource(engine.warehouse.session(), (session) =>
      writeDeliveryDetails(session, engine.catalogue.table('SEGMENT_DELIVERY_DETAILS'), entries),
    );
    await engine.ledger.outboxDone(entries.map(({ id }) => id));
  }
}
