import type { ConfigAuditEntry } from './audit-entries.ts';
import type { AdminContext } from './context.ts';
import { openJournal, type RowsChange } from './row-journal.ts';
import { storeRow } from './row-text.ts';
import { isUntouched } from './undo-change.ts';

/** Why an entry of the audit log cannot be taken back now, in words; null when it can. */
export async function undoObstacle({ session, catalogue }: AdminContext, entry: ConfigAuditEntry): Promise<string | null> {
  if (entry.undoneBy !== null) return `It was taken back by entry ${entry.undoneBy}.`;
  const journal = openJournal(session, catalogue);
  for (const [index, change] of entry.changes.entries()) {
    const table = catalogue.table(change.table);
    if (!table.exists) return `There is no ${change.table} any more.`;
    if (table.readOnly) return `${change.table} is read from files and cannot be changed here.`;
    // What the entry itself has written over is not there to be seen.
    if (entry.changes.slice(index + 1).some((later) => sharesRows(change, later))) continue;
    const now = (await journal.find(change.table, change.key, change.keys)).map(storeRow);
    if (!isUntouched(change, now)) return `What it wrote to ${change.table} has been changed since.`;
  }
  return null;
}

function sharesRows(one: RowsChange, other: RowsChange): boolean {
  if (one.table !== other.table) return false;
  const keys = new Set(one.keys.map((key) => JSON.stringify(key)));
  return JSON.stringify(one.key) !== JSON.stringify(other.key) || other.keys.some((key) => keys.has(JSON.stringify(key)));
}
