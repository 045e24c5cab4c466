import type { Actor } from '../../ledger/actor.ts';
import { deliveryToShape } from '../../shapes/delivery-to-shape.ts';
import { findDelivery } from '../find-delivery.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { shortDeliveryId } from '../short-delivery-id.ts';

/** Pauses or resumes a delivery, which need not have had a run yet. */
export async function steerDelivery(
  action: 'pause' | 'resume',
  id: string,
  options: GlobalOptions & { readonly reason?: string },
): Promise<void> {
  const delivery = await withApp(options, 'write', async (app) => {
    const { deliveryId, agencyId, advertiserId, destination, segmentId } = await findDelivery(app, id);
    const key = { agencyId, advertiserId, destination, segmentId };
    const actor: Actor = { name: currentIo().actor, via: 'cli', reason: options.reason ?? null };
    if (action === 'pause') await app.ledger.pauseDelivery(key, actor);
    else await app.ledger.resumeDelivery(key, actor);
    return findDelivery(app, deliveryId);
  });
  const name = `${delivery.segmentId} → ${delivery.destination}`;
  if (options.json === true) printJson({ delivery: deliveryToShape(delivery) });
  else if (action === 'resume') print(`${name} runs again, from its current slot.`);
  else print(`${name} is paused. \`aquarius deliveries resume ${shortDeliveryId(delivery.deliveryId)}\` lets it run again.`);
}
