import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { RunHistory, SizeHistory } from '../../../src/shapes/history-shapes.ts';
import { get } from './client.ts';
import type { Alert, Delivery, Destination, RejectionList, RunDetail, RunPage } from './types.ts';

/** What the screens ask the delivery API for, so that two that ask the same ask once. A key begins with what it is of. */

/** How often lists look again while they are seen, in milliseconds. */
const LIVE_MS = 5_000;
const SLOW_MS = 30_000;

export interface DeliveryFilter {
  readonly agencyId?: string | undefined;
  readonly advertiserId?: string | undefined;
  readonly destination?: string | undefined;
  readonly state?: string | undefined;
}

export function deliveriesQuery(filter: DeliveryFilter) {
  return queryOptions({
    queryKey: ['deliveries', filter],
    queryFn: async ({ signal }) =>
      (await get<{ readonly deliveries: readonly Delivery[] }>('/api/delivery/deliveries', { query: { ...filter }, signal }))
        .deliveries,
    refetchInterval: SLOW_MS,
  });
}

export interface RunFilter {
  readonly agencyId?: string | undefined;
  readonly advertiserId?: string | undefined;
  readonly destination?: string | undefined;
  readonly deliveryId?: string | undefined;
  readonly slot?: string | undefined;
  readonly state?: string | undefined;
  readonly unfinished?: 'true' | undefined;
  readonly held?: 'true' | 'false' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Pages of runs, newest first. */
export function runsQuery(filter: RunFilter) {
  return infiniteQueryOptions({
    queryKey: ['runs', filter],
    queryFn: ({ signal, pageParam }) =>
      pageParam === null
        ? get<RunPage>('/api/delivery/runs', { query: { ...filter, limit: 50 }, signal })
        : get<RunPage>(pageParam, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    // Whoever reads far back looks at what does not change any more.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 2 ? false : LIVE_MS),
  });
}

/** What became of the runs of each day. */
export function runHistoryQuery(filter: { readonly agencyId?: string | undefined; readonly days: number }) {
  return queryOptions({
    queryKey: ['runs', 'history', filter],
    queryFn: ({ signal }) => get<RunHistory>('/api/delivery/history/runs', { query: { ...filter }, signal }),
    refetchInterval: SLOW_MS,
  });
}

interface SizesFilter {
  readonly agencyId?: string | undefined;
  readonly deliveryId?: string | undefined;
  readonly days: number;
  /** How many deliveries, the largest first. */
  readonly limit?: number;
}

/** Sizes of audiences over time. */
export function sizesQuery(filter: SizesFilter) {
  return queryOptions({
    queryKey: ['runs', 'sizes', filter],
    queryFn: ({ signal }) => get<SizeHistory>('/api/delivery/history/sizes', { query: { ...filter }, signal }),
    staleTime: 5 * 60_000,
  });
}

export function runQuery(id: string) {
  return queryOptions({
    queryKey: ['run', id],
    queryFn: ({ signal }) => get<RunDetail>(`/api/delivery/runs/${encodeURIComponent(id)}`, { signal }),
    // What happens to it is told as it happens; this is for when that breaks off.
    refetchInterval: ({ state }) => (state.data === undefined || state.data.run.finishedAt !== null ? false : LIVE_MS * 2),
  });
}

export function rejectionsQuery(id: string) {
  return queryOptions({
    queryKey: ['run', id, 'rejections'],
    queryFn: ({ signal }) => get<RejectionList>(`/api/delivery/runs/${encodeURIComponent(id)}/rejections`, { signal }),
  });
}

export const destinationsQuery = queryOptions({
  queryKey: ['destinations'],
  queryFn: async ({ signal }) =>
    (await get<{ readonly destinations: readonly Destination[] }>('/api/delivery/destinations', { signal })).destinations,
  refetchInterval: LIVE_MS * 2,
});

export function alertsQuery(filter: { readonly agencyId?: string | undefined; readonly state?: 'firing' | 'resolved' }) {
  return queryOptions({
    queryKey: ['alerts', filter],
    queryFn: ({ signal }) =>
      get<{ readonly alerts: readonly Alert[]; readonly more: boolean }>('/api/delivery/alerts', {
        query: { ...filter, limit: 200 },
        signal,
      }),
    refetchInterval: SLOW_MS,
  });
}
