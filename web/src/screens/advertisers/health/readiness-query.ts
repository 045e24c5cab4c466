import { queryOptions } from '@tanstack/react-query';
import type { ReadinessReport } from '../../../../../src/shapes/config/delivery.ts';
import { get } from '../../../api/client.ts';
import type { AdvertiserKey } from '../queries.ts';

const DEADLINE_MS = 120_000;

/** Whether what is saved can be delivered, rule by rule. Counting identifiers takes longer; without it the last rules are not checked. */
export function readinessQuery({ agencyId, advertiserId }: AdvertiserKey, counts: boolean) {
  return queryOptions({
    queryKey: ['readiness', agencyId, advertiserId, counts],
    queryFn: ({ signal }) =>
      get<ReadinessReport>('/api/delivery/readiness', {
        query: { agencyId, advertiserId, counts },
        signal,
        timeoutMs: DEADLINE_MS,
      }),
    staleTime: 30_000,
  });
}
