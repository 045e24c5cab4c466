import { type Agencies, tidyAgencies } from './agencies.ts';
import { mayDo, ROLES, type Role } from './role.ts';

/** What an ID token says. */

export type Claims = Readonly<Record<string, unknown>>;

/** The claims of a token whose signature somebody else has verified; null when it is none. */
export function claimsOf(token: string | undefined): Claims | null {
  const part = token?.split('.')[1];
  if (part === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? { ...claims } : null;
  } catch {
    return null;
  }
}

/** Whether a token with several audiences, or issued to another party, is meant for this client. */
export function isForClient({ aud, azp }: Claims, clientId: string): boolean {
  if (azp !== undefined) return azp === clientId;
  return !Array.isArray(aud) || aud.length === 1;
}

/** The highest role that a claim names, or null. */
export function roleOf(claims: Claims, path: string): Role | null {
  const named = textsAt(claims, path);
  const roles = ROLES.filter((role) => named.some((text) => text.toLowerCase() === role));
  return roles.reduce<Role | null>((highest, role) => (highest === null || mayDo(role, highest) ? role : highest), null);
}

/** The agencies that a claim names; none when it is missing. */
export function agenciesOf(claims: Claims, path: string): Agencies {
  const named = textsAt(claims, path);
  return named.includes('all') ? 'all' : tidyAgencies(named);
}

/** Texts at a claim: a list, or one text with commas or spaces. The whole name comes before a way into the claim. */
function textsAt(claims: Claims, path: string): readonly string[] {
  const value = claims[path] ?? path.split('.').reduce<unknown>(inner, claims);
  if (Array.isArray(value)) return value.filter((item) => ['string', 'number'].includes(typeof item)).map(String);
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'string' ? value.split(/[\s,]+/).filter((text) => text !== '') : [];
}

function inner(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Claims)[name] : undefined;
}
