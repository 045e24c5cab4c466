import { unleased } from './claimable.ts';
import { lockedRun } from './locked-run.ts';
import type { Run } from './run.ts';
import { cancelledReason, skipRun } from './skip-run.ts';
import { isFinished } from './states.ts';
import type { Store } from './store.ts';

/**
 * Ends the runs that somebody wants stopped and whose workers are gone: skipped as `cancelled`, with a word about the partner when
 * sending had begun. Gives those runs.
 */
export async function releaseCancelled(store: Store): Promise<readonly Run[]> {
  const free = unleased(store.engine);
  const found = await store.read((db) =>
    db.selectFrom('runs').select('id').where('cancelRequestedAt', 'is not', null).where(free).orderBy('id').execute(),
  );
  const released: Run[] = [];
  for (const { id } of found) {
    const run = await store.write(async (trx) => {
      const before = await lockedRun(store, trx, id);
      const still = await trx
        .selectFrom('runs')
        .select('id')
        .where('id', '=', id)
        .where('cancelRequestedAt', 'is not', null)
        .where(free)
        .executeTakeFirst();
      if (still === undefined) return null;
      if (!isFinished(before.state)) return skipRun(store, trx, before, cancelledReason(before.state));
      // It had ended before, and whoever took it up again is gone.
      await trx.updateTable('runs').set({ cancelRequestedAt: null }).where('id', '=', id).execute();
      return null;
    });
    if (run !== null) released.push(run);
  }
  return released;
}
