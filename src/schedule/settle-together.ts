import { cutAhead } from '../delivery/cut-ahead.ts';
import { findDelivered } from '../delivery/delivered-before.ts';
import type { Engine } from '../delivery/engine.ts';
import { resolveRuns } from '../delivery/resolve-run.ts';
import type { CutsAhead, SharedWork } from '../delivery/shared-work.ts';
import type { Settled } from '../delivery/work.ts';
import type { Run } from '../ledger/run.ts';
import { inTurn } from '../lib/in-turn.ts';

/**
 * Settles the runs of an agency that wait in the queue together with the first one of them that is taken, and cuts their audiences together: where
 * each statement is a round trip and costs money, a week of many audiences must not take more of them than a week of few.
 */
export interface SettledTogether extends AsyncDisposable {
  settle(engine: Engine, run: Run, signal: AbortSignal): Promise<Settled>;
}

/** For how long what was read for the first run holds for the others: as if each had been taken then and had waited for its turn. */
const HOLDS_MS = 120_000;
const MOST_RUNS = 300;

interface Group {
  readonly madeAt: number;
  /** Each is used once: whoever is tried again is settled anew. */
  readonly settled: Map<string, Settled>;
  readonly cutsAhead: CutsAhead;
  readonly shared: SharedWork;
}

export function settleTogether(): SettledTogether {
  const groups = new Map<string, Group>();
  const turns = new Map<string, object>();
  const inItsTurn = inTurn<object>();

  async function makeGroup(given: Engine, run: Run, signal: AbortSignal): Promise<Group> {
    // What it costs is nobody's alone.
    const call = given.ledger.store.newId();
    const engine = { ...given, about: call };
    const { agencyId } = run.delivery;
    await groups.get(agencyId)?.cutsAhead[Symbol.asyncDispose]();
    groups.delete(agencyId);
    const waiting = await engine.ledger.runs({ agencyIds: [agencyId], states: ['planned'], held: false, limit: MOST_RUNS });
    const settled = new Map(await resolveRuns(engine, [run, ...waiting.filter(({ id }) => id !== run.id)], signal));
    const orders = [...settled.values()].flatMap((each) => (each.kind === 'order' ? [each.order] : []));
    const cutsAhead = cutAhead(engine, orders);
    const delivered = await findDelivered(engine, new Set([run, ...waiting].map(({ slot }) => slot)), signal);
    await engine.ledger.shareCosts(call, [...settled.keys()]);
    const group = { madeAt: engine.clock.now().getTime(), settled, cutsAhead, shared: { cutsAhead, delivered } };
    groups.set(agencyId, group);
    return group;
  }

  function turnOf(agencyId: string): object {
    const turn = turns.get(agencyId) ?? {};
    turns.set(agencyId, turn);
    return turn;
  }

  return {
    settle: (engine, run, signal) =>
      inItsTurn(turnOf(run.delivery.agencyId), async () => {
        const known = groups.get(run.delivery.agencyId);
        const isGood = known?.settled.has(run.id) === true && engine.clock.now().getTime() - known.madeAt < HOLDS_MS;
        const group = isGood ? known : await makeGroup(engine, run, signal);
        const settled = group.settled.get(run.id);
        if (settled === undefined) throw new Error(`The run ${run.id} was not settled.`);
        group.settled.delete(run.id);
        return settled.kind === 'order' ? { ...settled, shared: group.shared } : settled;
      }),
    async [Symbol.asyncDispose]() {
      for (const { cutsAhead } of groups.values()) await cutsAhead[Symbol.asyncDispose]();
      groups.clear();
    },
  };
}
