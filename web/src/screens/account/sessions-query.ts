import { queryOptions } from '@tanstack/react-query';
import type { SessionList } from '../../../../src/shapes/user-shapes.ts';
import { get } from '../../api/client.ts';

export type Session = SessionList['sessions'][number];

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) => (await get<SessionList>('/api/me/sessions', { signal })).sessions,
});
