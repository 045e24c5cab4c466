import type { Settings } from '../config/settings.ts';
import { configError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../lib/clock.ts';
import { join, type Sql, sql } from '../lib/sql.ts';
import { idSql, isIdSql } from '../reach/text-sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { NameIndex } from './advertisers/name-index.ts';

/** The agencies whose data somebody may see; an empty list sees nothing. */
export type AgencyScope = 'all' | readonly string[];

/** What reading configuration and mappings needs. */
export interface AdminContext {
  readonly session: Session;
  readonly catalogue: Catalogue;
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly clock: Clock;
  /** Who is called what; the same for all requests of a server. */
  readonly names: NameIndex;
  /** Whose data may be seen. Every query of this room is narrowed by `inScope`. */
  readonly scope: AgencyScope;
  readonly signal: AbortSignal;
}

/** What changing them needs besides. */
export interface WriteContext extends AdminContext {
  readonly actor: { readonly name: string; readonly role: string; readonly reason: string | null };
  /** Names the request in the log. */
  readonly requestId: string;
  /** The same for all writers of one warehouse: changes are made one after the other. */
  readonly turn: object;
}

/** A condition that leaves rows of these agencies alone. */
export function inScope({ session: { dialect }, scope }: AdminContext, table: BoundTable, column = 'AGENCY_ID'): Sql {
  if (scope === 'all') return sql`TRUE`;
  const [only] = scope;
  if (only === undefined) return sql`FALSE`;
  if (scope.length === 1) return isIdSql(dialect, table.column(column), only);
  return sql`${idSql(dialect, table.column(column))} IN (${join(scope.map((id) => sql`${id}`))})`;
}

/** Whether the agency's data may be seen. */
export function isInScope(scope: AgencyScope, agencyId: string): boolean {
  return scope === 'all' || scope.includes(agencyId);
}

/** Refuses what concerns an agency that is not theirs: a `config` error `agency_forbidden`. */
export function requireAgency(scope: AgencyScope, agencyId: string): void {
  if (isInScope(scope, agencyId)) return;
  throw configError('agency_forbidden', 'This is not one of your agencies.', { hint: 'Name one of them as agency_id.' });
}
