import { infiniteQueryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { auditPage } from '../../../../../src/shapes/api-shapes.ts';
import { get } from '../../../api/client.ts';

type ActivityPage = z.infer<typeof auditPage>;
export type ActivityEntry = ActivityPage['entries'][number];

interface ActivityFilter {
  readonly agencyId?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
}

/** Pages of what was done, newest first. */
export function activityQuery(filter: ActivityFilter) {
  return infiniteQueryOptions({
    queryKey: ['activity', filter],
    queryFn: ({ signal, pageParam }) =>
      pageParam === null
        ? get<ActivityPage>('/api/delivery/audit', { query: { ...filter, limit: 50 }, signal })
        : get<ActivityPage>(pageParam, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}
