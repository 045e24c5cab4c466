import { queryOptions } from '@tanstack/react-query';
import type { UserList } from '../../../../../src/shapes/user-shapes.ts';
import { get } from '../../../api/client.ts';

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => (await get<UserList>('/api/users', { signal })).users,
});
