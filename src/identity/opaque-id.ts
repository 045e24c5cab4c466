import type { Canonical } from './canonical.ts';
import { SPACE, trimSpace, wholeText } from './text-pattern.ts';

/** Ids whose inside is nobody's business but the issuer's: only their outside is checked, and their letter case is kept. */

/**
 * Printable ASCII without what could break a partner's file or betray an unfilled macro: quotes, delimiters, backslash, brackets,
 * `$` and `%`.
 */
export const RAMPID_PATTERN = `[!#&()*+./0-9:=?@A-Z^_a-z~-]+`;

/** 44 base64 characters: 32 bytes and their padding, or the 33 bytes of newer raw ids. */
export const UID2_PATTERN = '[A-Za-z0-9+/]{43}[A-Za-z0-9+/=]';

/** A positive decimal number of up to 20 digits; zeros before it change nothing. */
export const UUID2_PATTERN = `[${SPACE}]*0*[1-9][0-9]{0,19}[${SPACE}]*`;

/** The largest unsigned 64-bit number. */
export const UUID2_MAX = '18446744073709551615';

const RAMPID = wholeText(RAMPID_PATTERN);
const UID2 = wholeText(UID2_PATTERN);
const UUID2 = wholeText(UUID2_PATTERN);

/** A RampID as the source wrote it. */
export function canonicalRampId(raw: string): Canonical {
  const text = trimSpace(raw);
  return RAMPID.test(text) ? { value: text } : { reason: 'MALFORMED' };
}

/** A raw UID2, not a token. */
export function canonicalUid2(raw: string): Canonical {
  const text = trimSpace(raw);
  return UID2.test(text) ? { value: text } : { reason: 'MALFORMED' };
}

/** A Xandr user id as decimal text, 1 to 2^64−1. */
export function canonicalUuid2(raw: string): Canonical {
  if (!UUID2.test(raw)) return { reason: 'MALFORMED' };
  const number = BigInt(trimSpace(raw));
  return number <= BigInt(UUID2_MAX) ? { value: number.toString() } : { reason: 'MALFORMED' };
}
