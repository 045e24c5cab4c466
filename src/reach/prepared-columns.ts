import type { IdentifierKind } from '../identity/identifier-kind.ts';
import type { DropReason } from '../identity/identifier-type.ts';
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

/** Reasons by their numbers in the table, which are never given to others. */
export const REASONS: readonly (readonly [number, DropReason])[] = [
  [1, 'BLANK'],
  [2, 'SYNTHETIC'],
  [3, 'ZERO_ID'],
  [4, 'MALFORMED'],
  [5, 'NON_PUBLIC_IP'],
];

/** A reason as its number. */
export function reasonCode(reason: DropReason): Sql {
  const [code] = REASONS.find(([, word]) => word === reason) ?? [];
  if (code === undefined) throw new Error(`${reason} has no number in REACH_EXPOSURES.`);
  return raw(String(code));
}

/** Platforms by their numbers in the table. */
export const DEVICE_TYPE_CODES = { IDFA: raw('1'), GAID: raw('2') } as const;
