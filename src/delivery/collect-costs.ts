import { codeOf } from '../errors.ts';
import { DAY_MS } from '../lib/clock.ts';
import { inTurn } from '../lib/in-turn.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Engine } from './engine.ts';
import { withSession } from './with-session.ts';

const collecting = inTurn<Warehouse>();

/** Runs that one call has worked on, and that share what it has spent for all of them. */
interface Sharing {
  readonly call: string;
  readonly runIds: readonly string[];
}

/**
 * Keeps in the ledger what the warehouse's statements have cost since the last time, of every run and call, with one statement. What
 * other processes have run is counted too, once. Nobody fails for it: what could not be found out now is the next time, and false is given.
 */
export async function collectCosts(engine: Engine, sharing?: Sharing): Promise<boolean> {
  try {
    await collecting(engine.warehouse, () => collect(engine, sharing));
    return true;
  } catch (error) {
    engine.log.warn({ code: codeOf(error) }, 'what the warehouse has cost is counted later');
    return false;
  }
}

async function collect(engine: Engine, sharing: Sharing | undefined): Promise<void> {
  const { ledger, clock } = engine;
  await withSession(engine, async (session) => {
    if (session.costs === undefined) return;
    if (sharing !== undefined) await ledger.shareCosts(sharing.call, sharing.runIds);
    const after = await ledger.costsCountedTo();
    const costs = await session.costs(after ?? new Date(clock.now().getTime() - DAY_MS));
    const to = Math.max(...costs.map(({ endedAt }) => endedAt.getTime()));
    if (costs.length === 0 || (after !== null && to <= after.getTime())) return;
    const known = costs.flatMap(({ run, step, endedAt: _endedAt, ...cost }) =>
      run === null || step === null ? [] : [{ spentFor: run, step, ...cost }],
    );
    await ledger.recordCosts(known, after, new Date(to));
  });
}
