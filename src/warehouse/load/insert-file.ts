import { ident, join, raw, type Sql, sql } from '../../lib/sql.ts';
import { convert } from '../duckdb/convert.ts';
import { type FileColumn, scan } from '../duckdb/data-file.ts';
import type { ColumnSpec, TableSpec } from '../table-spec.ts';
import type { QueryOptions, Session } from '../warehouse.ts';
import type { MatchedColumn } from './match-columns.ts';
import type { SourceFile } from './source-file.ts';

/** A file with its columns, ready to be inserted. */
export interface MatchedFile {
  readonly file: SourceFile;
  readonly columns: readonly FileColumn[];
  readonly matched: readonly MatchedColumn[];
}

/** How one column is read, in a query over `source` rows: `v0`, `b0`, `v1`, ... */
export interface ReadColumn {
  readonly spec: ColumnSpec;
  readonly column: MatchedColumn;
  readonly value: Sql;
  /** True for a value that cannot be accepted; null when there is none such. */
  readonly bad: Sql | null;
}

/** The items that convert a file's columns, and what to make of them one level up, so that each is converted once. */
export function readColumnsSql(matched: readonly MatchedColumn[]): { items: Sql; read: readonly ReadColumn[] } {
  const items: Sql[] = [];
  const read = matched.map((column, index): ReadColumn => {
    const { spec, file } = column;
    const { value, blank } = convert(file.value, file.type, spec.type);
    const [v, b] = [raw(`v${index}`), raw(`b${index}`)];
    items.push(sql`${value} AS ${v}`);
    if (blank !== undefined) items.push(sql`${blank} AS ${b}`);
    const conditions = [
      ...(blank === undefined ? [] : [sql`(${v} IS NULL AND NOT ${b})`]),
      ...(spec.notBlank ? [sql`coalesce(trim(CAST(${v} AS VARCHAR)) = '', true)`] : []),
    ];
    return { spec, column, value: v, bad: conditions.length === 0 ? null : sql`(${join(conditions, ' OR ')})` };
  });
  return { items: join(items), read };
}

/** Inserts a file's rows; fails, without saying where, on a value that cannot be accepted. */
export async function insertFile(session: Session, spec: TableSpec, source: MatchedFile, options: QueryOptions): Promise<number> {
  if (source.matched.length === 0) return 0;
  const { items, read } = readColumnsSql(source.matched);
  const values = read.map(({ value, bad }) =>
    bad === null ? value : sql`CASE WHEN ${bad} THEN error('a value cannot be accepted') ELSE ${value} END`,
  );
  return session.execute(
    sql`INSERT INTO ${ident(spec.schema, spec.name)} (${join(read.map((column) => ident(column.spec.name)))})
      SELECT ${join(values)} FROM (SELECT ${items} FROM ${scan(source.file.format, [source.file.path], usedColumns(source))})`,
    options,
  );
}

/** JSON is read by name, so only what is matched; delimited files by position, so everything. */
export function usedColumns({ file, columns, matched }: MatchedFile): readonly FileColumn[] {
  return file.format.kind === 'json' ? matched.map((column) => column.file) : columns;
}
