import { type AquariusError, configError } from '../errors.ts';
import { ident, raw, type Sql, sql } from '../lib/sql.ts';
import { engineType } from './ddl.ts';
import type { Dialect } from './dialect.ts';
import type { ColumnSpec, TableSpec } from './table-spec.ts';

/** A table of the catalogue as it is at a site. */
export interface BoundTable {
  readonly spec: TableSpec;
  readonly exists: boolean;
  /** Read from files: it cannot be written. */
  readonly readOnly: boolean;
  /** A FROM item, to be followed by an alias or not. A table that does not exist has none: `config` error `table_missing`. */
  readonly ref: Sql;
  /** Physical names of columns that the catalogue does not know: who writes a row back must write these too. */
  readonly extra: readonly string[];
  /** Whether the site's table has the column, by its name in the catalogue in any case. */
  has(column: string): boolean;
  /**
   * The column, quoted, behind the alias if one is given. An optional column that the table does not have is a NULL of its type;
   * a required one is a `config` error `column_missing`.
   */
  column(name: string, alias?: string): Sql;
  /** The engine's type of the column; null where the site's table does not have it. */
  typeOf(name: string): string | null;
}

/** What was found of a table at its place. */
export interface FoundTable {
  readonly spec: TableSpec;
  /** Where it is or was looked for, for people: `BASE_TABLES.STORE_VISITS`, or the patterns of its files. */
  readonly where: string;
  /** The name for statements; null for files. */
  readonly place: { readonly schema: string; readonly name: string } | null;
  /** Null when it does not exist. */
  readonly from: Sql | null;
  /** By the catalogue's name. */
  readonly columns: ReadonlyMap<string, FoundColumn>;
  /** Physical names that the catalogue does not know. */
  readonly extra: readonly string[];
  /** Physical name of each column as configured or by default. */
  readonly expected: ReadonlyMap<string, string>;
}

interface FoundColumn {
  /** Its name in `from`. */
  readonly name: string;
  /** The engine's type. */
  readonly type: string;
}

const ALIAS = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The error for a table that a site does not have. */
function tableMissing({ spec, where }: FoundTable, engine: Dialect['name']): AquariusError {
  const printed = engine === 'duckdb' ? '`aquarius doctor`' : '`aquarius init --warehouse snowflake`';
  return configError('table_missing', `${spec.name} is missing: there is no ${where}.`, {
    hint: `${printed} prints the statement that creates it; or say under tables: in aquarius.yaml where it is.`,
  });
}

function specColumn(spec: TableSpec, name: string): ColumnSpec {
  const upper = name.toUpperCase();
  const column = spec.columns.find((candidate) => candidate.name.toUpperCase() === upper);
  if (column === undefined) throw new Error(`The catalogue's ${spec.name} has no column ${name}.`);
  return column;
}

/** Makes the table that queries are written with. */
export function boundTable(found: FoundTable, engine: Dialect['name']): BoundTable {
  const { spec, from, columns } = found;
  return {
    spec,
    exists: from !== null,
    readOnly: found.place === null,
    extra: found.extra,
    get ref(): Sql {
      if (from === null) throw tableMissing(found, engine);
      return from;
    },
    has(column) {
      const upper = column.toUpperCase();
      return [...columns.keys()].some((name) => name.toUpperCase() === upper);
    },
    column(name, alias) {
      const column = specColumn(spec, name);
      const there = columns.get(column.name);
      if (there !== undefined) {
        if (alias === undefined) return ident(there.name);
        if (!ALIAS.test(alias)) throw new Error(`${alias} is not an alias.`);
        // Not quoted, as the alias itself is not where it is given.
        return sql`${raw(alias)}.${ident(there.name)}`;
      }
      if (from === null) throw tableMissing(found, engine);
      if (!column.required) return sql`CAST(NULL AS ${raw(engineType(column.type, engine))})`;
      throw configError('column_missing', `${found.where} has no column ${found.expected.get(column.name) ?? column.name}.`, {
        hint: 'Add the column, or give its name under tables: in aquarius.yaml.',
      });
    },
    typeOf: (name) => columns.get(specColumn(spec, name).name)?.type ?? null,
  };
}
