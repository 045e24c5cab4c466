import type { Condition } from '../ledger/alert.ts';
import type { AlertPolicy } from './conditions/alert-policy.ts';
import { copyBehind } from './conditions/copy-behind.ts';
import { deliveriesBlocked } from './conditions/delivery-blocked.ts';
import { deliveriesDoubtful } from './conditions/delivery-doubtful.ts';
import { deliveriesPaused } from './conditions/delivery-paused.ts';
import { destinationsDown } from './conditions/destination-down.ts';
import { rejects } from './conditions/rejects.ts';
import { runsFailed } from './conditions/run-failed.ts';
import { runsHeld } from './conditions/run-held.ts';
import { runsLate } from './conditions/run-late.ts';
import { storeListsWaiting } from './conditions/store-list-waiting.ts';
import { oneLine } from './conditions/words.ts';
import type { Facts } from './facts.ts';
import { covers } from './plan-facts.ts';

/**
 * Everything that is wrong now. Pure. One cause makes one message: while a destination is down, a delivery is paused or blocked, or a
 * run waits for a person, what follows from that is not told as well; but what has been told before stays until it is over, so that
 * no good news is false.
 */
export function conditionsOf(facts: Facts, policy: AlertPolicy): readonly Condition[] {
  const firing = new Map(facts.firing.map((alert) => [alert.key, alert]));
  const explained = whatExplains(facts);
  const consequences = [...runsFailed(facts, firing), ...runsLate(facts, policy)];
  const conditions = [
    ...consequences.filter((condition) => firing.has(condition.key) || !explained(condition)),
    ...runsHeld(facts),
    ...rejects(facts, policy, firing),
    ...deliveriesDoubtful(facts),
    ...deliveriesPaused(facts),
    ...deliveriesBlocked(facts),
    ...destinationsDown(facts),
    ...copyBehind(facts),
    ...storeListsWaiting(facts),
  ];
  return conditions.map((condition) => ({ ...condition, message: oneLine(condition.message) }));
}

function whatExplains(facts: Facts): (condition: Condition) => boolean {
  const down = new Set(facts.destinations.filter(({ breaker }) => breaker !== 'closed').map(({ name }) => name));
  const paused = new Set(facts.deliveries.filter((delivery) => delivery.paused !== null).map(({ id }) => id));
  const held = new Set(facts.unfinished.filter(({ hold }) => hold !== null).map(({ id }) => id));
  const blocked = facts.plan?.blocked ?? [];
  return ({ agencyId, detail }) =>
    down.has(String(detail.destination)) ||
    paused.has(String(detail.delivery)) ||
    held.has(String(detail.run)) ||
    blocked.some((one) => covers(one, { ...detail, agencyId }));
}
