import type { ContextField, HashName, IdentifierValue, TimeFormat } from '../../format/layout.ts';
import { kindOf } from '../../identity/identifier-kind.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from '../../identity/identifier-type.ts';
import { didYouMean } from '../../lib/did-you-mean.ts';

/**
 * What a column of a partner's file holds, as people write it: `identifier:upper`, `identifier[IP]`, `sha256(identifier:lower)`, `type`,
 * `lastSeen:iso`, `constant:US`. docs/destinations/partner-file.md has the whole vocabulary.
 */
export type Expression =
  | IdentifierValue
  | { readonly kind: 'type' | 'segmentId' | 'segmentName' | 'action' }
  | { readonly kind: 'lastSeen' | 'expiresAt'; readonly format: TimeFormat }
  | { readonly kind: 'context'; readonly field: ContextField }
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string };

/** Why a text is no expression. Never holds the text, which may have got there by mistake. */
export interface NoExpression {
  readonly problem: string;
}

const HASHES: readonly HashName[] = ['md5', 'sha1', 'sha256'];
const CONTEXT_FIELDS: readonly ContextField[] = ['agencyId', 'advertiserId', 'destination', 'slot', 'runId'];
const PLAIN = ['type', 'segmentId', 'segmentName', 'action'] as const;
const TIMES = ['lastSeen', 'expiresAt'] as const;
const TIME_FORMATS: Readonly<Record<string, TimeFormat>> = { iso: 'iso-seconds', unix: 'unix-seconds' };
const WORDS = ['identifier', ...PLAIN, ...TIMES, ...CONTEXT_FIELDS, 'constant', 'field'];
const MODIFIERS = ['upper', 'lower', 'compact'] as const;

const HASHED = /^([A-Za-z0-9]+)\((.*)\)$/;
const WORD = /^([A-Za-z0-9_-]+)(?:\[([^\]]*)\])?(?::(.*))?$/s;

const isOneOf = <T extends string>(words: readonly T[], word: string): word is T => (words as readonly string[]).includes(word);

function unknown(what: string, word: string, known: readonly string[]): NoExpression {
  const hint = didYouMean(word, known);
  return { problem: hint === undefined ? what : `${what}. ${hint.replace(/\.$/, '')}` };
}

/** Reads an expression, or says what is wrong with it. */
export function parseExpression(text: string): Expression | NoExpression {
  const [, hash, inner = ''] = HASHED.exec(text) ?? [];
  if (hash !== undefined) return parseHashed(hash, inner);
  const [, word, types, argument] = WORD.exec(text) ?? [];
  if (word === undefined) return { problem: 'is no column value' };
  if (word === 'identifier') return parseIdentifier(types, argument);
  if (types !== undefined) return { problem: 'only identifier takes types in brackets' };
  if (word === 'constant') return { kind: 'constant', text: argument ?? '' };
  if (word === 'field') return argument ? { kind: 'field', name: argument } : { problem: 'must name a field, as in field:dpid' };
  if (isOneOf(TIMES, word)) return parseTime(word, argument);
  if (!isOneOf(PLAIN, word) && !isOneOf(CONTEXT_FIELDS, word)) {
    return isOneOf(HASHES, word)
      ? { problem: `must be written as ${word}(identifier:lower)` }
      : unknown('is no column value', word, [...WORDS, ...HASHES]);
  }
  if (argument !== undefined) return { problem: `${word} takes nothing after a colon` };
  return isOneOf(PLAIN, word) ? { kind: word } : { kind: 'context', field: word };
}

function parseTime(kind: (typeof TIMES)[number], argument = 'iso'): Expression | NoExpression {
  const format = Object.hasOwn(TIME_FORMATS, argument) ? TIME_FORMATS[argument] : undefined;
  return format === undefined ? { problem: `${kind} is written as ${kind}:iso or ${kind}:unix` } : { kind, format };
}

function parseIdentifier(types: string | undefined, argument: string | undefined): IdentifierValue | NoExpression {
  const only: IdentifierType[] = [];
  for (const name of types?.split(',').map((type) => type.trim()) ?? []) {
    if (!isOneOf(IDENTIFIER_TYPES, name)) return unknown('names an unknown identifier type', name, IDENTIFIER_TYPES);
    only.push(name);
  }
  const modifiers = argument?.split(':') ?? [];
  for (const modifier of modifiers) {
    if (!isOneOf(MODIFIERS, modifier)) return unknown('identifier takes upper, lower and compact', modifier, MODIFIERS);
  }
  if (modifiers.includes('upper') && modifiers.includes('lower')) return { problem: 'takes either upper or lower' };
  const letterCase = modifiers.includes('upper') ? 'upper' : modifiers.includes('lower') ? 'lower' : undefined;
  return {
    kind: 'identifier',
    ...(types === undefined ? {} : { only }),
    ...(letterCase === undefined ? {} : { letterCase }),
    ...(modifiers.includes('compact') ? { hyphens: false } : {}),
  };
}

/** The hash of a device id depends on its letter case, so that must be said. */
function parseHashed(hash: string, inner: string): IdentifierValue | NoExpression {
  if (!isOneOf(HASHES, hash)) return unknown('names an unknown hash', hash, HASHES);
  const parsed = parseExpression(inner);
  if ('problem' in parsed) return parsed;
  if (parsed.kind !== 'identifier' || parsed.hash !== undefined) return { problem: `${hash} takes an identifier` };
  const hasDevices = (parsed.only ?? IDENTIFIER_TYPES).some((type) => kindOf(type) === 'MAID');
  if (hasDevices && parsed.letterCase === undefined)
    return { problem: `must state the letter case that is hashed: ${hash}(identifier:lower) or ${hash}(identifier:upper)` };
  return { ...parsed, hash };
}
