import type { Kysely, Selectable, Transaction } from 'kysely';
import type { BreakerPolicy, DestinationState } from './destination-state.ts';
import type { DestinationStatesTable, Tables } from './schema.ts';
import type { Store } from './store.ts';
import { storeTime } from './store-time.ts';

type Row = Selectable<DestinationStatesTable>;

/** What happened to a run at a destination, as far as the destination is to be judged by it. */
export type DestinationOutcome = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string };

/** The breaker of a destination at a time of the store. */
export function breakerAt({ openUntil }: Row, now: string): DestinationState['breaker'] {
  if (openUntil === null) return 'closed';
  return openUntil > now ? 'open' : 'probing';
}

function toState(row: Row, now: string): DestinationState {
  const { name, failures, openedAt, openUntil, errorCode, errorMessage } = row;
  return { name, breaker: breakerAt(row, now), failures, openedAt, openUntil, errorCode, errorMessage };
}

/** All rows, whatever their state. */
export function destinationRows(db: Kysely<Tables>): Promise<Row[]> {
  return db.selectFrom('destinationStates').selectAll().orderBy('name').execute();
}

/** The destination's row, made if there is none, which nobody else changes before the transaction ends. */
export async function lockedDestination(store: Store, trx: Transaction<Tables>, name: string): Promise<Row> {
  let query = trx.selectFrom('destinationStates').selectAll().where('name', '=', name);
  if (store.engine.rowLocks) query = query.forNoKeyUpdate();
  const found = await query.executeTakeFirst();
  if (found !== undefined) return found;
  await trx
    .insertInto('destinationStates')
    .values({
      name,
      failures: 0,
      openedAt: null,
      openUntil: null,
      coolDownMs: null,
      nextStartAt: null,
      errorCode: null,
      errorMessage: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return query.executeTakeFirstOrThrow();
}

/** How the destinations are doing that anything was sent to, by name. */
export function destinations(store: Store): Promise<readonly DestinationState[]> {
  return store.read(async (db) => {
    const now = await storeTime(store, db);
    return (await destinationRows(db)).map((row) => toState(row, now));
  });
}

/**
 * Counts a success or a failure of a destination. A success closes its breaker. The breaker opens when so many failures have come one
 * after the other as the policy says, or when the run fails that was let through to try; each time in a row it stays open twice as
 * long as before, up to the policy's longest. A failure of a run that had begun before it opened is counted and changes nothing else.
 */
export function recordDestination(
  store: Store,
  name: string,
  outcome: DestinationOutcome,
  policy: BreakerPolicy,
): Promise<DestinationState> {
  const work = async (trx: Transaction<Tables>): Promise<DestinationState> => {
    const row = await lockedDestination(store, trx, name);
    const now = await storeTime(store, trx);
    const change = outcome.ok ? CLOSED : failed(row, now, outcome, policy);
    await trx.updateTable('destinationStates').set(change).where('name', '=', name).execute();
    return toState({ ...row, ...change }, now);
  };
  return store.write(work, { commitLater: true });
}

const CLOSED = { failures: 0, openedAt: null, openUntil: null, coolDownMs: null, errorCode: null, errorMessage: null };

function failed(
  row: Row,
  now: string,
  { code, message }: { readonly code: string; readonly message: string },
  policy: BreakerPolicy,
): Partial<Row> {
  const failures = row.failures + 1;
  const counted = { failures, errorCode: code, errorMessage: message };
  const breaker = breakerAt(row, now);
  if (breaker === 'open' || (breaker === 'closed' && failures < policy.failures)) return counted;
  const coolDownMs = Math.min(row.coolDownMs === null ? policy.coolDownMs : row.coolDownMs * 2, policy.maxCoolDownMs);
  const openUntil = new Date(Date.parse(now) + coolDownMs).toISOString();
  return { ...counted, coolDownMs, openedAt: row.openedAt ?? now, openUntil };
}
