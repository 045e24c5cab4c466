import { type DeliveryOverview, deliveriesOverview } from '../../schedule/deliveries-overview.ts';
import { deliveryToShape } from '../../shapes/delivery-to-shape.ts';
import { type GlobalOptions, print, printJson, withApp } from '../session.ts';
import { shortDeliveryId } from '../short-delivery-id.ts';
import { renderTable } from '../table.ts';

interface DeliveriesOptions extends GlobalOptions {
  readonly agency?: string;
  readonly advertiser?: string;
  readonly destination?: string;
  readonly state?: DeliveryOverview['state'];
}

export async function listDeliveries(options: DeliveriesOptions): Promise<void> {
  const deliveries = await withApp(options, 'read', (app) =>
    deliveriesOverview(app, {
      agencyIds: options.agency === undefined ? undefined : [options.agency],
      advertiserId: options.advertiser,
      destination: options.destination,
      state: options.state,
    }),
  );
  if (options.json === true) printJson({ deliveries: deliveries.map(deliveryToShape) });
  else if (deliveries.length === 0) print('No deliveries. `aquarius config set` gives an advertiser its DELIVERY_DESTINATIONS.');
  else print(table(deliveries));
}

function table(deliveries: readonly DeliveryOverview[]): string {
  return renderTable(deliveries, [
    { title: 'DELIVERY', value: ({ deliveryId }) => shortDeliveryId(deliveryId) },
    { title: 'ADVERTISER', value: ({ agencyId, advertiserId }) => `${agencyId} ${advertiserId}` },
    { title: 'NAME', value: ({ advertiserName }) => advertiserName ?? '' },
    { title: 'DESTINATION', value: ({ destination }) => destination },
    { title: 'SEGMENT', value: ({ segmentId }) => segmentId },
    { title: 'CADENCE', value: ({ cadence }) => cadence ?? '' },
    { title: 'STATE', value: ({ state, reason }) => (reason === null || reason === state ? state : `${state}: ${reason}`) },
    { title: 'LAST RUN', value: ({ lastRun }) => (lastRun === null ? '' : `${lastRun.slot} ${lastRun.state}`) },
    { title: 'NEXT (UTC)', value: ({ nextDueAt }) => nextDueAt?.slice(0, 16).replace('T', ' ') ?? '' },
  ]);
}
