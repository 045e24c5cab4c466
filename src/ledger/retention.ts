import { type Store, timestamp } from './store.ts';

/** Ids bound in one statement, and removed in one transaction. */
const BATCH = 200;

/** Finished runs whose staged files are still there and that ended before a time, the oldest first. None of them has a worker. */
export function expiredStages(
  store: Store,
  before: Date,
  limit: number,
): Promise<readonly { readonly runId: string; readonly stagePrefix: string }[]> {
  return store.read(async (db) => {
    const rows = await db
      .selectFrom('runs')
      .select(['id', 'stagePrefix'])
      .where('stagePrefix', 'is not', null)
      .where('stageExpiredAt', 'is', null)
      .where('finishedAt', '<', before.toISOString())
      .where('leaseOwner', 'is', null)
      .orderBy('finishedAt')
      .limit(limit)
      .execute();
    return rows.flatMap(({ id, stagePrefix }) => (stagePrefix === null ? [] : [{ runId: id, stagePrefix }]));
  });
}

/** Keeps that the run's staged files were removed. A run that is taken up again afterwards cuts its audience anew. */
export function stageExpired(store: Store, runId: string): Promise<void> {
  return store.write(async (trx) => {
    await trx
      .updateTable('runs')
      .set({ stageExpiredAt: timestamp(store) })
      .where('id', '=', runId)
      .where('finishedAt', 'is not', null)
      .execute();
  });
}

/**
 * Removes the stories of at most `limit` runs that ended before a time: steps, attempts, copied outbox entries, manifest, receipt and
 * the texts of errors. The run itself stays, with its counts. Gives the number of runs; fewer than `limit` means that no more are left.
 */
export async function expireDetails(store: Store, before: Date, limit: number): Promise<number> {
  let expired = 0;
  while (expired < limit) {
    const asked = Math.min(BATCH, limit - expired);
    const ids = await store.write(async (trx) => {
      let query = trx
        .selectFrom('runs')
        .select('id')
        .where('detailsExpiredAt', 'is', null)
        .where('finishedAt', '<', before.toISOString())
        .where('leaseOwner', 'is', null)
        .orderBy('finishedAt')
        .limit(asked);
      if (store.engine.rowLocks) query = query.forNoKeyUpdate().skipLocked();
      const found = (await query.execute()).map(({ id }) => id);
      if (found.length === 0) return found;
      // First the mark: the tables let rows go only when their run bears it.
      await trx
        .updateTable('runs')
        .set({ detailsExpiredAt: timestamp(store), manifest: null, receipt: null, errorMessage: null, errorHint: null })
        .where('id', 'in', found)
        .execute();
      await trx.deleteFrom('steps').where('runId', 'in', found).execute();
      await trx.deleteFrom('attempts').where('runId', 'in', found).execute();
      await trx.deleteFrom('confirmations').where('runId', 'in', found).execute();
      await trx.deleteFrom('outbox').where('runId', 'in', found).where('doneAt', 'is not', null).execute();
      return found;
    });
    expired += ids.length;
    if (ids.length < asked) break;
  }
  return expired;
}
