import { configError } from '../errors.ts';
import type { Row } from '../warehouse/warehouse.ts';
import { auditEntry } from './audit-entries.ts';
import type { WriteContext } from './context.ts';
import { type Changed, makeChange } from './make-change.ts';
import type { RowJournal, RowsChange } from './row-journal.ts';
import { restoreRow, rowText, type StoredRow, type StoredValue, storeRow } from './row-text.ts';

const CONFIG = 'REF_ADVERTISER_CONFIG';
/** Columns of an advertiser's row that every change writes: they do not say that somebody changed it meanwhile, and never go back. */
const KEPT: ReadonlySet<string> = new Set([
  'CONFIG_VERSION',
  'UPDATED_AT',
  'CREATED_AT',
  'CAMPAIGN_MAPPING_COUNT',
  'SEGMENT_COUNT',
  'WEB_PIXEL_URL_COUNT',
  'POI_URL_COUNT',
  'HAS_IMPRESSION_TRACKING',
  'HAS_STORE_VISIT_ATTRIBUTION',
  'HAS_WEB_VISIT_ATTRIBUTION',
  'LAST_IMPRESSION_AT',
  'LAST_STORE_VISIT_AT',
  'LAST_WEB_VISIT_AT',
]);

/**
 * Takes an entry of the audit log back: the rows that it wrote become what they were, as a change of its own that can be taken back too.
 * What somebody has changed since is left alone: `config` errors `undo_conflict`, and `undo_done` when it was taken back before.
 * A new advertiser's row stays, inactive.
 */
export async function undoChange(ctx: WriteContext, id: string): Promise<Changed<{ readonly undone: string }>> {
  const entry = await auditEntry(ctx, id);
  if (entry.undoneBy !== null) {
    throw configError('undo_done', 'This change was taken back already.', { hint: `Entry ${entry.undoneBy} did it.` });
  }
  const request = { action: 'change.undo', agencyId: entry.agencyId, advertiserIds: entry.advertiserIds, undoes: entry.id };
  return makeChange(ctx, request, async ({ journal }) => {
    // The last write first, as they were made one upon the other.
    for (const change of entry.changes.toReversed()) await takeBack(journal, change);
    return { undone: entry.id };
  });
}

async function takeBack(journal: RowJournal, change: RowsChange): Promise<void> {
  const { table, key, keys, before, after } = change;
  const now = (await journal.find(table, key, keys)).map(storeRow);
  if (!isUntouched(change, now)) {
    throw configError('undo_conflict', `What this change wrote to ${table} has been changed since.`, {
      hint: 'Take the later changes back first, newest first.',
    });
  }
  if (table === CONFIG && before.length === 0) {
    // The row of an advertiser that was made: it stays, since others may know the advertiser by now.
    await journal.update(table, key, keys[0] ?? [], { CONFIG_STATUS: 'INACTIVE', DELIVERY_ENABLED: false });
    return;
  }
  const [was, is] = [before[0], after[0]];
  if (was !== undefined && is !== undefined && before.length === 1 && after.length === 1) {
    const values = changedValues(table, was, is);
    if (Object.keys(values).length > 0) await journal.update(table, key, keys[0] ?? [], values);
    return;
  }
  if (after.length > 0) await journal.remove(table, key, keys);
  if (before.length > 0) await journal.insert(table, key, before.map(restoreRow));
}

/** Whether rows are as the change left them. Where it changed columns of one row, the others may be anybody's since. */
export function isUntouched({ table, before, after }: RowsChange, now: readonly StoredRow[]): boolean {
  const [was, is, found] = [before[0], after[0], now[0]];
  if (before.length !== 1 || after.length !== 1 || now.length !== 1) return alike(table, now, after);
  if (was === undefined || is === undefined || found === undefined) return false;
  return changedColumns(table, was, is).every((column) => same(found[column], is[column]));
}

/** Whether rows are as they were written. Of an advertiser's row only what people set counts. */
function alike(table: string, now: readonly StoredRow[], then: readonly StoredRow[]): boolean {
  const texts = (rows: readonly StoredRow[]): string => JSON.stringify(rows.map((row) => rowText(told(table, row))).toSorted());
  return texts(now) === texts(then);
}

/** Whether a column is one that every change writes by itself. */
export function isKept(table: string, column: string): boolean {
  return table === CONFIG && KEPT.has(column);
}

function told(table: string, row: StoredRow): StoredRow {
  return table === CONFIG ? Object.fromEntries(Object.entries(row).filter(([column]) => !KEPT.has(column))) : row;
}

function changedValues(table: string, was: StoredRow, is: StoredRow): Row {
  return restoreRow(Object.fromEntries(changedColumns(table, was, is).map((column) => [column, was[column] ?? null])));
}

function changedColumns(table: string, was: StoredRow, is: StoredRow): readonly string[] {
  return Object.keys(told(table, was)).filter((column) => !same(was[column], is[column]));
}

function same(left: StoredValue | undefined, right: StoredValue | undefined): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}
