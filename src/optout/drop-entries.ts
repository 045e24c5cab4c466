import { join, raw, type Sql, type SqlValue, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import { DEVICE_LISTS } from './drop-lists.ts';

/**
 * The entries of the suppression list that came from DROP. Their value is DROP's hash, by which the list finds a device without anybody
 * knowing it, and their source names the list, since a request may be taken back from one list and stand on another.
 */

const SOURCE = 'California DROP';

/** What tells an entry of ours: source and hash. */
function entryKey(session: Session, table: BoundTable): Sql {
  const { dialect } = session;
  return sql`COALESCE(${dialect.text(table.column('SOURCE'))}, '') || ' ' || COALESCE(${dialect.text(table.column('IDENTIFIER_VALUE'))}, '')`;
}

/** Takes the entries of rows `(list, hash)` off, and gives how many those are; with `dryRun` only that. */
export async function removeRequests(session: Session, table: BoundTable, rows: Sql, dryRun: boolean): Promise<number> {
  const which = sql`${table.ref} WHERE ${entryKey(session, table)} IN (SELECT ${`${SOURCE} `} || list || ' ' || hash FROM ${rows})`;
  if (!dryRun) return session.execute(sql`DELETE FROM ${which}`);
  return count(session, sql`SELECT 1 AS one FROM ${which}`);
}

/** Puts the rows `(list, hash)` of each list on that are not there, and gives how many those are by list; with `dryRun` only that. */
export async function addRequests(
  session: Session,
  table: BoundTable,
  rows: Sql,
  since: Date,
  dryRun: boolean,
): Promise<ReadonlyMap<string, number>> {
  const added = new Map<string, number>();
  for (const list of DEVICE_LISTS) {
    const source = `${SOURCE} ${list}`;
    const missing = sql`FROM (SELECT DISTINCT hash FROM ${rows} WHERE list = ${list}) r
      WHERE ${`${source} `} || r.hash NOT IN (SELECT ${entryKey(session, table)} FROM ${table.ref})`;
    const cells: readonly (readonly [name: string, value: Sql | SqlValue])[] = [
      // A television's id of the shape of a device id is hashed as one.
      ['IDENTIFIER_TYPE', 'MAID'],
      ['IDENTIFIER_VALUE', raw('r.hash')],
      ['AGENCY_ID', '*'],
      ['REASON', 'asked to be deleted'],
      ['SINCE', since],
      ['SOURCE', source],
    ];
    const there = cells.filter(([name]) => table.has(name));
    const insert = sql`INSERT INTO ${table.ref} (${join(there.map(([name]) => table.column(name)))})
      SELECT ${join(there.map(([, value]) => sql`${value}`))} ${missing}`;
    added.set(list, dryRun ? await count(session, sql`SELECT 1 AS one ${missing}`) : await session.execute(insert));
  }
  return added;
}

async function count(session: Session, select: Sql): Promise<number> {
  const [row] = await session.all(sql`SELECT COUNT(*) AS row_count FROM (${select})`);
  return Number(row?.row_count ?? 0);
}
