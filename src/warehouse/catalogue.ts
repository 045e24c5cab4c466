import { configError } from '../errors.ts';
import { ident } from '../lib/sql.ts';
import { type BoundTable, boundTable, type FoundTable } from './bound-table.ts';
import { checkSchema, type SchemaProblem } from './check-schema.ts';
import { fileTable } from './duckdb/file-table.ts';
import { findFiles } from './find-files.ts';
import { findLive, findNamed, type LiveTable, readLiveTables, type TablePlace } from './information-schema.ts';
import { checkPlacements, placedColumn, placeOf, type TablePlacement, unknownTable } from './placement.ts';
import type { ColumnSpec, TableSpec } from './table-spec.ts';
import { findTable, TABLES } from './tables.ts';
import type { Session } from './warehouse.ts';

// Other rooms meet these types together with the catalogue.
export type { BoundTable, TablePlacement };

/** The tables that the program knows, as they are at one site. */
export interface Catalogue {
  /** A table by its name in the catalogue, in any case; another name is a `config` error `unknown_table`. */
  table(name: string): BoundTable;
  /** How the site differs from the catalogue. */
  problems(): readonly SchemaProblem[];
}

export interface CatalogueOptions {
  /** Where relative paths of files are looked up; by default the working directory. */
  readonly cwd?: string;
}

/** Finds every table and column once. Nothing is created: files are read where they are, so a read-only warehouse does. */
export async function bindCatalogue(
  session: Session,
  placements: Readonly<Record<string, TablePlacement>>,
  options: CatalogueOptions = {},
): Promise<Catalogue> {
  const placed = checkPlacements(placements);
  const places = new Map(TABLES.map((spec) => [spec, placeOf(spec, placed.get(spec))]));
  const live = await readLiveTables(session, [...places.values()]);
  const found = new Map<TableSpec, FoundTable>();
  for (const spec of TABLES) {
    const placement = placed.get(spec);
    const expected = new Map(spec.columns.map(({ name }) => [name, placedColumn(placement, name) ?? name]));
    if (placement?.files !== undefined) {
      found.set(spec, await foundInFiles(session, spec, placement, expected, options.cwd ?? process.cwd()));
    } else {
      const place = places.get(spec) ?? spec;
      found.set(spec, foundInTable(spec, place, expected, findLive(live, place)));
    }
  }
  const engine = session.dialect.name;
  const bound = new Map([...found].map(([spec, table]) => [spec, boundTable(table, engine)]));
  return {
    table(name) {
      const spec = findTable(name);
      const table = spec && bound.get(spec);
      if (table === undefined) throw unknownTable(name);
      return table;
    },
    problems: () => checkSchema([...found.values()], engine),
  };
}

function foundInTable(
  spec: TableSpec,
  place: TablePlace,
  expected: ReadonlyMap<string, string>,
  table: LiveTable | undefined,
): FoundTable {
  const columns = new Map(
    [...expected].flatMap(([name, physical]) => {
      const column = findNamed(table?.columns ?? [], physical);
      return column === undefined ? [] : [[name, column] as const];
    }),
  );
  const used = new Set([...columns.values()].map(({ name }) => name));
  const where = table ?? place;
  return {
    spec,
    where: `${where.schema}.${where.name}`,
    place: { schema: where.schema, name: where.name },
    from: table === undefined ? null : ident(table.schema, table.name),
    columns,
    extra: (table?.columns ?? []).map(({ name }) => name).filter((name) => !used.has(name)),
    expected,
  };
}

async function foundInFiles(
  session: Session,
  spec: TableSpec,
  placement: Extract<TablePlacement, { files: readonly string[] }>,
  expected: ReadonlyMap<string, string>,
  cwd: string,
): Promise<FoundTable> {
  const where = placement.files.join(', ');
  if (session.dialect.name !== 'duckdb') {
    throw configError('files_unsupported', `${spec.name} cannot be read from files: this warehouse reads its own tables only.`, {
      hint: 'Load the files into the warehouse, or use the embedded one.',
    });
  }
  const typed = (column: ColumnSpec): ColumnSpec => (spec.readAsText === true ? { ...column, type: 'text' } : column);
  const wanted = new Map(spec.columns.map((column) => [expected.get(column.name) ?? column.name, typed(column)]));
  const table = await fileTable(session, await findFiles(placement.files, cwd), placement.format, wanted);
  const columns = new Map(
    [...expected].flatMap(([name, physical]) => {
      const column = findNamed(table.columns, physical);
      return column === undefined ? [] : [[name, { name, type: column.type }] as const];
    }),
  );
  const used = new Set([...columns.keys()].map((name) => (expected.get(name) ?? name).toUpperCase()));
  return {
    spec,
    where,
    place: null,
    from: table.from,
    columns,
    extra: table.columns.map(({ name }) => name).filter((name) => !used.has(name.toUpperCase())),
    expected,
  };
}
