import type { Condition } from '../../ledger/alert.ts';
import type { Facts } from '../facts.ts';
import { asBefore, because } from './words.ts';

/** What planning could not say, since it failed itself, stays as it was. */
export function deliveriesBlocked({ plan, firing }: Facts): readonly Condition[] {
  if (plan === null) return firing.filter(({ kind }) => kind === 'delivery_blocked').map(asBefore);
  const conditions = plan.blocked.map(({ agencyId, advertiserId, destination, segmentId, code, message }): Condition => {
    const to = destination === null ? '' : ` to ${destination}`;
    return {
      key: `delivery_blocked:${[agencyId, advertiserId, destination ?? '*', segmentId ?? '*'].map(encodeURIComponent).join(':')}`,
      kind: 'delivery_blocked',
      agencyId,
      message: `The delivery of advertiser ${advertiserId} of agency ${agencyId}${to} is switched on and cannot be planned${because(code, message)} Whoever keeps its configuration must put that right; \`aquarius plan\` says more.`,
      detail: { advertiserId, destination, segmentId, code },
    };
  });
  return [...new Map(conditions.map((condition) => [condition.key, condition])).values()];
}
