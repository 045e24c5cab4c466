import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AssignedPois, PoiBrandRow, PoiSegmentRow, RepairablePoiRow } from '../../../../../src/shapes/config/places.ts';
import type { StoreListRow } from '../../../../../src/shapes/config/store-lists.ts';
import { listOf, oneOf } from '../../../api/config.ts';
import { type AdvertiserKey, keyOf, PAGE_SIZE, type Paged } from '../queries.ts';

/** Fewest characters of a search for places. */
export const SHORTEST_SEARCH = 2;

/** Places of a page when they are to be chosen from. */
export const SEGMENT_PAGE = 100;

export function assignedPoisQuery(key: AdvertiserKey, { q, page = 1 }: Paged) {
  const query = {
    ...keyOf(key),
    search: q !== undefined && q.length >= SHORTEST_SEARCH ? q : undefined,
    limit: PAGE_SIZE,
    offset: (page - 1) * PAGE_SIZE,
  };
  return queryOptions({
    queryKey: ['config', 'assigned-pois', query],
    queryFn: ({ signal }) => oneOf<AssignedPois>('assigned-pois', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function brandsQuery(search: string, dma: string) {
  const query = {
    search: search.length >= SHORTEST_SEARCH ? search : undefined,
    dma: dma.length >= SHORTEST_SEARCH ? dma : undefined,
  };
  return queryOptions({
    queryKey: ['config', 'poi-brands', query],
    queryFn: ({ signal }) => listOf<PoiBrandRow>('poi-brands', { query, signal }),
    enabled: query.search !== undefined || query.dma !== undefined,
    placeholderData: keepPreviousData,
  });
}

export function segmentsQuery(key: AdvertiserKey, brand: string, dma: string | undefined, page: number) {
  const query = { ...keyOf(key), brand, dma, limit: SEGMENT_PAGE, offset: (page - 1) * SEGMENT_PAGE };
  return queryOptions({
    queryKey: ['config', 'poi-segments', query],
    queryFn: ({ signal }) => listOf<PoiSegmentRow>('poi-segments', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function repairableQuery(key: AdvertiserKey) {
  return queryOptions({
    queryKey: ['config', 'repairable-pois', key],
    queryFn: ({ signal }) => listOf<RepairablePoiRow>('repairable-pois', { query: { ...keyOf(key), limit: 100 }, signal }),
  });
}

export function storeListsQuery(key: AdvertiserKey) {
  return queryOptions({
    queryKey: ['config', 'store-list-uploads', key],
    queryFn: ({ signal }) => listOf<StoreListRow>('store-list-uploads', { query: { ...keyOf(key), limit: 50 }, signal }),
  });
}
