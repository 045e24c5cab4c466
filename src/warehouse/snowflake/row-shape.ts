import type { Column } from 'snowflake-sdk';
import type { SqlValue } from '../../lib/sql.ts';
import type { Row } from '../warehouse.ts';
import { readerOf } from './values.ts';

/** Makes a row of a result from its values in the order of its columns. */
export type RowShape = (values: readonly unknown[]) => Row;

/**
 * Snowflake writes the labels that a statement does not quote in capitals, as physical names mostly are, while a statement that says
 * `AS row_count` is read as `row.row_count`. So a row has Snowflake's names, and its prototype answers to the same in lower case:
 * whoever lists a row's columns sees each of them once.
 */
export function rowShape(columns: readonly Column[]): RowShape {
  const fields = columns.map((column) => ({ name: column.getName(), read: readerOf(column) }));
  const names = new Set(fields.map(({ name }) => name));
  const prototype: object = {};
  for (const name of names) {
    const lower = name.toLowerCase();
    if (name !== name.toUpperCase() || names.has(lower) || lower in prototype) continue;
    Object.defineProperty(prototype, lower, {
      get(this: Row) {
        return this[name];
      },
    });
  }
  return (values) => {
    const row: Record<string, SqlValue> = Object.create(prototype);
    for (let index = 0; index < fields.length; index += 1) {
      const { name, read } = fields[index] as (typeof fields)[number];
      row[name] = read(values[index]);
    }
    return row;
  };
}
