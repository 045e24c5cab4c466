import type { AlertChannel } from '../config/operation-settings.ts';
import type { Alert } from '../ledger/alert.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { AlertPolicy } from './conditions/alert-policy.ts';
import { conditionsOf } from './conditions.ts';
import { gatherFacts, type OutsideFacts } from './facts.ts';

export interface CheckDeps {
  readonly ledger: Ledger;
  readonly alerts: AlertPolicy & { readonly channels: Readonly<Record<string, AlertChannel>> };
}

/**
 * Looks at everything once and records what is wrong now. What begins or ends by it is queued for every channel in the same
 * transaction, so that processes that look at once tell it once. Gives the alerts that the ledger gives back.
 */
export async function checkAlerts({ ledger, alerts }: CheckDeps, outside: OutsideFacts): Promise<readonly Alert[]> {
  const facts = await gatherFacts(ledger, outside);
  const known = new Set(facts.firing.map(({ key }) => key));
  return ledger.updateAlerts(conditionsOf(facts, alerts), Object.keys(alerts.channels), known);
}
