import type { AlertKind, Condition } from '../../ledger/alert.ts';
import type { Facts } from '../facts.ts';
import { keyDetail, named, sentence } from './words.ts';

const WAITS_FOR = {
  size_deviation: 'its size is far from the last one',
  source_stale: 'the source has no new rows',
  first_run: 'it is the first one',
  header_changed: 'its files have another header than the partner knows',
} as const;

/** Runs that a person must release. */
export function runsHeld(facts: Facts): readonly Condition[] {
  return facts.unfinished.flatMap((run) => {
    if (run.hold === null) return [];
    const { reason, detail } = run.hold;
    const kind: AlertKind = reason === 'size_deviation' ? 'size_deviation' : 'run_waiting';
    return [
      {
        key: `${kind}:${run.id}`,
        kind,
        agencyId: run.delivery.agencyId,
        message: `The delivery of ${named(run.delivery)} for ${run.slot} waits, since ${WAITS_FOR[reason]}: ${sentence(detail)} An operator must \`aquarius runs approve ${run.id}\` or \`aquarius runs reject ${run.id}\`.`,
        detail: { delivery: run.deliveryId, ...keyDetail(run.delivery), slot: run.slot, run: run.id, reason },
      },
    ];
  });
}
