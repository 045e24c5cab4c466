import { useSuspenseQuery } from '@tanstack/react-query';
import type { Me } from '../../../src/shapes/user-shapes.ts';
import { meQuery } from './queries.ts';

export type Role = Me['role'];

const ORDER: readonly Role[] = ['viewer', 'operator', 'admin'];

/** Whether a role may do what needs `needed`. The server decides; this only keeps away what it would refuse. */
export function mayDo(role: Role, needed: Role): boolean {
  return ORDER.indexOf(role) >= ORDER.indexOf(needed);
}

/** Who is signed in. Inside the shell alone: there it is known. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether they may do what needs this role. */
export function useMay(needed: Role): boolean {
  return mayDo(useMe().role, needed);
}
