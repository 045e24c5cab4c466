import { configError } from '../errors.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import type { TablePlace } from './information-schema.ts';
import type { TableSpec } from './table-spec.ts';
import { findTable, TABLES } from './tables.ts';

interface InTable {
  readonly schema?: string | undefined;
  readonly name?: string | undefined;
  readonly files?: undefined;
  readonly columns?: Readonly<Record<string, string>> | undefined;
}

interface InFiles {
  /** Paths and patterns of local files. */
  readonly files: readonly string[];
  /** By default what the extension says. */
  readonly format?: 'parquet' | 'csv' | undefined;
  readonly columns?: Readonly<Record<string, string>> | undefined;
}

/** Where a table of the catalogue is: under another name in the warehouse, or in files. `columns` gives physical names. */
export type TablePlacement = InTable | InFiles;

/** Placements by table of the catalogue; an unknown table or column is a mistake of the configuration. */
export function checkPlacements(placements: Readonly<Record<string, TablePlacement>>): ReadonlyMap<TableSpec, TablePlacement> {
  return new Map(
    Object.entries(placements).map(([name, placement]) => {
      const spec = findTable(name);
      if (spec === undefined) throw unknownTable(name);
      for (const column of Object.keys(placement.columns ?? {})) checkColumn(spec, column);
      return [spec, placement];
    }),
  );
}

/** The error for a table that the catalogue does not have. */
export function unknownTable(name: string) {
  const names = TABLES.filter(({ internal }) => !internal).map((table) => table.name);
  return configError('unknown_table', `There is no table ${name}.`, {
    hint: didYouMean(name, names) ?? 'docs/tables.md lists the tables.',
  });
}

function checkColumn(spec: TableSpec, column: string): void {
  const names = spec.columns.map(({ name }) => name);
  if (names.some((name) => name.toUpperCase() === column.toUpperCase())) return;
  throw configError('unknown_column', `${spec.name} has no column ${column}.`, {
    hint: didYouMean(column, names) ?? 'docs/tables.md lists the columns.',
  });
}

/** The physical name that a placement gives a column, or undefined where it says nothing. */
export function placedColumn(placement: TablePlacement | undefined, column: string): string | undefined {
  const upper = column.toUpperCase();
  return Object.entries(placement?.columns ?? {}).find(([name]) => name.toUpperCase() === upper)?.[1];
}

/** Where a table of the warehouse is, by its placement if there is one. */
export function placeOf(spec: TableSpec, placement: TablePlacement | undefined): TablePlace {
  if (placement === undefined || placement.files !== undefined) return spec;
  return { schema: placement.schema ?? spec.schema, name: placement.name ?? spec.name };
}

/** A table with its columns under the names that a site gives them. */
export function withColumnNames(spec: TableSpec, nameOf: (column: string) => string | undefined): TableSpec {
  return {
    ...spec,
    key: spec.key.map((name) => nameOf(name) ?? name),
    columns: spec.columns.map((column) => ({ ...column, name: nameOf(column.name) ?? column.name })),
  };
}
