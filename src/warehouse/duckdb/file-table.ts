import { configError } from '../../errors.ts';
import { ident, join, type Sql, sql } from '../../lib/sql.ts';
import type { ColumnSpec } from '../table-spec.ts';
import type { Session } from '../warehouse.ts';
import { convert } from './convert.ts';
import { EXTENSIONS, type FileColumn, type FileFormat, formatOf, readColumns, readShapes, scan } from './data-file.ts';

/** A table read straight from files, without anything being created in the database. */
export interface FileTable {
  readonly from: Sql;
  /** Physical names and types of all columns of the files. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Files of one format and one shape, which are read together. */
interface Group {
  readonly format: FileFormat;
  readonly paths: readonly string[];
  readonly columns: readonly FileColumn[];
}

function chosenFormat(path: string, format: 'parquet' | 'csv' | undefined): FileFormat {
  const byExtension = formatOf(path);
  if (format === 'parquet') return { kind: 'parquet' };
  if (format === 'csv') return byExtension?.kind === 'delimited' ? byExtension : { kind: 'delimited', delimiter: ',' };
  if (byExtension !== null) return byExtension;
  throw configError('unknown_format', `The extension of ${path} does not tell its format.`, {
    hint: `Give its format, or one of the extensions ${EXTENSIONS.join(', ')}.`,
  });
}

async function group(session: Session, paths: readonly string[], format: 'parquet' | 'csv' | undefined): Promise<Group[]> {
  const groups: Group[] = [];
  for (const [key, ofFormat] of Map.groupBy(paths, (path) => JSON.stringify(chosenFormat(path, format)))) {
    const kind: FileFormat = JSON.parse(key);
    const shapes = await readShapes(session, kind, ofFormat);
    for (const alike of Map.groupBy(ofFormat, (path) => shapes.get(path)).values()) {
      groups.push({ format: kind, paths: alike, columns: await readColumns(session, kind, alike) });
    }
  }
  return groups;
}

/**
 * Reads files as a table of the catalogue: each wanted column under its catalogue name and with its catalogue type. A value that
 * cannot be read is null here; `load` is the strict way.
 */
export async function fileTable(
  session: Session,
  paths: readonly string[],
  format: 'parquet' | 'csv' | undefined,
  wanted: ReadonlyMap<string, ColumnSpec>,
): Promise<FileTable> {
  const groups = await group(session, paths, format);
  const all = new Map(groups.flatMap(({ columns }) => columns.map((column) => [column.name.toUpperCase(), column] as const)));
  const present = [...wanted].filter(([physical]) => all.has(physical.toUpperCase()));
  const selects = groups.map(({ format: kind, paths: alike, columns }) => {
    const items = present.map(([physical, spec]) => {
      const column = columns.find(({ name }) => name.toUpperCase() === physical.toUpperCase());
      const { value } = column ? convert(column.value, column.type, spec.type) : convert(sql`NULL`, 'NULL', spec.type);
      return sql`${value} AS ${ident(spec.name)}`;
    });
    // A file of none of the columns still has its rows.
    return sql`SELECT ${items.length === 0 ? sql`NULL AS "NOTHING"` : join(items)} FROM ${scan(kind, alike, columns)}`;
  });
  return { from: sql`(${join(selects, ' UNION ALL ')})`, columns: [...all.values()].map(({ name, type }) => ({ name, type })) };
}
