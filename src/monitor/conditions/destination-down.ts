import type { Condition } from '../../ledger/alert.ts';
import type { Facts } from '../facts.ts';
import { because } from './words.ts';

/** A breaker that lets one run try is not closed yet. */
export function destinationsDown({ destinations }: Facts): readonly Condition[] {
  return destinations.flatMap(({ name, breaker, openedAt, errorCode, errorMessage }) => {
    if (breaker === 'closed') return [];
    return [
      {
        key: `destination_down:${name}`,
        kind: 'destination_down' as const,
        agencyId: null,
        message: `Nothing can be sent to ${name}${because(errorCode, errorMessage)} It is tried again by itself; if it stays so, an operator must look with \`aquarius doctor\` and settle it with the partner.`,
        detail: { destination: name, code: errorCode, openedAt },
      },
    ];
  });
}
