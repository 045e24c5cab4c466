import { sql } from 'kysely';
import type { RunState } from './states.ts';
import type { Store } from './store.ts';

/** The ledger over time, for people who look. Times are ISO 8601 UTC. */

export interface HistoryFilter {
  /** Only these agencies; an empty list gives nothing. */
  readonly agencyIds?: readonly string[];
  /** Only runs that were planned then or later. */
  readonly since: string;
}

/** Runs that were planned on one day, in UTC, and are in one state now. */
export interface DayCount {
  readonly day: string;
  readonly state: RunState;
  readonly runs: number;
  /** Rows in their files. */
  readonly rows: number;
}

/** What became of the runs of each day. It takes as long as there are runs since then. */
export async function runsByDay(store: Store, { agencyIds, since }: HistoryFilter): Promise<readonly DayCount[]> {
  if (agencyIds?.length === 0) return [];
  const day = sql<string>`substr(planned_at, 1, 10)`;
  return store.read((db) =>
    db
      .selectFrom('runs')
      .select((eb) => [
        day.as('day'),
        'state',
        eb.fn.countAll<number>().as('runs'),
        sql<number>`cast(coalesce(sum(written), 0) as bigint)`.as('rows'),
      ])
      .where('plannedAt', '>=', since)
      .$if(agencyIds !== undefined, (query) => query.where('agencyId', 'in', agencyIds ?? []))
      .groupBy([day, 'state'])
      .orderBy('day')
      .orderBy('state')
      .execute(),
  );
}

/** A delivery and what of it went out. */
export interface DeliverySizes {
  readonly deliveryId: string;
  readonly agencyId: string;
  readonly advertiserId: string;
  readonly destination: string;
  readonly segmentId: string;
  /** Oldest first. */
  readonly points: readonly SizePoint[];
}

export interface SizePoint {
  readonly runId: string;
  readonly slot: string;
  readonly at: string;
  readonly rows: number;
}

/** The sizes of the deliveries whose last set was the largest, or of one alone. */
export async function sizesOverTime(
  store: Store,
  { agencyIds, since, deliveryId, limit }: HistoryFilter & { readonly deliveryId?: string; readonly limit: number },
): Promise<readonly DeliverySizes[]> {
  if (agencyIds?.length === 0) return [];
  return store.read(async (db) => {
    const largest = await db
      .selectFrom('deliveries')
      .select(['id', 'agencyId', 'advertiserId', 'destination', 'segmentId'])
      .where('lastDeliveredAt', '>=', since)
      .$if(agencyIds !== undefined, (query) => query.where('agencyId', 'in', agencyIds ?? []))
      .$if(deliveryId !== undefined, (query) => query.where('id', '=', deliveryId ?? ''))
      .orderBy('lastWritten', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
    if (largest.length === 0) return [];
    const found = await db
      .selectFrom('runs')
      .select(['id', 'deliveryId', 'slot', 'finishedAt', 'written'])
      .where(
        'deliveryId',
        'in',
        largest.map(({ id }) => id),
      )
      .where('state', 'in', ['delivered', 'partial'])
      .where('finishedAt', '>=', since)
      .orderBy('finishedAt')
      .orderBy('id')
      .execute();
    const points = Map.groupBy(found, (run) => run.deliveryId);
    return largest.map(({ id, ...key }) => ({
      deliveryId: id,
      ...key,
      points: (points.get(id) ?? []).map((run) => ({
        runId: run.id,
        slot: run.slot,
        at: run.finishedAt ?? since,
        rows: run.written ?? 0,
      })),
    }));
  });
}
