import { createHash, timingSafeEqual } from 'node:crypto';
import { configError } from '../errors.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Client } from '../users/client.ts';
import type { Role } from '../users/role.ts';
import { isAdministrator } from '../users/user.ts';

/** Who is calling, and what they may do and see. */

export interface Principal {
  /** By what they are known: the machine token, an API key, a session. */
  readonly kind: 'machine' | 'key' | 'user';
  /** The user; of a key the one who made it. Null for the machine token, and for a key that was made with it. */
  readonly userId: string | null;
  readonly name: string;
  readonly role: Role;
  /** The tenants that they see. */
  readonly agencyIds: 'all' | readonly string[];
  /** Of a user who is signed in. */
  readonly session?: {
    readonly id: string;
    /** When it ends if it is not used; ISO 8601, UTC. */
    readonly expiresAt: string;
    /** The name of the user; `name` is the e-mail, which nobody else has. */
    readonly userName: string;
  };
}

/** What a request says about who sends it. */
export interface Credentials {
  /** The header Authorization. */
  readonly authorization: string | undefined;
  /** The header X-Aquarius-Actor: for whom a program acts. */
  readonly actsFor: string | undefined;
  /** Whence it comes, with its cookies. */
  readonly client: Client;
}

/** Tells who it is, or throws `token_missing`, `token_wrong` and the like. */
export type Identify = (credentials: Credentials) => Principal | Promise<Principal>;

/** Whether they may see what belongs to this agency; null is what belongs to none, and is for those who see all. */
export function maySee({ agencyIds }: Principal, agencyId: string | null): boolean {
  return agencyIds === 'all' || (agencyId !== null && agencyIds.includes(agencyId));
}

/**
 * The agencies to be asked for: those that they see, or the one of them that they named. An agency that is not theirs is an empty
 * list, as one that does not exist would be.
 */
export function agencyFilter(principal: Principal, agencyId: string | undefined): { readonly agencyIds?: readonly string[] } {
  if (agencyId !== undefined) return { agencyIds: maySee(principal, agencyId) ? [agencyId] : [] };
  return principal.agencyIds === 'all' ? {} : { agencyIds: principal.agencyIds };
}

/** Whether they may administer users and keys: whoever sees only some agencies must not hand out others. */
export function requireAdministrator({ role, agencyIds }: Principal): void {
  if (isAdministrator({ role, agencies: agencyIds })) return;
  throw configError('agency_forbidden', 'This needs an administrator of all agencies.', { hint: 'Ask one to do it.' });
}

/** The principal as the audit log names them. */
export function actorOf(principal: Principal, reason: string | undefined): Actor {
  return { name: principal.name, via: 'api', reason: reason === undefined || reason === '' ? null : reason };
}

const PRINTABLE = /^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]{0,198}[^\p{C}\p{Z}])?$/u;

/**
 * Who bears the machine token: whoever the caller says it acts for, else `api`. A missing or wrong token is `token_missing` or
 * `token_wrong`; a name that cannot stand in the audit log is `actor_invalid`.
 */
export function machinePrincipal(token: string, authorization: string | undefined, actsFor: string | undefined): Principal {
  const given = bearerOf(authorization);
  if (given === undefined) {
    throw configError('token_missing', 'This needs a token.', { hint: 'Send it as the header Authorization: Bearer TOKEN.' });
  }
  if (!sameText(given, token)) {
    throw configError('token_wrong', 'The token is not the one of this server.', {
      hint: 'It is what serve.token in aquarius.yaml refers to, or else the one made at start in the data directory.',
    });
  }
  if (actsFor !== undefined && !PRINTABLE.test(actsFor)) {
    throw configError('actor_invalid', 'The header X-Aquarius-Actor is not a name.', {
      hint: 'Use 1 to 200 printable characters.',
    });
  }
  return { kind: 'machine', userId: null, name: actsFor ?? 'api', role: 'admin', agencyIds: 'all' };
}

/** What the header Authorization bears. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}

/** Compares in a time that tells nothing about where the texts differ, nor about their lengths. */
export function sameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
