import type { Kysely } from 'kysely';
import { configError } from '../errors.ts';
import type { DeliveryState } from './delivery-state.ts';
import type { Tables } from './schema.ts';
import type { Store } from './store.ts';

/** Narrows a list of deliveries; what is left out does not narrow. */
export interface DeliveryFilter {
  /** Only these agencies; an empty list gives nothing. */
  readonly agencyIds?: readonly string[];
  readonly advertiserId?: string;
  readonly destination?: string;
  readonly paused?: boolean;
  /** All unless said. */
  readonly limit?: number;
  readonly offset?: number;
}

function selectDeliveries(db: Kysely<Tables>) {
  return db
    .selectFrom('deliveries')
    .leftJoin('runs', 'runs.id', 'deliveries.lastRunId')
    .selectAll('deliveries')
    .select(['runs.slot as runSlot', 'runs.state as runState', 'runs.plannedAt as runPlannedAt']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDeliveries>['executeTakeFirstOrThrow']>>;

function toDelivery(row: Row): DeliveryState {
  const { id, agencyId, advertiserId, destination, segmentId, failures, lastDeliveredAt, lastWritten } = row;
  const { pausedAt, pausedBy, pauseReason, lastRunId, runSlot, runState, runPlannedAt } = row;
  return {
    id,
    agencyId,
    advertiserId,
    destination,
    segmentId,
    paused: pausedAt === null ? null : { at: pausedAt, by: pausedBy ?? '', reason: pauseReason },
    failures,
    lastRun:
      lastRunId === null || runSlot === null || runState === null || runPlannedAt === null
        ? null
        : { id: lastRunId, slot: runSlot, state: runState, plannedAt: runPlannedAt },
    lastDeliveredAt,
    lastWritten,
  };
}

/** Standing orders that the ledger knows, by agency, advertiser, destination and segment. */
export async function deliveries(store: Store, filter: DeliveryFilter = {}): Promise<readonly DeliveryState[]> {
  const { agencyIds, advertiserId, destination, paused, limit, offset } = filter;
  if (agencyIds?.length === 0) return [];
  return store.read(async (db) => {
    let query = selectDeliveries(db);
    if (agencyIds !== undefined) query = query.where('deliveries.agencyId', 'in', agencyIds);
    if (advertiserId !== undefined) query = query.where('deliveries.advertiserId', '=', advertiserId);
    if (destination !== undefined) query = query.where('deliveries.destination', '=', destination);
    if (paused !== undefined) query = query.where('deliveries.pausedAt', paused ? 'is not' : 'is', null);
    // SQLite knows no offset without a limit.
    if (limit !== undefined || offset !== undefined) query = query.limit(limit ?? 1_000_000_000).offset(offset ?? 0);
    const rows = await query
      .orderBy('deliveries.agencyId')
      .orderBy('deliveries.advertiserId')
      .orderBy('deliveries.destination')
      .orderBy('deliveries.segmentId')
      .execute();
    return rows.map(toDelivery);
  });
}

/** The delivery with this id, which must exist. */
export async function loadDelivery(db: Kysely<Tables>, id: string): Promise<DeliveryState> {
  return toDelivery(await selectDeliveries(db).where('deliveries.id', '=', id).executeTakeFirstOrThrow());
}

/**
 * The delivery with this id, or the only one whose id begins so; null when there is none. More than one is `delivery_ambiguous`,
 * `config`.
 */
export async function deliveryById(store: Store, idOrPrefix: string): Promise<DeliveryState | null> {
  const prefix = idOrPrefix.toLowerCase();
  if (!/^[0-9a-f]+$/.test(prefix)) return null;
  return store.read(async (db) => {
    // `g` is the character after `f`, the last that an id can hold.
    const [first, second] = await selectDeliveries(db)
      .where('deliveries.id', '>=', prefix)
      .where('deliveries.id', '<', `${prefix}g`)
      .limit(2)
      .execute();
    if (first === undefined) return null;
    if (second !== undefined)
      throw configError('delivery_ambiguous', `More than one delivery begins with ${prefix}.`, { hint: 'Give more of the id.' });
    return toDelivery(first);
  });
}
