import { configError } from '../errors.ts';
import { ident, join, type Sql, type SqlValue, sql } from '../lib/sql.ts';
import type { BoundTable, Catalogue } from '../warehouse/catalogue.ts';
import type { Row, Session } from '../warehouse/warehouse.ts';
import { type StoredRow, storeRow } from './row-text.ts';

/**
 * Writes to business tables that remember what was there before: each is kept with the rows as they were and as they are, so that the
 * audit log can show them and take them back.
 */

/** Texts of the key columns, in their order; null is an empty cell. */
export type RowKey = readonly (string | null)[];

/** Rows of a table that have one of these keys, as they were and as they are. */
export interface RowsChange {
  readonly table: string;
  readonly key: readonly string[];
  readonly keys: readonly RowKey[];
  readonly before: readonly StoredRow[];
  readonly after: readonly StoredRow[];
}

export interface RowJournal {
  /** Writes that left rows as they were are not among them. */
  readonly changes: readonly RowsChange[];
  /** The rows that have one of these keys, by catalogue names, with the site's own columns under their physical names. */
  find(table: string, key: readonly string[], keys: readonly RowKey[]): Promise<readonly Row[]>;
  /** Puts in rows; columns that the site's table does not have are left out. `key` names the columns that tell them apart. */
  insert(table: string, key: readonly string[], rows: readonly Row[]): Promise<void>;
  /** Sets these columns in every row that has the key. Gives how many there were. */
  update(table: string, key: readonly string[], of: RowKey, values: Row): Promise<number>;
  /** Takes the rows out that have one of these keys. Gives how many there were. */
  remove(table: string, key: readonly string[], keys: readonly RowKey[]): Promise<number>;
}

/** Bound values of one statement, at most but for a single row: what every warehouse takes. */
const VALUES_AT_ONCE = 5_000;

/** Call it within a transaction: what the journal has noted is true only if that is committed. */
export function openJournal(session: Session, catalogue: Catalogue): RowJournal {
  const changes: RowsChange[] = [];
  const writable = (name: string): BoundTable => {
    const table = catalogue.table(name);
    if (!table.readOnly) return table;
    throw configError('table_read_only', `${name} is read from files and cannot be changed here.`, {
      hint: `Change the files, or take ${name} out of tables: in aquarius.yaml and load them.`,
    });
  };
  const find: RowJournal['find'] = async (name, key, keys) => {
    const table = catalogue.table(name);
    const found: Row[] = [];
    for (const some of batches(keys, key.length))
      found.push(
        ...(await session.all(sql`SELECT ${columnsOf(table)} FROM ${table.ref} WHERE ${hasKey(session, table, key, some)}`)),
      );
    return found;
  };
  const note = async (
    name: string,
    key: readonly string[],
    keys: readonly RowKey[],
    write: (table: BoundTable) => Promise<void>,
  ): Promise<readonly Row[]> => {
    const table = writable(name);
    const found = await find(name, key, keys);
    await write(table);
    const before = found.map(storeRow);
    const after = (await find(name, key, keys)).map(storeRow);
    if (JSON.stringify(before) !== JSON.stringify(after)) changes.push({ table: name, key, keys, before, after });
    return found;
  };
  return {
    changes,
    find,
    async insert(name, key, rows) {
      const keys = rows.map((row) => key.map((column) => keyTextOf(row[column])));
      await note(name, key, keys, async (table) => {
        for (const some of batches(rows, widest(rows))) await insertRows(session, table, some);
      });
    },
    async update(name, key, of, values) {
      const before = await note(name, key, [of], async (table) => {
        const cells = Object.entries(values).filter(([column]) => hasColumn(table, column));
        const set = cells.map(([column, value]) => sql`${placeOf(table, column)} = ${value}`);
        if (set.length > 0)
          await session.execute(sql`UPDATE ${table.ref} SET ${join(set)} WHERE ${hasKey(session, table, key, [of])}`);
      });
      return before.length;
    },
    async remove(name, key, keys) {
      const before = await note(name, key, keys, async (table) => {
        for (const some of batches(keys, key.length))
          await session.execute(sql`DELETE FROM ${table.ref} WHERE ${hasKey(session, table, key, some)}`);
      });
      return before.length;
    },
  };
}

function* batches<T>(all: readonly T[], values: number): Iterable<readonly T[]> {
  const size = Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(1, values)));
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}

const widest = (rows: readonly Row[]): number => Math.max(...rows.map((row) => Object.keys(row).length));

/** All columns of the site's table: those of the catalogue under its names, others under their own. */
function columnsOf(table: BoundTable): Sql {
  const known = table.spec.columns.filter(({ name }) => table.has(name));
  return join([
    ...known.map(({ name }) => sql`${table.column(name)} AS ${ident(name)}`),
    ...table.extra.map((name) => ident(name)),
  ]);
}

/** A column to be written: one of the catalogue, or one of the site's own that a row brought along. */
function placeOf(table: BoundTable, column: string): Sql {
  return table.extra.includes(column) ? ident(column) : table.column(column);
}

const hasColumn = (table: BoundTable, column: string): boolean => table.extra.includes(column) || table.has(column);

/** Rows that have one of these keys. A part that all keys share is compared first: it leaves most rows of a large table alone. */
function hasKey(session: Session, table: BoundTable, key: readonly string[], keys: readonly RowKey[]): Sql {
  const { dialect } = session;
  const textOf = (column: string) => dialect.text(placeOf(table, column));
  const [first = []] = keys;
  const isShared = key.map((_, index) => keys.every((values) => values[index] === first[index]));
  const shared = key.flatMap((column, index) => {
    if (isShared[index] !== true) return [];
    const value = first[index] ?? null;
    return [value === null ? sql`${textOf(column)} IS NULL` : sql`${textOf(column)} = ${value}`];
  });
  const others = key.flatMap((column, index) =>
    isShared[index] === true ? [] : [{ column, index, name: ident(`wanted_${index}`) }],
  );
  if (others.length === 0) return join(shared, ' AND ');
  const tuples = keys.map((values) => sql`(${join(others.map(({ index }) => sql`${markOf(values[index] ?? null)}`))})`);
  const names = join(others.map(({ name }) => name));
  const cells = join(others.map(({ column }) => sql`COALESCE('=' || ${textOf(column)}, '')`));
  return join([...shared, sql`(${cells}) IN (SELECT ${names} FROM (VALUES ${join(tuples)}) AS wanted(${names}))`], ' AND ');
}

/** A text that tells an empty cell from an empty text, so that they can be compared like any others. */
const markOf = (value: string | null): string => (value === null ? '' : `=${value}`);

async function insertRows(session: Session, table: BoundTable, rows: readonly Row[]): Promise<void> {
  const names = [...new Set(rows.flatMap(Object.keys))].filter((column) => hasColumn(table, column));
  const tuples = rows.map((row) => sql`(${join(names.map((name) => sql`${row[name] ?? null}`))})`);
  const columns = join(names.map((name) => placeOf(table, name)));
  await session.execute(sql`INSERT INTO ${table.ref} (${columns}) VALUES ${join(tuples)}`);
}

function keyTextOf(value: SqlValue | undefined): string | null {
  return value === undefined || value === null ? null : String(value);
}
