import type { Signed } from '../users/users.ts';
import type { Principal } from './principal.ts';

/** Who is signed in, as the routes know callers. */
export function sessionPrincipal({ session, userId, email, name, role, agencies }: Signed): Principal {
  return {
    ...{ kind: 'user', userId, name: email, role, agencyIds: agencies },
    session: { id: session.id, expiresAt: session.expiresAt, userName: name },
  };
}
