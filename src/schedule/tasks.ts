import { collectCosts } from '../delivery/collect-costs.ts';
import type { Engine } from '../delivery/engine.ts';
import { freshenReach, freshenSummary } from '../delivery/fresh-reach.ts';
import { removeCuts } from '../delivery/remove-cuts.ts';
import { settleOutbox } from '../delivery/settle-outbox.ts';
import { DAY_MS } from '../lib/clock.ts';
import { withResource } from '../lib/with-resource.ts';
import { planDue } from './plan-due.ts';
import type { StandingOrder } from './standing-orders.ts';
import type { Task } from './task.ts';

/** The longest between two looks at what is due: a changed configuration is seen so soon. */
const LOOK_MS = 30_000;
const SETTLE_MS = 2_000;
const COUNT_MS = 300_000;
const EXPIRE_MS = 3_600_000;
/** Logs are loaded every hour at most, and a look that finds nothing costs milliseconds. */
const REACH_MS = 300_000;
/** Runs whose remains are removed in one go. */
const EXPIRE_BATCH = 200;

/** Plans what is due, at the moment at which it comes due. */
export function planTask(
  engine: Engine,
  onPlanned: (planned: { readonly orders: readonly StandingOrder[]; readonly created: number; readonly seconds: number }) => void,
): Task {
  return {
    name: 'schedule',
    async run() {
      const startedAt = performance.now();
      const at = await engine.ledger.now();
      const { orders, created, nextDueAt } = await planDue({ ...engine, catalogue: await engine.tablesNow() }, at);
      const seconds = (performance.now() - startedAt) / 1000;
      if (created.length > 0) engine.log.info({ runs: created.length, seconds }, 'runs planned');
      onPlanned({ orders, created: created.length, seconds });
      const left = nextDueAt === null ? LOOK_MS : nextDueAt.getTime() - (await engine.ledger.now()).getTime();
      return Math.min(LOOK_MS, Math.max(1, left));
    },
  };
}

/**
 * Reads what has come into the logs since the last look, so that deliveries find it prepared. A delivery that comes first does so itself;
 * the daily sums wait for this.
 */
export function reachTask(engine: Engine): Task {
  return {
    name: 'reach',
    async run(signal) {
      const catalogue = await engine.tablesNow();
      const parts = { ...engine, signal };
      const refreshed = await withResource(engine.warehouse.session(), async (session) => [
        ...(await freshenReach(parts, session, catalogue)),
        ...(await freshenSummary(parts, session, catalogue)),
      ]);
      for (const { product, source, read, made } of refreshed) {
        if (read > 0) engine.log.info({ product, source, read, made }, 'new rows read');
      }
      return REACH_MS;
    },
  };
}

/**
 * Ends cancelled runs that nobody works on, copies what the ledger has published to the warehouse, and counts what that has cost; only where
 * something was done, since asking costs too.
 */
export function settleTask(engine: Engine): Task {
  let isUncounted = false;
  let countedAt = Number.NEGATIVE_INFINITY;
  return {
    name: 'settle',
    async run() {
      for (const run of await engine.ledger.releaseCancelled()) engine.log.info({ runId: run.id }, 'run cancelled');
      isUncounted = (await settleOutbox(engine)) > 0 || isUncounted;
      const now = engine.clock.now().getTime();
      if (isUncounted && now - countedAt >= COUNT_MS) {
        isUncounted = !(await collectCosts(engine));
        countedAt = now;
      }
      return SETTLE_MS;
    },
  };
}

/** Removes staged files and the details of runs whose time is over. */
export function expireTask(engine: Engine): Task {
  const { ledger, stage, settings, log } = engine;
  return {
    name: 'expire',
    async run(signal) {
      const now = (await ledger.now()).getTime();
      const before = (days: number): Date => new Date(now - days * DAY_MS);
      let more = false;
      const sets = await ledger.expiredStages(before(settings.retention.stagedDays), EXPIRE_BATCH);
      for (const { runId, stagePrefix } of sets) {
        // Files first: a crash in between removes nothing twice, and forgets nothing.
        await removeCuts(stage, runId, stagePrefix, signal);
        await ledger.stageExpired(runId);
        log.info({ runId }, 'staged files removed');
      }
      more = sets.length === EXPIRE_BATCH;
      await ledger.forgetAlerts(before(settings.retention.runDetailsDays));
      const runs = await ledger.expireDetails(before(settings.retention.runDetailsDays), EXPIRE_BATCH);
      more ||= runs === EXPIRE_BATCH;
      if (runs > 0) log.info({ runs }, 'details of runs removed');
      return more ? 0 : EXPIRE_MS;
    },
  };
}
