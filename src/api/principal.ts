import { createHash, timingSafeEqual } from 'node:crypto';
import { configError } from '../errors.ts';
import type { Actor } from '../ledger/actor.ts';

/** Who is calling, and what they may do and see. */

/** Each may do what the ones before it may. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Principal {
  readonly name: string;
  readonly role: Role;
  /** The tenants that they see. */
  readonly agencyIds: 'all' | readonly string[];
}

/** What a request says about who sends it. */
export interface Credentials {
  /** The header Authorization. */
  readonly authorization: string | undefined;
  /** The header X-Aquarius-Actor: for whom a program acts. */
  readonly actsFor: string | undefined;
}

/** Tells who it is, or throws `token_missing`, `token_wrong` and the like. */
export type Identify = (credentials: Credentials) => Principal | Promise<Principal>;

/** Whether someone of this role may do what needs `needed`. */
export function mayDo(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

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
  const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
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
  return { name: actsFor ?? 'api', role: 'admin', agencyIds: 'all' };
}

/** Compares in a time that tells nothing about where the texts differ, nor about their lengths. */
function sameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
