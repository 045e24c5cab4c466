import type { Condition } from '../../ledger/alert.ts';
import type { Facts } from '../facts.ts';
import { keyDetail, named, sentence } from './words.ts';

/** Deliveries of which the partner says afterwards that something is wrong, by their newest run. */
export function deliveriesDoubtful({ doubtful }: Facts): readonly Condition[] {
  return doubtful.map(({ run, said }) => ({
    key: `delivery_doubtful:${run.deliveryId}`,
    kind: 'delivery_doubtful',
    agencyId: run.delivery.agencyId,
    message: `The partner does not confirm the delivery of ${named(run.delivery)} for ${run.slot} (${said.code}): ${sentence(said.message ?? '')} ${sentence(said.hint ?? '')}`,
    detail: { delivery: run.deliveryId, ...keyDetail(run.delivery), slot: run.slot, run: run.id, code: said.code },
  }));
}
