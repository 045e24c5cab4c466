import type { Condition } from '../../ledger/alert.ts';
import type { Facts } from '../facts.ts';
import { wanted } from '../plan-facts.ts';
import { keyDetail, named } from './words.ts';

/** A pause that a person made needs no telling. */
export function deliveriesPaused(facts: Facts): readonly Condition[] {
  return wanted(facts.deliveries, facts.plan).flatMap((delivery) => {
    if (delivery.paused === null || delivery.paused.by !== 'engine') return [];
    return [
      {
        key: `delivery_paused:${delivery.id}`,
        kind: 'delivery_paused' as const,
        agencyId: delivery.agencyId,
        message: `The delivery of ${named(delivery)} is paused, since its runs keep failing. An operator must put right what \`aquarius runs show ${delivery.lastRun?.id ?? 'ID'}\` says, then \`aquarius deliveries resume ${delivery.id}\`.`,
        detail: { delivery: delivery.id, ...keyDetail(delivery), failures: delivery.failures, pausedAt: delivery.paused.at },
      },
    ];
  });
}
