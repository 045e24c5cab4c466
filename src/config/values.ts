import type { Problem } from '../errors.ts';

/** Tolerant reading of the config table's values, whatever type the site's columns have. */

/** Trimmed text; empty for null. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return (value instanceof Date ? value.toISOString() : String(value)).trim();
}

/** An id as text. Numbers that went through a float column on their way (`42.0`) are the id that they were before (`42`). */
export function idText(value: unknown): string {
  return textOf(value).replace(/^(\d+)\.0+$/, '$1');
}

/** An id that is none: blank, `0`, `null`, `UNKNOWN`. */
export function isNoId(id: string): boolean {
  return /^(0|null|unknown)?$/i.test(id);
}

/** The mistake of a column whose id is none. */
export function noId(column: string): Problem {
  return { path: column, message: 'is not an id', hint: 'Blank, 0, null and UNKNOWN stand for none.' };
}

/** A boolean that may be text: null when blank, undefined when unreadable. */
export function booleanOf(value: unknown): boolean | null | undefined {
  switch (textOf(value).toUpperCase()) {
    case 'TRUE':
    case '1':
    case 'Y':
      return true;
    case 'FALSE':
    case '0':
    case 'N':
      return false;
    case '':
    case 'NULL':
      return null;
    default:
      return undefined;
  }
}

/** A whole number that may be text: null when blank, undefined when unreadable. */
export function integerOf(value: unknown): number | null | undefined {
  const text = idText(value);
  if (text === '' || /^null$/i.test(text)) return null;
  const number = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;
  return number;
}

/** JSON whose numbers keep their digits: whatever a double cannot hold exactly as written comes as text. */
export function parseJson(text: string): unknown {
  // Looking at each value takes many times as long; numbers that need it have a point, an exponent or sixteen digits.
  if (!/\d[.eE]|\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(text, ((_key: string, value: unknown, context: { readonly source: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? context.source : value) as (
    key: string,
    value: unknown,
  ) => unknown);
}
