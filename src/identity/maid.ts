import type { Canonical } from './canonical.ts';
import { SPACE } from './text-pattern.ts';

/** Characters that never make another device: hyphens, braces, white space. They begin a class, where the hyphen stands for itself. */
export const MAID_SEPARATORS = `-{}${SPACE}`;

/** 32 hexadecimal digits with separators anywhere. */
export const MAID_PATTERN = `[${MAID_SEPARATORS}]*([0-9a-fA-F][${MAID_SEPARATORS}]*){32}`;

/** Fillers that look like ids begin so, without hyphens. */
export const FILLER_PREFIX = '12345678123412341234';

/**
 * MD5, SHA-1 and SHA-256 of nothing, of the zero id and of the zero id without hyphens: a device that refused tracking has still
 * refused after somebody hashed it. The MD5 ones have the shape of an id.
 */
export const ZERO_ID_DIGESTS: readonly string[] = [
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '9f89c84a559f573636a47ff8daed0d33',
  'b602d594afd2b0b327e07a06f36ca6a7e42546d0',
  '12b9377cbe7e5c94e8a70d9d23929523d14afa954793130f8a3959c7b849aca8',
  'cd9e459ea708a948d5c2f5a6ca8838cf',
  '91d3d1f86024e49f0e35314258b357a8944068a1',
  '84e0c0eafaa95a34c293f278ac52e45ce537bab5e752a00e6959a13ae103b65a',
];

const SEPARATORS = new RegExp(`[${MAID_SEPARATORS}]`, 'g');
const SYNTHETIC = new RegExp(`^[${SPACE}]*sys-`, 'i');
const HEX_32 = /^[0-9a-f]{32}$/;
const ONE_DIGIT = /^(.)\1{31}$/;
const GROUPS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** A mobile advertising id as lower-case 8-4-4-4-12, from any spelling. */
export function canonicalMaid(raw: string): Canonical {
  if (SYNTHETIC.test(raw)) return { reason: 'SYNTHETIC' };
  const digits = raw.replace(SEPARATORS, '').toLowerCase();
  if (ZERO_ID_DIGESTS.includes(digits)) return { reason: 'ZERO_ID' };
  if (!HEX_32.test(digits)) return { reason: 'MALFORMED' };
  if (ONE_DIGIT.test(digits) || digits.startsWith(FILLER_PREFIX)) return { reason: 'ZERO_ID' };
  return { value: digits.replace(GROUPS, '$1-$2-$3-$4-$5') };
}

/** The spellings of a canonical device id that occur in the field, and so may have been hashed. */
export function maidSpellings(canonical: string): readonly string[] {
  const digits = canonical.replaceAll('-', '');
  return [canonical, canonical.toUpperCase(), digits, digits.toUpperCase()];
}
