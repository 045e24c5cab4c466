import { raw, type Sql } from '../lib/sql.ts';

/** Works within a transaction that has begun: committed when `work` returns, rolled back when it throws. `run` runs a statement of its session. */
export async function endTransaction<T>(run: (statement: Sql) => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    await run(raw('COMMIT'));
    return result;
  } catch (error) {
    // A commit that fails has rolled back; the first error is the one to tell in any case.
    await run(raw('ROLLBACK')).catch(() => undefined);
    throw error;
  }
}
