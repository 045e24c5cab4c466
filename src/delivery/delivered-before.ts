import type { Run } from '../ledger/run.ts';
import { join, sql } from '../lib/sql.ts';
import type { Engine } from './engine.ts';
import { withSession } from './with-session.ts';

const DELIVERED = ['DELIVERED', 'CONFIRMED', 'PARTIAL'];
const KEY = ['AGENCY_ID', 'ADVERTISER_ID', 'DESTINATION_NAME', 'SEGMENT_ID', 'SLOT', 'STATUS', 'DELIVERY_ID'];

/**
 * The id of another run that has delivered the slot, as the warehouse's SEGMENT_DELIVERY_DETAILS remembers it, or null. The ledger
 * knows its own runs; this is for one that was restored from a backup or begun anew, which would send an audience twice. A run that
 * somebody asked for on top of the slot's regular one is never held up.
 */
export async function deliveredBefore(
  engine: Pick<Engine, 'kept' | 'warehouse' | 'catalogue'>,
  run: Run,
  signal: AbortSignal,
): Promise<string | null> {
  const table = engine.catalogue.table('SEGMENT_DELIVERY_DETAILS');
  if (run.generation > 0 || !table.exists || KEY.some((name) => !table.has(name))) return null;
  const { agencyId, advertiserId, destination, segmentId } = run.delivery;
  const values = [agencyId, advertiserId, destination, segmentId, run.slot];
  const equal = values.map((value, index) => sql`${table.column(KEY[index] ?? '')} = ${value}`);
  const states = DELIVERED.map((state) => sql`${state}`);
  const id = table.column('DELIVERY_ID');
  const rows = await withSession(engine, (session) =>
    session.all(
      sql`SELECT MAX(${id}) AS run_id FROM ${table.ref}
        WHERE ${join(equal, ' AND ')} AND ${table.column('STATUS')} IN (${join(states)}) AND ${id} <> ${run.id}`,
      { signal },
    ),
  );
  const found = rows[0]?.run_id;
  return typeof found === 'string' ? found : null;
}
