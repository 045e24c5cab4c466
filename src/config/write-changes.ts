import { ident, join, raw, type SqlValue, sql } from '../lib/sql.ts';
import type { BoundTable } from '../warehouse/catalogue.ts';
import type { Session } from '../warehouse/warehouse.ts';
import type { ConfigKey } from './config-fields.ts';
import type { PreparedChange } from './prepare-change.ts';

export interface KeyedChange {
  readonly key: ConfigKey;
  readonly change: PreparedChange;
}

/** Rows written by one statement: a few thousand bound values, which every warehouse takes. */
const ROWS_AT_ONCE = 100;

/** Writes prepared changes: new rows are put in, others get their new values; versions are raised and times stamped. */
export async function writeChanges(
  session: Session,
  table: BoundTable,
  changes: readonly KeyedChange[],
  now: Date,
): Promise<void> {
  const writes = changes.map((keyed) => ({ before: keyed.change.before, values: valuesOf(table, keyed, now) }));
  // Rows that write the same columns share a statement.
  const alike = Map.groupBy(writes, ({ before, values }) => JSON.stringify([before === null, values.map(([column]) => column)]));
  for (const group of alike.values()) {
    for (let start = 0; start < group.length; start += ROWS_AT_ONCE) {
      const rows = group.slice(start, start + ROWS_AT_ONCE);
      if (group[0]?.before === null) await insert(session, table, rows);
      else await update(session, table, rows);
    }
  }
}

interface Write {
  readonly before: PreparedChange['before'];
  readonly values: readonly (readonly [string, SqlValue])[];
}

function valuesOf(
  table: BoundTable,
  { key, change: { before, writes } }: KeyedChange,
  now: Date,
): readonly (readonly [string, SqlValue])[] {
  const values = new Map<string, SqlValue>(writes);
  values.set('CONFIG_VERSION', (before?.configVersion ?? 0) + 1);
  values.set('UPDATED_AT', now);
  if (before === null) {
    values.set('AGENCY_ID', key.agencyId);
    values.set('ADVERTISER_ID', key.advertiserId);
    values.set('CREATED_AT', now);
  }
  return [...values].filter(([column]) => table.has(column)).sort(([left], [right]) => (left < right ? -1 : 1));
}

async function insert(session: Session, table: BoundTable, rows: readonly Write[]): Promise<void> {
  const columns = (rows[0]?.values ?? []).map(([column]) => table.column(column));
  const tuples = rows.map(({ values }) => sql`(${join(values.map(([, value]) => sql`${value}`))})`);
  await session.execute(sql`INSERT INTO ${table.ref} (${join(columns)}) VALUES ${join(tuples)}`);
}

async function update(session: Session, table: BoundTable, rows: readonly Write[]): Promise<void> {
  const columns = (rows[0]?.values ?? []).map(([column]) => table.column(column));
  const names = columns.map((_column, index) => `new_${index}`);
  const tuples = rows.map(({ before, values }) => {
    // The key is compared as it is stored, since its type and spelling are the site's.
    const key = [before?.row.AGENCY_ID ?? null, before?.row.ADVERTISER_ID ?? null];
    return sql`(${join([...key, ...values.map(([, value]) => value)].map((value) => sql`${value}`))})`;
  });
  const sets = columns.map((column, index) => sql`${column} = ${raw(`n."new_${index}"`)}`);
  const labels = join(['key_agency', 'key_advertiser', ...names].map((name) => ident(name)));
  await session.execute(sql`UPDATE ${table.ref} SET ${join(sets)} FROM (VALUES ${join(tuples)}) AS n (${labels})
    WHERE ${table.column('AGENCY_ID')} = n."key_agency" AND ${table.column('ADVERTISER_ID')} = n."key_advertiser"`);
}
