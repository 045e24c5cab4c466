import { createHash } from 'node:crypto';
import { canonicalise } from './canonicalise.ts';
import { DEVICE_TYPE_WORDS } from './device-type.ts';
import { IDENTIFIER_KINDS, type IdentifierKind, kindOf } from './identifier-kind.ts';
import type { IdentifierType } from './identifier-type.ts';
import { maidSpellings } from './maid.ts';
import { SPACE, trimSpace, wholeText, wordsPattern } from './text-pattern.ts';

/** What an opt-out covers: a device is one device whether it came as IDFA, GAID or MAID. */
type SuppressionClass = 'DEVICE' | Exclude<IdentifierKind, 'MAID'>;

/**
 * What a suppressed identifier is found by: its canonical text, or a lower-case hexadecimal SHA-256 of one of its spellings. A hash
 * whose entry has no known type may be of any class.
 */
type SuppressionKey =
  | { readonly class: SuppressionClass; readonly form: 'plain'; readonly key: string }
  | { readonly class: SuppressionClass | 'ANY'; readonly form: 'sha256'; readonly key: string };

/** Words by which suppression lists name an entry's type. Any other word, or none, leaves the type open. */
export const SUPPRESSION_WORD_PATTERNS: Readonly<Record<IdentifierKind, string>> = {
  MAID: wordsPattern(['maid', ...DEVICE_TYPE_WORDS.IDFA, ...DEVICE_TYPE_WORDS.GAID]),
  IP: wordsPattern(['ip']),
  RAMPID: wordsPattern(['rampid']),
  UID2: wordsPattern(['uid2']),
  UUID2: wordsPattern(['uuid2']),
};

/** SHA-256 as hexadecimal. */
export const SHA256_HEX_PATTERN = `[${SPACE}]*[0-9a-fA-F]{64}[${SPACE}]*`;

/** SHA-256 as base64 or base64url, padded or not. The last character holds four bits only. */
export const SHA256_BASE64_PATTERN = `[${SPACE}]*[A-Za-z0-9+/_-]{42}[AEIMQUYcgkosw048]=?[${SPACE}]*`;

const SHA256_HEX = wholeText(SHA256_HEX_PATTERN);
const SHA256_BASE64 = wholeText(SHA256_BASE64_PATTERN);
const words = IDENTIFIER_KINDS.map((kind) => ({ kind, word: wholeText(SUPPRESSION_WORD_PATTERNS[kind]) }));

/** The class that suppresses identifiers of this kind. */
export function suppressionClass(kind: IdentifierKind): SuppressionClass {
  return kind === 'MAID' ? 'DEVICE' : kind;
}

/**
 * The keys of one entry of a suppression list. None: the entry can suppress nothing, and its owner should be told. Several: a text
 * of 44 base64 characters may be a UID2 or a hash, and an entry without a known type may be an identifier of several; it
 * suppresses whatever it can be, for an opt-out is not to be missed.
 */
export function suppressionKeys(type: string | null, value: string | null): readonly SuppressionKey[] {
  const named = words.find(({ word }) => type !== null && word.test(type))?.kind;
  const kinds = named === undefined ? IDENTIFIER_KINDS : [named];
  const plain = kinds.flatMap((kind): SuppressionKey[] => {
    const canonical = canonicalise(kind, value);
    return 'value' in canonical ? [{ class: suppressionClass(kind), form: 'plain', key: canonical.value }] : [];
  });
  const hash = value === null ? null : sha256Key(trimSpace(value));
  if (hash === null) return plain;
  return [...plain, { class: named === undefined ? 'ANY' : suppressionClass(named), form: 'sha256', key: hash }];
}

function sha256Key(text: string): string | null {
  if (SHA256_HEX.test(text)) return text.toLowerCase();
  return SHA256_BASE64.test(text) ? Buffer.from(text, 'base64').toString('hex') : null;
}

/**
 * Every SHA-256 that an opt-out may hold for this identifier, lower-case hexadecimal: of a device in upper and lower case, with and
 * without hyphens (California's DROP hashes lower case without), of anything else as it is.
 */
export function suppressionHashes(type: IdentifierType, canonical: string): readonly string[] {
  const spellings = kindOf(type) === 'MAID' ? maidSpellings(canonical) : [canonical];
  return spellings.map((text) => createHash('sha256').update(text).digest('hex'));
}
