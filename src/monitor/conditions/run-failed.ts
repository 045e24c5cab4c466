import type { Alert, Condition } from '../../ledger/alert.ts';
import type { DeliveryState } from '../../ledger/delivery-state.ts';
import type { Run } from '../../ledger/run.ts';
import type { Facts } from '../facts.ts';
import { wanted } from '../plan-facts.ts';
import { asBefore, because, keyDetail, named } from './words.ts';

/** From the failed run to the next one that is delivered, whatever is tried in between. */
export function runsFailed(facts: Facts, firing: ReadonlyMap<string, Alert>): readonly Condition[] {
  return wanted(facts.deliveries, facts.plan).flatMap((delivery) => {
    const { lastRun, failures } = delivery;
    if (lastRun === null || lastRun.state === 'delivered' || lastRun.state === 'partial') return [];
    const key = `run_failed:${delivery.id}`;
    const before = firing.get(key);
    if (lastRun.state === 'failed') return [failed(key, delivery, lastRun, facts.troubled.get(lastRun.id))];
    if (before !== undefined) return [asBefore(before)];
    return failures === 0 ? [] : [failedEarlier(key, delivery, lastRun)];
  });
}

type LastRun = NonNullable<DeliveryState['lastRun']>;

function failed(key: string, delivery: DeliveryState, lastRun: LastRun, run: Run | undefined): Condition {
  const error = run?.error ?? null;
  const why = because(error?.code ?? null, error?.message ?? null);
  const what = error?.kind === 'bug' ? 'report it' : `put right what \`aquarius runs show ${lastRun.id}\` says`;
  const message = `The delivery of ${named(delivery)} for ${lastRun.slot} failed${why} An operator must ${what}, then \`aquarius runs retry ${lastRun.id}\`.`;
  return condition(key, delivery, lastRun, message, error?.code ?? null);
}

/** Nobody looked between the failure and the next run. */
function failedEarlier(key: string, delivery: DeliveryState, lastRun: LastRun): Condition {
  const message = `The delivery of ${named(delivery)} failed, and its newest run, for ${lastRun.slot}, has delivered nothing yet. An operator must look at \`aquarius runs show ${lastRun.id}\`.`;
  return condition(key, delivery, lastRun, message, null);
}

function condition(key: string, delivery: DeliveryState, { id, slot }: LastRun, message: string, code: string | null): Condition {
  const { agencyId, failures } = delivery;
  const detail = { delivery: delivery.id, ...keyDetail(delivery), slot, run: id, code, failures };
  return { key, kind: 'run_failed', agencyId, message, detail };
}
