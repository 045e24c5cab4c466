import type { Column } from 'snowflake-sdk';
import type { SqlValue } from '../../lib/sql.ts';

/** What the SDK hands over as text: it would read long numbers as floating-point ones, and JSON with `eval`. */
export const AS_TEXT = ['Number', 'JSON', 'OBJECT', 'ARRAY', 'MAP'];

/** Digits that fit into 32 bits: such numbers come as `number` from every warehouse, larger types as `bigint`. */
const SMALL_DIGITS = 9;

/** Turns a column's values, as the SDK gives them, into those of a row. */
export function readerOf(column: Column): (value: unknown) => SqlValue {
  const type = column.getType().toUpperCase();
  const whole = type === 'FIXED' && !(column.getScale() > 0);
  if (whole && column.getPrecision() > 0 && column.getPrecision() <= SMALL_DIGITS) return orNull(Number);
  if (whole) return orNull((value) => BigInt(value as string));
  if (type === 'FIXED' || type === 'REAL') return orNull(floatOf);
  // The SDK's dates have a time zone and a format of their own.
  if (type === 'DATE' || type.startsWith('TIMESTAMP')) return orNull((value) => new Date((value as Date).getTime()));
  if (type === 'BOOLEAN' || type === 'TEXT' || column.isVariant() || column.isObject() || column.isArray() || column.isMap())
    return orNull((value) => value as string | boolean);
  const name = column.getName();
  return orNull(() => {
    throw new Error(`Column ${name} has a type without a plain value; cast it in the statement.`);
  });
}

function orNull(read: (value: unknown) => SqlValue): (value: unknown) => SqlValue {
  return (value) => (value === null || value === undefined ? null : read(value));
}

function floatOf(value: unknown): number {
  const text = String(value).toLowerCase();
  if (text === 'inf' || text === '-inf') return text === 'inf' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return Number(value);
}
