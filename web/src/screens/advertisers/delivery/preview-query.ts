import { queryOptions } from '@tanstack/react-query';
import type { DeliveryPreview, PreviewRequest } from '../../../../../src/shapes/config/delivery.ts';
import { post } from '../../../api/client.ts';
import { withoutDefaults } from '../edit/entry-diff.ts';
import type { AdvertiserKey } from '../queries.ts';
import type { Draft } from './draft.ts';

/** What would go out with the draft as it is: nothing of it has to be saved. */
export function previewQuery({ agencyId, advertiserId }: AdvertiserKey, { enabled, entries, cadence, lookbackDays }: Draft) {
  const request: PreviewRequest = {
    agencyId,
    advertiserId,
    config: {
      deliveryEnabled: enabled,
      deliveryCadence: cadence,
      deliveryLookbackDays: lookbackDays,
      deliveryDestinations: entries.map(({ entry }) => withoutDefaults(entry)),
    },
  };
  return queryOptions({
    queryKey: ['config', 'preview', request],
    queryFn: ({ signal }) => post<DeliveryPreview>('/api/delivery/preview', request, { signal }),
    staleTime: 60_000,
    retry: false,
  });
}
