import type { IdentifierType } from './identifier-type.ts';

/**
 * What a source column holds, and with it the rules for its text. A column of mobile advertising ids is `MAID` whatever the platform
 * of each row: IDFA and GAID are decided by the row's device type, not by the id.
 */
export const IDENTIFIER_KINDS = ['MAID', 'IP', 'RAMPID', 'UID2', 'UUID2'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** The kind whose rules an identifier of this type follows. */
export function kindOf(type: IdentifierType): IdentifierKind {
  return type === 'IDFA' || type === 'GAID' ? 'MAID' : type;
}
