import { waitingStoreLists } from '../admin/store-lists/waiting-store-lists.ts';
import type { Engine } from '../delivery/engine.ts';
import { AquariusError } from '../errors.ts';
import { withResource } from '../lib/with-resource.ts';
import { checkAlerts } from '../monitor/check-alerts.ts';
import { deliverNotifications } from '../monitor/deliver-notifications.ts';
import type { WaitingStoreList } from '../monitor/facts.ts';
import { confirmTask } from '../schedule/confirm-task.ts';
import { planFactsOf } from '../schedule/plan-facts.ts';
import type { StandingOrder } from '../schedule/standing-orders.ts';
import type { Task } from '../schedule/task.ts';
import { expireTask, planTask, reachTask, settleTask } from '../schedule/tasks.ts';

/** What a server does besides working on runs, again and again. */

const CHECK_MS = 15_000;
const NOTIFY_MS = 5_000;

/** `wake` is rung when there are new runs to take. */
export function backgroundTasks(engine: Engine, wake: () => void): readonly Task[] {
  let orders: readonly StandingOrder[] | null = null;
  const plan = planTask(engine, (planned) => {
    orders = planned.orders;
    if (planned.created > 0) wake();
  });
  return [
    plan,
    settleTask(engine),
    reachTask(engine),
    confirmTask(engine),
    expireTask(engine),
    alertTask(engine, () => orders),
    notifyTask(engine),
  ];
}

function alertTask(engine: Engine, orders: () => readonly StandingOrder[] | null): Task {
  const { ledger, settings } = engine;
  return {
    name: 'alerts',
    async run() {
      const known = orders();
      const changed = await checkAlerts(
        { ledger, alerts: settings.alerts },
        {
          plan: known === null ? null : await planFactsOf(engine, known),
          destinations: Object.keys(settings.destinations),
          storeLists: await storeListsOf(engine),
        },
      );
      for (const { kind, state, message } of changed) engine.log.warn({ kind, state }, message);
      return CHECK_MS;
    },
  };
}

/** Null when the warehouse cannot tell: alerts about everything else go on. */
async function storeListsOf({ warehouse, tablesNow, log }: Engine): Promise<readonly WaitingStoreList[] | null> {
  try {
    const catalogue = await tablesNow();
    return await withResource(warehouse.session(), (session) => waitingStoreLists(session, catalogue));
  } catch (error) {
    if (!(error instanceof AquariusError)) throw error;
    log.warn({ code: error.code }, `Lists of stores were not looked at: ${error.message}`);
    return null;
  }
}

function notifyTask({ ledger, settings, secrets, clock, log }: Engine): Task {
  return {
    name: 'notifications',
    async run(signal) {
      await deliverNotifications({ ledger, channels: settings.alerts.channels, secrets, clock, log }, signal);
      return NOTIFY_MS;
    },
  };
}
