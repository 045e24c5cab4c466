import { leased } from './claimable.ts';
import { isFinished, RUN_STATES, type RunState } from './states.ts';
import type { Store } from './store.ts';

/** The ledger in numbers. Times are ISO 8601 UTC. */
export interface LedgerStatistics {
  /** Runs that are in each state now, without those that wait for a person. */
  readonly runs: Readonly<Record<RunState, number>>;
  /** Runs that wait for a person. */
  readonly held: number;
  /** Unfinished runs that nobody works on and that wait for no person. */
  readonly queue: { readonly waiting: number; readonly oldestDueAt: string | null };
  /** Changes that the warehouse's copy must still hear of. */
  readonly outbox: { readonly pending: number; readonly oldestAt: string | null };
  /** How often runs have ended so. A run that is tried again and ends again counts again: these only grow. */
  readonly finished: readonly { readonly destination: string; readonly state: RunState; readonly runs: number }[];
  /** What the destinations took in all: rows that they accepted, and bytes of the files. */
  readonly delivered: readonly { readonly destination: string; readonly rows: number; readonly bytes: number }[];
}

/** The ledger in numbers, from what is unfinished and from totals; it takes no longer when there are many finished runs. */
export function statistics(store: Store): Promise<LedgerStatistics> {
  return store.read(async (db) => {
    const runs = Object.fromEntries(RUN_STATES.map((state) => [state, 0])) as Record<RunState, number>;
    const totals = await db.selectFrom('totals').selectAll().orderBy('destination').orderBy('state').execute();
    for (const { state, current } of totals) runs[state] += current;

    const unfinished = await db
      .selectFrom('runs')
      .select((eb) => ['state', eb.fn.countAll<number>().as('count'), eb.fn.count<number>('hold').as('held')])
      .where('finishedAt', 'is', null)
      .groupBy('state')
      .execute();
    for (const { state, count, held } of unfinished) runs[state] += count - held;

    const queue = await db
      .selectFrom('runs')
      .select((eb) => [eb.fn.countAll<number>().as('waiting'), eb.fn.min<string | null>('dueAt').as('oldestDueAt')])
      .where('finishedAt', 'is', null)
      .where('hold', 'is', null)
      .where((eb) => eb.or([eb('leaseUntil', 'is', null), eb.not(leased(store.engine)(eb))]))
      .executeTakeFirstOrThrow();
    const outbox = await db
      .selectFrom('outbox')
      .select((eb) => [eb.fn.countAll<number>().as('pending'), eb.fn.min<string | null>('createdAt').as('oldestAt')])
      .where('doneAt', 'is', null)
      .executeTakeFirstOrThrow();

    const delivered = new Map<string, { destination: string; rows: number; bytes: number }>();
    for (const { destination, state, rows, bytes } of totals) {
      if (state !== 'delivered' && state !== 'partial') continue;
      const sum = delivered.get(destination) ?? { destination, rows: 0, bytes: 0 };
      delivered.set(destination, { destination, rows: sum.rows + rows, bytes: sum.bytes + bytes });
    }
    return {
      runs,
      held: unfinished.reduce((sum, { held }) => sum + held, 0),
      queue,
      outbox,
      finished: totals
        .filter(({ state }) => isFinished(state))
        .map(({ destination, state, finished }) => ({ destination, state, runs: finished })),
      delivered: [...delivered.values()],
    };
  });
}
