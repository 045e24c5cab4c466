import type { Store } from './store.ts';

/** What was last known of a feed, for when it cannot be looked at. Times are ISO 8601 UTC. */
export interface FeedCheck {
  /** The table. */
  readonly feed: string;
  /** Its newest row up to then; null when it had none. */
  readonly newestAt: string | null;
  readonly checkedAt: string;
}

export function feedChecks(store: Store): Promise<readonly FeedCheck[]> {
  return store.read((db) => db.selectFrom('feedChecks').selectAll().orderBy('feed').execute());
}

export function recordFeedChecks(store: Store, checks: readonly FeedCheck[]): Promise<void> {
  return store.write(async (trx) => {
    for (const { feed, newestAt, checkedAt } of checks)
      await trx
        .insertInto('feedChecks')
        .values({ feed, newestAt, checkedAt })
        .onConflict((conflict) => conflict.column('feed').doUpdateSet({ newestAt, checkedAt }))
        .execute();
  });
}
