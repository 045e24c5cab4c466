import type { SqlValue } from '../../src/lib/sql.ts';

/** Reading of single values as the reference's value traps demand. Written anew here, so that it can disagree with the product. */

type Value = SqlValue | undefined;

/** Without the six ASCII white space characters at both ends. */
export function asciiTrim(text: string): string {
  return text.replace(/^[ \t\n\v\f\r]+/, '').replace(/[ \t\n\v\f\r]+$/, '');
}

/** Trimmed text of an id or name; null is empty. */
export function textOf(value: Value): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return asciiTrim(String(value));
}

/** T4: NULL, '', '0', 'null', UNKNOWN. */
export function isBlank(value: Value): boolean {
  return ['', '0', 'null', 'unknown'].includes(textOf(value).toLowerCase());
}

/** Milliseconds since 1970 in UTC; null when unreadable. A date without a time is its midnight. */
export function timeOf(value: Value): number | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.getTime();
  if (typeof value !== 'string') return null;
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?))?(Z|[+-]\d{2}(?::?\d{2})?)?$/.exec(asciiTrim(value));
  if (match === null) return null;
  const [, date, time = '00:00:00', zone = 'Z'] = match;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
  const milliseconds = Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

/** The platform as an integer's digits: `6`, `06`, ` 6 ` and `6.0` are one. Null when it cannot be cast. */
export function platformOf(value: Value): string | null {
  const match = /^0*(\d+?)(?:\.0*)?$/.exec(textOf(value));
  return match?.[1] ?? null;
}
