import type { SqlValue } from '../lib/sql.ts';
import type { Row } from '../warehouse/warehouse.ts';

/** Rows as JSON keeps them, so that the same values can be written back: times and large integers say what they are. */

export type StoredValue = string | number | boolean | null | { readonly time: string } | { readonly integer: string };
export type StoredRow = Readonly<Record<string, StoredValue>>;

export function storeRow(row: Row): StoredRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, store(value)]));
}

export function restoreRow(row: StoredRow): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, restore(value)]));
}

/** A text that two rows share when all their values are the same. */
export function rowText(row: StoredRow): string {
  return JSON.stringify(Object.entries(row).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function store(value: SqlValue): StoredValue {
  if (value instanceof Date) return { time: value.toISOString() };
  return typeof value === 'bigint' ? { integer: String(value) } : value;
}

function restore(value: StoredValue): SqlValue {
  if (typeof value !== 'object' || value === null) return value;
  return 'time' in value ? new Date(value.time) : BigInt(value.integer);
}
