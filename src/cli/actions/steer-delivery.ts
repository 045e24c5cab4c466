import { configError } from '../../errors.ts';
import type { Actor } from '../../ledger/actor.ts';
import { deliveriesOverview } from '../../schedule/deliveries-overview.ts';
import { currentIo } from '../io.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';

/** Pauses or resumes a delivery, which need not have had a run yet. */
export async function steerDelivery(
  action: 'pause' | 'resume',
  id: string,
  options: GlobalOptions & { readonly reason?: string },
): Promise<void> {
  const state = await withApp(options, 'write', async (app) => {
    const found = (await deliveriesOverview(app)).filter(({ deliveryId }) => deliveryId.startsWith(id.toLowerCase()));
    const [delivery, other] = found;
    if (delivery === undefined)
      throw configError('delivery_unknown', `There is no delivery ${id}.`, { hint: '`aquarius deliveries` lists them.' });
    if (other !== undefined)
      throw configError('delivery_ambiguous', `More than one delivery begins with ${id}.`, { hint: 'Give more of the id.' });
    const actor: Actor = { name: currentIo().actor, via: 'cli', reason: options.reason ?? null };
    const { agencyId, advertiserId, destination, segmentId } = delivery;
    const key = { agencyId, advertiserId, destination, segmentId };
    return action === 'pause' ? app.ledger.pauseDelivery(key, actor) : app.ledger.resumeDelivery(key, actor);
  });
  if (options.json === true) printJson({ delivery: state });
  else if (action === 'pause')
    print(
      `${state.segmentId} → ${state.destination} is paused. \`aquarius deliveries resume ${state.id.slice(0, 12)}\` lets it run again.`,
    );
  else print(`${state.segmentId} → ${state.destination} runs again, from its current slot.`);
}
