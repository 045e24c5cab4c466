import { rejectedError } from '../../errors.ts';
import { ident, join, raw, type Sql, sql } from '../../lib/sql.ts';
import type { Session } from '../warehouse.ts';
import { readCsvHeader } from './csv-header.ts';

/** How the bytes of a data file are to be read. */
export type FileFormat =
  | { readonly kind: 'parquet' }
  | { readonly kind: 'delimited'; readonly delimiter: ',' | '\t' | '|' }
  | { readonly kind: 'json' };

export interface FileColumn {
  /** As the file writes it. */
  readonly name: string;
  /** As DuckDB names it. */
  readonly type: string;
  /** The column in `scan`. */
  readonly value: Sql;
}

const DELIMITERS = { csv: ',', tsv: '\t', psv: '|' } as const;

/** Extensions that `formatOf` knows. */
export const EXTENSIONS = ['.parquet', '.csv', '.tsv', '.psv', '.jsonl', '.ndjson', '.json'] as const;

/** The format that a file's extension stands for; `.gz` may follow all but Parquet's. */
export function formatOf(path: string): FileFormat | null {
  const [, extension = '', gz] = /\.([a-z]+?)(\.gz)?$/.exec(path.toLowerCase()) ?? [];
  if (extension === 'parquet' && gz === undefined) return { kind: 'parquet' };
  if (extension === 'csv' || extension === 'tsv' || extension === 'psv')
    return { kind: 'delimited', delimiter: DELIMITERS[extension] };
  return ['jsonl', 'ndjson', 'json'].includes(extension) ? { kind: 'json' } : null;
}

const list = (values: readonly string[]): Sql => sql`[${join(values.map((value) => sql`${value}`))}]`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Hive partitioning would make columns out of folder names. */
const readParquet = (paths: readonly string[], extra = sql``): Sql =>
  sql`read_parquet(${list(paths)}, hive_partitioning = false, binary_as_string = true${extra})`;

const cell = (index: number): string => `c${index}`;

/** The columns of files that are alike. A JSON file without lines has none. */
export async function readColumns(
  session: Session,
  format: FileFormat,
  paths: readonly string[],
): Promise<readonly FileColumn[]> {
  if (format.kind === 'delimited') {
    const header = await readCsvHeader(paths[0] ?? '', format.delimiter);
    return header.map((name, index) => ({ name, type: 'VARCHAR', value: ident(cell(index)) }));
  }
  if (format.kind === 'json') {
    const objects = sql`read_json_objects(${list(paths)}, format = 'newline_delimited')`;
    const rows = await session.all(sql`SELECT DISTINCT unnest(json_keys(json)) AS name FROM ${objects} ORDER BY name`);
    const [other] = rows.length > 0 ? [] : await session.all(sql`SELECT 1 AS one FROM ${objects} LIMIT 1`);
    if (other !== undefined)
      throw rejectedError('unreadable_file', `${paths[0]} cannot be read: its lines are not JSON objects.`, {
        hint: 'Write one JSON object on each line.',
      });
    return rows.map((row) => ({ name: String(row.name), type: 'JSON', value: ident(String(row.name)) }));
  }
  const rows = await session.all(sql`DESCRIBE SELECT * FROM ${readParquet(paths)}`);
  return rows.map((row) => ({
    name: String(row.column_name),
    type: String(row.column_type),
    value: ident(String(row.column_name)),
  }));
}

/** A text for each file that is the same for files of the same columns and types; JSON lines have none. */
export async function readShapes(
  session: Session,
  format: FileFormat,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const shapes = new Map<string, string>();
  if (format.kind === 'delimited') {
    for (const path of paths) shapes.set(path, JSON.stringify(await readCsvHeader(path, format.delimiter)));
  } else if (format.kind === 'parquet') {
    const rows = await session.all(sql`SELECT file_name, to_json(list([name, type, duckdb_type, logical_type])) AS shape
      FROM parquet_schema(${list(paths)}) GROUP BY file_name`);
    for (const row of rows) shapes.set(String(row.file_name), String(row.shape));
  }
  return shapes;
}

/** The FROM item that reads the files. A delimited file needs all its columns, the others only those that are used. */
export function scan(format: FileFormat, paths: readonly string[], columns: readonly FileColumn[]): Sql {
  switch (format.kind) {
    case 'parquet':
      return readParquet(paths);
    case 'json': {
      const types = columns.map(({ name }) => `${literal(name)}: 'JSON'`).join(', ');
      return sql`read_json(${list(paths)}, format = 'newline_delimited', records = true, columns = {${raw(types)}})`;
    }
    case 'delimited': {
      const types = columns.map((_, index) => `'${cell(index)}': 'VARCHAR'`).join(', ');
      const options = raw(
        `auto_detect = false, header = true, quote = '"', escape = '"', strict_mode = true, columns = {${types}}`,
      );
      // A quoted empty field is empty text, one without quotes is null.
      return sql`read_csv(${list(paths)}, delim = ${format.delimiter}, allow_quoted_nulls = false, ${options})`;
    }
  }
}

/** The same, with the number of each row within its file, from 1, as `row_no`: for one file. */
export function numberedScan(format: FileFormat, path: string, columns: readonly FileColumn[]): Sql {
  if (format.kind === 'parquet')
    return sql`(SELECT *, file_row_number + 1 AS row_no FROM ${readParquet([path], sql`, file_row_number = true`)})`;
  return sql`(SELECT *, row_number() OVER () AS row_no FROM ${scan(format, [path], columns)})`;
}
