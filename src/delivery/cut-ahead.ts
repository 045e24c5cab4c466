import type { Cut } from '../audience/cut.ts';
import { cutMany } from '../audience/cut-many.ts';
import { mayBeShareable, type Shareable, shareable, shareKey } from '../audience/shared-reads.ts';
import { openSuppression } from '../audience/suppression.ts';
import { codeOf } from '../errors.ts';
import { inTurn } from '../lib/in-turn.ts';
import type { Sql } from '../lib/sql.ts';
import { countOwnedRows } from '../reach/owned-rows.ts';
import { openReach, type Reach } from '../reach/reach.ts';
import { dropLeftBehind, dropSharedTable } from '../reach/work-table.ts';
import type { Session, Warehouse } from '../warehouse/warehouse.ts';
import { beginStep } from './begin-step.ts';
import type { Engine } from './engine.ts';
import type { Order } from './order.ts';
import type { CutsAhead } from './shared-work.ts';
import { withSession } from './with-session.ts';

/** Rows of the logs that are read for one batch: its table is some hundred megabytes at most, and nobody waits long for it. */
const BATCH_ROWS = 8_000_000;
const BATCH_AUDIENCES = 300;

/** Warehouses that this process has freed of what dead ones left there. */
const swept = new WeakSet<Warehouse>();

interface Batch {
  readonly cuts: ReadonlyMap<Order, Cut>;
  readonly table: Sql;
  /** Orders whose files are not written yet. */
  readonly open: Set<Order>;
}

/** Cuts ahead for `orders`, in the order in which they will be taken. */
export function cutAhead(engine: Engine, orders: readonly Order[]): CutsAhead {
  const waiting = new Set(orders.filter(({ candidate }) => mayBeShareable(candidate.spec)));
  const batches = new Map<Order, Promise<Batch | null>>();
  const made = new Set<Batch>();
  const oneAtATime = inTurn<Set<Order>>();

  async function dropIfDone(batch: Batch): Promise<void> {
    if (batch.open.size > 0 || !made.delete(batch)) return;
    await withSession(engine, (session) => dropSharedTable(session, batch.table));
  }

  /** Makes the batch that an order is the first of; null when it is alone in it. */
  async function makeBatch(first: Order): Promise<Batch | null> {
    const key = shareKey(first.candidate.spec);
    const alike = [...waiting].filter((order) => shareKey(order.candidate.spec) === key);
    if (alike.length < 2) return null;
    // A session of its own: what becomes of the first run is nothing to the others.
    return withSession(engine, async (session) => {
      beginStep(session, engine.about, 'cut');
      const reach = openReach(session, engine.catalogue, engine.settings.policy);
      const chosen = await choose(engine, session, reach, [first, ...alike.filter((order) => order !== first)]);
      const [head, ...others] = chosen;
      if (head === undefined || others.length === 0) return null;
      const suppression = await openSuppression(session, engine.catalogue, first.candidate.config.agencyId, engine.signal);
      const audiences = [head.audience, ...others.map(({ audience }) => audience)] as const;
      const now = engine.clock.now();
      if (!swept.has(engine.warehouse)) await dropLeftBehind(session, now, engine.signal);
      swept.add(engine.warehouse);
      const { cuts, table } = await cutMany(session, audiences, suppression, now, engine.signal);
      const byOrder = new Map(chosen.flatMap(({ order }, index) => (cuts[index] ? [[order, cuts[index]] as const] : [])));
      const batch = { cuts: byOrder, table, open: new Set(byOrder.keys()) };
      made.add(batch);
      await reach.assertStill();
      return batch;
    });
  }

  /** A batch that fails is no run's failure: each of its audiences is then cut by itself. */
  async function batchOf(order: Order): Promise<Batch | null> {
    const known = batches.get(order);
    if (known !== undefined) return known;
    return oneAtATime(waiting, async () => {
      const meanwhile = batches.get(order);
      if (meanwhile !== undefined) return meanwhile;
      const making = makeBatch(order).catch((error: unknown) => {
        engine.signal.throwIfAborted();
        engine.log.warn({ code: codeOf(error) }, 'audiences are cut one by one');
        return null;
      });
      const batch = await making;
      for (const each of batch?.cuts.keys() ?? []) batches.set(each, making);
      return batch;
    });
  }

  return {
    async take(order, signal) {
      if (!waiting.has(order)) return null;
      const batch = await batchOf(order);
      signal.throwIfAborted();
      // Whoever comes back for a second cut wants one that is newer.
      const isFirst = waiting.delete(order);
      const cut = batch?.cuts.get(order);
      if (!isFirst || batch == null || cut === undefined) return null;
      return {
        cut,
        async release() {
          batch.open.delete(order);
          await dropIfDone(batch);
        },
      };
    },
    async [Symbol.asyncDispose]() {
      for (const batch of made) {
        // What is being written keeps its table until then.
        for (const order of batch.open) if (waiting.has(order)) batch.open.delete(order);
        await dropIfDone(batch);
      }
      waiting.clear();
    },
  };
}

interface Chosen {
  readonly order: Order;
  readonly audience: Shareable;
}

/** As many orders as make a batch; none when the first one cannot be in any. */
async function choose({ signal }: Engine, session: Session, reach: Reach, orders: readonly Order[]): Promise<readonly Chosen[]> {
  const chosen: Chosen[] = [];
  let rows = 0;
  for (const order of orders) {
    const { spec } = order.candidate;
    const audience = shareable(spec, await reach.exposures(spec.exposures, signal));
    if (audience === null) {
      if (chosen.length === 0) return [];
      continue;
    }
    rows += await countOwnedRows(session, audience.prepared, spec.exposures.advertiserId, signal);
    if (chosen.length > 0 && (rows > BATCH_ROWS || chosen.length === BATCH_AUDIENCES)) break;
    chosen.push({ order, audience });
  }
  return chosen;
}
