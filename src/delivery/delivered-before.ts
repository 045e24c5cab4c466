import { type DeliveryKey, deliveryId } from '../ledger/delivery-key.ts';
import type { Run } from '../ledger/run.ts';
import { join, type Sql, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/bound-table.ts';
import type { Engine } from './engine.ts';
import type { DeliveredSlots } from './shared-work.ts';
import { withSession } from './with-session.ts';

/**
 * Who has delivered a slot, as the warehouse's SEGMENT_DELIVERY_DETAILS remembers it. The ledger knows its own runs; this is for one that
 * was restored from a backup or begun anew, which would send an audience twice.
 */

const DELIVERED = ['DELIVERED', 'CONFIRMED', 'PARTIAL'];
const COLUMNS = ['AGENCY_ID', 'ADVERTISER_ID', 'DESTINATION_NAME', 'SEGMENT_ID', 'SLOT', 'STATUS', 'DELIVERY_ID'];

type Found = DeliveredSlots['runs'];
type Parts = Pick<Engine, 'kept' | 'warehouse' | 'catalogue' | 'about'>;

export async function findDelivered(engine: Parts, slots: ReadonlySet<string>, signal: AbortSignal): Promise<DeliveredSlots> {
  if (slots.size === 0) return { slots, runs: new Map() };
  const names = join([...slots].map((slot) => sql`${slot}`));
  return { slots, runs: await find(engine, (table) => sql`${table.column('SLOT')} IN (${names})`, signal) };
}

/** The id of another run that has delivered a run's slot, or null. A run that somebody asked for on top of the regular one is never held up. */
export async function deliveredBefore(
  engine: Parts & Pick<Engine, 'delivered'>,
  run: Run,
  signal: AbortSignal,
): Promise<string | null> {
  if (run.generation > 0) return null;
  const known = engine.delivered?.slots.has(run.slot) === true ? engine.delivered.runs : null;
  const runs = known ?? (await find(engine, (table) => ofRun(table, run), signal));
  return runs.get(keyOf(run.delivery, run.slot))?.find((id) => id !== run.id) ?? null;
}

const keyOf = (delivery: DeliveryKey, slot: string): string => JSON.stringify([deliveryId(delivery), slot]);

function ofRun(table: BoundTable, { delivery, slot }: Run): Sql {
  const values = [delivery.agencyId, delivery.advertiserId, delivery.destination, delivery.segmentId, slot];
  return join(
    values.map((value, index) => sql`${table.column(COLUMNS[index] ?? '')} = ${value}`),
    ' AND ',
  );
}

async function find({ catalogue, ...engine }: Parts, chosen: (table: BoundTable) => Sql, signal: AbortSignal): Promise<Found> {
  const table = catalogue.table('SEGMENT_DELIVERY_DETAILS');
  if (!table.exists || COLUMNS.some((name) => !table.has(name))) return new Map();
  const column = (name: string): Sql => table.column(name);
  const id = column('DELIVERY_ID');
  const states = join(DELIVERED.map((state) => sql`${state}`));
  const rows = await withSession(
    engine,
    (session) =>
      session.all(
        sql`SELECT ${column('AGENCY_ID')} AS agency, ${column('ADVERTISER_ID')} AS advertiser, ${column('DESTINATION_NAME')} AS destination,
          ${column('SEGMENT_ID')} AS segment, ${column('SLOT')} AS of_slot, MIN(${id}) AS first_run, MAX(${id}) AS last_run
        FROM ${table.ref} WHERE ${chosen(table)} AND ${column('STATUS')} IN (${states}) GROUP BY 1, 2, 3, 4, 5`,
        { signal },
      ),
    'check',
  );
  return new Map(
    rows.map((row) => {
      const delivery = {
        agencyId: String(row.agency),
        advertiserId: String(row.advertiser),
        destination: String(row.destination),
        segmentId: String(row.segment),
      };
      return [keyOf(delivery, String(row.of_slot)), [String(row.first_run), String(row.last_run)]];
    }),
  );
}
