import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { HubRow } from '../../../../../src/shapes/config/advertisers.ts';
import { listOf } from '../../../api/config.ts';
import type { AdvertisersSearch } from '../routes.ts';

export const PAGE_SIZE = 50;

/** The page of the list that the address asks for. */
export function hubQuery({ q, needs, has, status, delivery, sort, page = 1 }: AdvertisersSearch, agencyId: string | undefined) {
  const query = {
    agency_id: agencyId,
    search: q,
    needs,
    has,
    status,
    delivery_state: delivery,
    sort: sort?.replace(/^-/, ''),
    descending: sort === undefined ? undefined : sort.startsWith('-'),
    limit: PAGE_SIZE,
    offset: (page - 1) * PAGE_SIZE,
  };
  return queryOptions({
    queryKey: ['config', 'advertiser-hub', query],
    queryFn: ({ signal }) => listOf<HubRow>('advertiser-hub', { query, signal }),
    placeholderData: keepPreviousData,
  });
}
