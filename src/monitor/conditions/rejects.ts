import type { Alert, Condition } from '../../ledger/alert.ts';
import type { Run } from '../../ledger/run.ts';
import { isFinished } from '../../ledger/states.ts';
import type { Facts } from '../facts.ts';
import { wanted } from '../plan-facts.ts';
import type { AlertPolicy } from './alert-policy.ts';
import { asBefore, keyDetail, named } from './words.ts';

/** By the newest finished run: while the next one is at work, it stays as it was. */
export function rejects(facts: Facts, { rejectShare }: AlertPolicy, firing: ReadonlyMap<string, Alert>): readonly Condition[] {
  return wanted(facts.deliveries, facts.plan).flatMap((delivery) => {
    const { lastRun } = delivery;
    const key = `rejects:${delivery.id}`;
    const before = firing.get(key);
    if (lastRun === null) return [];
    const unsettled = !isFinished(lastRun.state) || lastRun.state === 'failed' || lastRun.state === 'skipped';
    if (unsettled) return before === undefined ? [] : [asBefore(before)];
    if (lastRun.state !== 'partial') return [];
    const run = facts.troubled.get(lastRun.id);
    // Not read, since it is old: what was told of it holds.
    if (run === undefined) return before?.detail.run === lastRun.id ? [asBefore(before)] : [];
    const condition = rejected(key, run, rejectShare);
    return condition === null ? [] : [condition];
  });
}

function rejected(key: string, { delivery, deliveryId: id, id: run, slot, receipt }: Run, limit: number): Condition | null {
  const rows = receipt === null ? 0 : receipt.accepted + receipt.rejected;
  if (receipt === null || rows === 0 || receipt.rejected / rows <= limit) return null;
  const share = ((receipt.rejected / rows) * 100).toFixed(1);
  const [reason] = Object.entries(receipt.reasons).toSorted(([, left], [, right]) => right - left);
  const most = reason === undefined ? '' : `, most as ${reason[0]}`;
  return {
    key,
    kind: 'rejects',
    agencyId: delivery.agencyId,
    message: `The partner rejected ${receipt.rejected} of ${rows} rows (${share} %${most}) of the delivery of ${named(delivery)} for ${slot}. An operator must look at \`aquarius runs show ${run}\` and settle it with the partner.`,
    detail: { delivery: id, ...keyDetail(delivery), slot, run, accepted: receipt.accepted, rejected: receipt.rejected },
  };
}
