import type { Alert, Condition } from '../../ledger/alert.ts';
import { type DeliveryKey, deliveryId } from '../../ledger/delivery-key.ts';
import type { UnfinishedRun } from '../../ledger/run-queries.ts';
import type { Facts } from '../facts.ts';
import { wanted } from '../plan-facts.ts';
import type { AlertPolicy } from './alert-policy.ts';
import { asBefore, keyDetail, named } from './words.ts';

/** By the oldest slot of a delivery: one message, however many are late. */
export function runsLate(facts: Facts, { lateMinutes }: AlertPolicy): readonly Condition[] {
  const latest = facts.now.getTime() - lateMinutes * 60_000;
  const slots = [
    ...facts.unfinished.map((run) => ({ delivery: run.delivery, slot: run.slot, dueAt: dueOf(run), run: run.id })),
    ...(facts.plan?.due ?? []).map((due) => ({ ...due, run: null })),
  ];
  const late = slots
    .filter(({ dueAt }) => Date.parse(dueAt) <= latest)
    .toSorted((left, right) => Date.parse(right.dueAt) - Date.parse(left.dueAt))
    .map(({ delivery, slot, dueAt, run }) => condition(delivery, slot, dueAt, run));
  // The last of a key stays: the oldest.
  const byKey = new Map([...stillLate(facts), ...late].map((one) => [one.key, one]));
  return [...byKey.values()];
}

/** What is firing and cannot be over: a late run has failed since, or nobody can say whether the slot has a run by now. */
function stillLate({ firing, plan, deliveries }: Facts): readonly Condition[] {
  const failed = new Set(wanted(deliveries, plan).flatMap(({ id, lastRun }) => (lastRun?.state === 'failed' ? [id] : [])));
  const holds = ({ kind, detail }: Alert): boolean =>
    kind === 'run_late' && (failed.has(String(detail.delivery)) || (plan === null && detail.run === null));
  return firing.filter(holds).map(asBefore);
}

/** A run that somebody asked for later than its slot was due is as late as he asked. */
function dueOf({ generation, asOf, plannedAt, dueAt }: UnfinishedRun): string {
  return generation > 0 || asOf !== null ? plannedAt : dueAt;
}

function condition(delivery: DeliveryKey, slot: string, dueAt: string, run: string | null): Condition {
  const id = deliveryId(delivery);
  const look = run === null ? '`aquarius plan` says why it has no run' : `\`aquarius runs show ${run}\` says what it waits for`;
  return {
    key: `run_late:${id}`,
    kind: 'run_late',
    agencyId: delivery.agencyId,
    message: `The delivery of ${named(delivery)} for ${slot} was due at ${dueAt} and is not delivered. An operator must look: ${look}.`,
    detail: { delivery: id, ...keyDetail(delivery), slot, run, dueAt },
  };
}
