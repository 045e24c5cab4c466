import { writeDeliveryDetails } from '../ledger/delivery-details.ts';
import { inTurn } from '../lib/in-turn.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Engine } from './engine.ts';
import { withSession } from './with-session.ts';

const BATCH = 500;

/** Two that copied to a warehouse at once would both find that a row is missing, and both write it. */
const copying = inTurn<Warehouse>();

/**
 * Copies what the ledger has published to SEGMENT_DELIVERY_DETAILS in the warehouse, each row once, and gives the number of entries. One call
 * waits for the other.
 */
export function settleOutbox(engine: Engine): Promise<number> {
  return copying(engine.warehouse, () => copyAll(engine));
}

async function copyAll(engine: Engine): Promise<number> {
  for (let copied = 0; ; ) {
    const entries = await engine.ledger.pendingOutbox(BATCH);
    if (entries.length === 0) return copied;
    await withSession(
      engine,
      (session) => writeDeliveryDetails(session, engine.catalogue.table('SEGMENT_DELIVERY_DETAILS'), entries),
      'log',
    );
    await engine.ledger.outboxDone(entries.map(({ id }) => id));
    copied += entries.length;
  }
}
