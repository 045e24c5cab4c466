import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Engine } from './engine.ts';
import type { Tables } from './schema.ts';

/**
 * The longest lease that a worker gets at once. One that ends later than that from now was written by a clock that has been set
 * back since, and counts as run out.
 */
export const LONGEST_LEASE_MS = 5 * 60_000;

type RunCondition = (eb: ExpressionBuilder<Tables, 'runs'>) => Expression<SqlBool>;

/** A worker has the run, as far as its lease says. */
export function leased({ now, after }: Engine): RunCondition {
  return (eb) => eb.and([eb('runs.leaseUntil', '>', now()), eb('runs.leaseUntil', '<=', after(LONGEST_LEASE_MS))]);
}

/** No worker has the run: there is no lease, or one that has run out. */
export function unleased({ now, after }: Engine): RunCondition {
  return (eb) =>
    eb.or([
      eb('runs.leaseUntil', 'is', null),
      eb('runs.leaseUntil', '<=', now()),
      eb('runs.leaseUntil', '>', after(LONGEST_LEASE_MS)),
    ]);
}

/** The run waits for no person, or the time to look again by itself has come. */
export function unheld({ now }: Engine): RunCondition {
  return (eb) => eb.or([eb('runs.hold', 'is', null), eb('runs.retryAt', '<=', now())]);
}

/**
 * An older run of the same delivery that is still to be delivered: they go one after the other, or an old audience would come after a
 * newer one. One that waits for a person holds up nobody.
 */
function olderSibling(eb: ExpressionBuilder<Tables, 'runs'>) {
  return eb
    .selectFrom('runs as older')
    .select('older.id')
    .whereRef('older.deliveryId', '=', 'runs.deliveryId')
    .where('older.finishedAt', 'is', null)
    .where('older.hold', 'is', null)
    .where('older.cancelRequestedAt', 'is', null)
    .where((inner) =>
      inner.or([
        inner('older.dueAt', '<', inner.ref('runs.dueAt')),
        inner.and([
          inner('older.dueAt', '=', inner.ref('runs.dueAt')),
          inner('older.generation', '<', inner.ref('runs.generation')),
        ]),
      ]),
    );
}

/** Somebody may take the run by himself: unfinished, free, and nothing that it waits for. */
export function claimable(engine: Engine): RunCondition {
  return (eb) =>
    eb.and([
      eb('runs.finishedAt', 'is', null),
      unleased(engine)(eb),
      unheld(engine)(eb),
      eb.or([eb('runs.retryAt', 'is', null), eb('runs.retryAt', '<=', engine.now())]),
      eb('runs.cancelRequestedAt', 'is', null),
      eb.not(eb.exists(olderSibling(eb))),
      eb.not(
        eb.exists(
          eb
            .selectFrom('deliveries')
            .select('deliveries.id')
            .whereRef('deliveries.id', '=', 'runs.deliveryId')
            .where('deliveries.pausedAt', 'is not', null),
        ),
      ),
    ]);
}
