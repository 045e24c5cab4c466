import type { Selectable } from 'kysely';
import type { AuthUsersTable } from '../ledger/user-tables.ts';
import { type Agencies, readAgencies } from './agencies.ts';
import type { Role } from './role.ts';

/** A person who may sign in. Times are ISO 8601, UTC. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly agencies: Agencies;
  readonly disabled: boolean;
  /** Empty before they have set a password or come from the provider. */
  readonly signIn: readonly ('password' | 'oidc')[];
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
  /** Until when a one-time link for them can be used. */
  readonly linkExpiresAt: string | null;
}

/** What may be done with the users, as a row has it. */
export function accessOf({ role, agencies }: Pick<Selectable<AuthUsersTable>, 'role' | 'agencies'>): {
  readonly role: Role;
  readonly agencies: Agencies;
} {
  return { role, agencies: readAgencies(agencies) };
}

/** Who may administer users and keys: whoever sees only some agencies must not hand out others. */
export function isAdministrator({ role, agencies }: { readonly role: Role; readonly agencies: Agencies }): boolean {
  return role === 'admin' && agencies === 'all';
}
