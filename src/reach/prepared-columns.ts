import type { IdentifierKind } from '../identity/identifier-kind.ts';
import { raw, type Sql, sql } from '../lib/sql.ts';

/**
 * The columns of REACH_EXPOSURES that hold one kind of identifier. A valid identifier is in `value` and has no reason; what cannot be one
 * is told apart by `misfit`, with the reason. Both are null for a row without such a column.
 */
export interface PreparedColumns {
  readonly value: Sql;
  readonly misfit: Sql;
  readonly reason: Sql;
}

/** Devices are kept in the engine's own compact form and so need a second column for what is none; other kinds share one. */
const COLUMNS: Readonly<Record<IdentifierKind, { readonly value: string; readonly misfit: string; readonly reason: string }>> = {
  MAID: { value: 'DEVICE', misfit: 'DEVICE_MISFIT', reason: 'DEVICE_REASON' },
  IP: { value: 'IP', misfit: 'IP', reason: 'IP_REASON' },
  RAMPID: { value: 'RAMPID', misfit: 'RAMPID', reason: 'RAMPID_REASON' },
  UID2: { value: 'UID2', misfit: 'UID2', reason: 'UID2_REASON' },
  UUID2: { value: 'UUID2', misfit: 'UUID2', reason: 'UUID2_REASON' },
};

/** The columns of a kind behind an alias. */
export function preparedColumns(kind: IdentifierKind, alias: string): PreparedColumns {
  const { value, misfit, reason } = COLUMNS[kind];
  const column = (name: string): Sql => sql`${raw(`${alias}."${name}"`)}`;
  return { value: column(value), misfit: column(misfit), reason: column(reason) };
}

/** Their names, in the order value, misfit (where it is a column of its own), reason. */
export function preparedNames(kind: IdentifierKind): readonly string[] {
  const { value, misfit, reason } = COLUMNS[kind];
  return value === misfit ? [value, reason] : [value, misfit, reason];
}
