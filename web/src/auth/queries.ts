import { queryOptions } from '@tanstack/react-query';
import type { AuthMode, Me } from '../../../src/shapes/user-shapes.ts';
import { get } from '../api/client.ts';

export const authModeQuery = queryOptions({
  queryKey: ['auth-mode'],
  queryFn: ({ signal }) => get<AuthMode>('/api/auth-mode', { signal, signsIn: true }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Who is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => get<Me>('/api/me', { signal }),
  staleTime: 60_000,
});
