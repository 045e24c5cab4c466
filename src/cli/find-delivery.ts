import type { App } from '../app.ts';
import { configError } from '../errors.ts';
import { type DeliveryOverview, deliveriesOverview } from '../schedule/deliveries-overview.ts';

/** The only delivery whose id begins so. */
export async function findDelivery(app: App, id: string): Promise<DeliveryOverview> {
  const [found, other] = (await deliveriesOverview(app)).filter(({ deliveryId }) => deliveryId.startsWith(id.toLowerCase()));
  if (found === undefined)
    throw configError('delivery_unknown', `There is no delivery ${id}.`, { hint: '`aquarius deliveries` lists them.' });
  if (other !== undefined)
    throw configError('delivery_ambiguous', `More than one delivery begins with ${id}.`, { hint: 'Give more of the id.' });
  return found;
}
