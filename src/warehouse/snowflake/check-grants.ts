import { AquariusError } from '../../errors.ts';
import { sql } from '../../lib/sql.ts';
import type { Row, Session } from '../warehouse.ts';
import type { Grant } from './grants.ts';
import { quotedName, splitName } from './names.ts';

/** What a role has been granted, itself or by the roles that it has in turn. */
export interface HeldGrant {
  readonly privilege: string;
  readonly on: string;
  readonly name: readonly string[];
}

/** More would be a circle, or nobody's idea of a role. */
const MOST_ROLES = 200;

const EVERY_PRIVILEGE: readonly string[] = ['OWNERSHIP', 'ALL', 'ALL PRIVILEGES'];

/** Tables by whatever they are made of. */
const TABLE_KINDS: readonly string[] = [
  'TABLE',
  'VIEW',
  'MATERIALIZED_VIEW',
  'EXTERNAL_TABLE',
  'ICEBERG_TABLE',
  'DYNAMIC_TABLE',
  'HYBRID_TABLE',
  'EVENT_TABLE',
];

/** Reads the grants of some roles, and of all roles that were granted to them; a statement for each. */
export async function readHeldGrants(
  session: Session,
  roles: readonly string[],
  signal?: AbortSignal,
): Promise<readonly HeldGrant[]> {
  const held: HeldGrant[] = [];
  const waiting = roles.map((role) => ({ kind: 'ROLE', name: [role] as readonly string[] }));
  const seen = new Set(waiting.map((role) => JSON.stringify(role)));
  for (let at = 0; at < waiting.length && at < MOST_ROLES; at += 1) {
    const { kind, name } = waiting[at] as (typeof waiting)[number];
    const target = kind === 'ROLE' ? sql`ROLE` : sql`DATABASE ROLE`;
    const shown = session.all(sql`SHOW GRANTS TO ${target} ${quotedName(name)}`, signal === undefined ? {} : { signal });
    // Of a role that one has through others it may not be shown what it was granted.
    const rows = await (at === 0 ? shown : shown.catch(noneIfRefused));
    for (const grant of rows.map(heldGrant)) {
      held.push(grant);
      const isRole = grant.on === 'ROLE' || grant.on === 'DATABASE_ROLE';
      if (!isRole || grant.privilege !== 'USAGE') continue;
      const role = { kind: grant.on === 'ROLE' ? 'ROLE' : 'DATABASE_ROLE', name: grant.name };
      const key = JSON.stringify(role);
      if (seen.has(key)) continue;
      seen.add(key);
      waiting.push(role);
    }
  }
  return held;
}

/** Those of the needed that no held one gives. A name that was granted in another case is taken for the same. */
export function missingGrants(needed: readonly Grant[], held: readonly HeldGrant[]): readonly Grant[] {
  const given = new Set(held.map(({ privilege, on, name }) => keyOf(privilege, kindOf(on), name)));
  const imported = new Set(
    held.filter(({ privilege }) => privilege === 'IMPORTED PRIVILEGES').map(({ name }) => (name[0] ?? '').toUpperCase()),
  );
  return needed.filter(({ privilege, on, name }) => {
    if ([privilege, ...EVERY_PRIVILEGE].some((one) => given.has(keyOf(one, kindOf(on), name)))) return false;
    // A shared database is granted as a whole, to be read.
    const isReading = privilege === 'USAGE' || privilege === 'SELECT';
    return !(isReading && ['DATABASE', 'SCHEMA', 'TABLE'].includes(on) && imported.has((name[0] ?? '').toUpperCase()));
  });
}

function noneIfRefused(error: unknown): readonly Row[] {
  if (error instanceof AquariusError && error.kind === 'config') return [];
  throw error;
}

function heldGrant(row: Row): HeldGrant {
  return {
    privilege: String(row.privilege).toUpperCase(),
    on: String(row.granted_on).toUpperCase().replaceAll(' ', '_'),
    name: splitName(String(row.name)),
  };
}

const kindOf = (on: string): string => (TABLE_KINDS.includes(on) ? 'TABLE' : on);

function keyOf(privilege: string, kind: string, name: readonly string[]): string {
  return JSON.stringify([privilege, kind, name.map((part) => part.toUpperCase())]);
}
