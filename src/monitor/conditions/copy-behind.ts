import type { Condition } from '../../ledger/alert.ts';
import type { Facts } from '../facts.ts';

/** How far the warehouse's copy may be behind the ledger. */
const COPY_BEHIND_MS = 3_600_000;

export function copyBehind({ now, outboxOldestAt }: Facts): readonly Condition[] {
  if (outboxOldestAt === null || now.getTime() - Date.parse(outboxOldestAt) <= COPY_BEHIND_MS) return [];
  return [
    {
      key: 'copy_behind',
      kind: 'copy_behind',
      agencyId: null,
      message: `SEGMENT_DELIVERY_DETAILS in the warehouse has lacked changes of runs since ${outboxOldestAt}; deliveries go on. Whoever keeps the warehouse must look with \`aquarius doctor\`.`,
      detail: { since: outboxOldestAt },
    },
  ];
}
