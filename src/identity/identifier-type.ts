/**
 * Identifier types as the field names them. `MAID` is a mobile advertising id whose platform is not known;
 * `UUID2` is the Xandr user id (unsigned 64 bit, kept as text), `UID2` is Unified ID 2.0. See docs/identifiers.md.
 */
export const IDENTIFIER_TYPES = ['IDFA', 'GAID', 'MAID', 'IP', 'RAMPID', 'UID2', 'UUID2'] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

/**
 * Why a row's identifier is not delivered, in the order in which the rules are tried: the first that applies is the one counted.
 */
export const DROP_REASONS = [
  'BLANK',
  'SYNTHETIC',
  'ZERO_ID',
  'MALFORMED',
  'NON_PUBLIC_IP',
  'IPV6',
  'IP_NOT_ALLOWED',
  'FUTURE',
  'UNKNOWN_TYPE',
  'TYPE_NOT_WANTED',
  'VISITED',
  'CONSENT',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];
