import type { ReadyCheck } from '../api/deps.ts';
import type { App } from '../app.ts';
import { AquariusError } from '../errors.ts';
import { sql } from '../lib/sql.ts';
import { withResource } from '../lib/with-resource.ts';

/** Whether what a server cannot do without is there: the control store, the warehouse and the stage. */
export async function checkReady(
  app: App,
  signal: AbortSignal,
): Promise<{ readonly ok: boolean; readonly checks: readonly ReadyCheck[] }> {
  const checks = await Promise.all([
    check('control store', async () => void (await app.ledger.now())),
    check('warehouse', () =>
      withResource(app.warehouse.session(), async (session) => void (await session.all(sql`SELECT 1 AS one`, { signal }))),
    ),
    check('stage', async () => void (await (await app.stage()).stat('aquarius-readiness', signal))),
  ]);
  return { ok: checks.every(({ ok }) => ok), checks };
}

async function check(name: string, work: () => Promise<void>): Promise<ReadyCheck> {
  try {
    await work();
    return { name, ok: true, message: 'ok' };
  } catch (error) {
    // The code alone: who may ask this need not be known, and messages name places.
    return { name, ok: false, message: error instanceof AquariusError ? error.code : 'bug' };
  }
}
