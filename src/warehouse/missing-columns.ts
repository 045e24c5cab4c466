import type { BoundTable } from './bound-table.ts';

/** The columns that a table must have and does not. */
export function missingColumns(table: BoundTable): readonly string[] {
  return table.spec.columns.filter(({ name, required }) => required === true && !table.has(name)).map(({ name }) => name);
}

/** Whether a table is there with every column that it must have. */
export function isComplete(table: BoundTable): boolean {
  return table.exists && missingColumns(table).length === 0;
}
