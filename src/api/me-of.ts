import type { Me } from '../shapes/user-shapes.ts';
import type { Principal } from './principal.ts';

/** The caller as they are told of themselves; `hasUsers` when people sign in here. */
export function meOf({ kind, name, role, agencyIds, session }: Principal, hasUsers: boolean): Me {
  return {
    mode: hasUsers ? 'users' : 'token',
    kind,
    name: session?.userName ?? name,
    email: session === undefined ? null : name,
    role,
    agencies: agencyIds === 'all' ? 'all' : [...agencyIds],
    sessionExpiresAt: session?.expiresAt ?? null,
  };
}
