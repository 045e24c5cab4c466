import type { Bind } from 'snowflake-sdk';
import type { Placeholder, SqlValue } from '../../lib/sql.ts';

/**
 * The marker of a bound value. The SDK knows texts, booleans and numbers of JavaScript, so whole numbers and times go as text and are cast: the
 * type of an expression then never depends on how many digits a number has. A null is written as such: bound, it would be a text, which is
 * not of one type with a number or a time.
 */
export const bindMarker: Placeholder = (_n, value) => {
  if (value === null) return 'NULL';
  if (typeof value === 'string' || typeof value === 'boolean') return '?';
  if (value instanceof Date) return 'CAST(? AS TIMESTAMP_NTZ)';
  return typeof value === 'bigint' || Number.isSafeInteger(value) ? 'CAST(? AS NUMBER(38, 0))' : 'CAST(? AS FLOAT)';
};

/** What the SDK is given for the markers, in their order. */
export function bindsOf(values: readonly SqlValue[]): Bind[] {
  return values.filter((value) => value !== null).map(bindOf);
}

function bindOf(value: Exclude<SqlValue, null>): Bind {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new Error('An invalid date was given to a statement.');
    return value.toISOString().replace('T', ' ').replace('Z', '');
  }
  return String(value);
}
