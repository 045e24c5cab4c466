import { queryOptions } from '@tanstack/react-query';
import type { ApiKeyShape } from '../../../../../src/shapes/user-shapes.ts';
import { get } from '../../../api/client.ts';

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async ({ signal }) => (await get<{ readonly keys: readonly ApiKeyShape[] }>('/api/keys', { signal })).keys,
});
