import type { AuditLogRow } from '../shapes/config/audit.ts';
import type { RowsChange } from './row-journal.ts';
import type { StoredRow, StoredValue } from './row-text.ts';
import { isKept } from './undo-change.ts';

type ChangedRow = AuditLogRow['CHANGES'][number];
type Value = ChangedRow['COLUMNS'][number]['OLD'];

/** What changes wrote, row by row and column by column, for people to read. */
export function changedRows(changes: readonly RowsChange[]): readonly ChangedRow[] {
  return changes.flatMap((change) => {
    const after = byKey(change, change.after);
    const before = byKey(change, change.before);
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
      const [was, is] = [before.get(key) ?? [], after.get(key) ?? []];
      const pairs = Array.from({ length: Math.max(was.length, is.length) }, (_, index) => [was[index], is[index]] as const);
      return pairs.map(([old, now]) => changedRow(change, old, now)).filter(({ COLUMNS }) => COLUMNS.length > 0);
    });
  });
}

function byKey({ key }: RowsChange, rows: readonly StoredRow[]): Map<string, StoredRow[]> {
  return Map.groupBy(rows, (row) => JSON.stringify(key.map((column) => row[column] ?? null)));
}

function changedRow({ table, key }: RowsChange, was: StoredRow | undefined, is: StoredRow | undefined): ChangedRow {
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])];
  const told = was ?? is ?? {};
  return {
    TABLE: table,
    KEY: Object.fromEntries(key.map((column) => [column, keyText(told[column])])),
    KIND: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed',
    COLUMNS: names.flatMap((column) => {
      const [old, now] = [shown(was?.[column]), shown(is?.[column])];
      return old === now ? [] : [{ COLUMN: column, OLD: old, NEW: now, DERIVED: isKept(table, column) }];
    }),
  };
}

function keyText(value: StoredValue | undefined): string | null {
  const text = shown(value);
  return text === null ? null : String(text);
}

function shown(value: StoredValue | undefined): Value {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object') return value;
  return 'time' in value ? value.time : value.integer;
}
