import { configError, type Problem } from '../../errors.ts';
import { didYouMean } from '../../lib/did-you-mean.ts';
import type { FileColumn } from '../duckdb/data-file.ts';
import { shownName } from '../shown-name.ts';
import type { ColumnSpec, TableSpec } from '../table-spec.ts';

/** A column of the table and the column of the file that fills it. */
export interface MatchedColumn {
  readonly spec: ColumnSpec;
  readonly file: FileColumn;
}

function duplicates(columns: readonly FileColumn[]): readonly string[] {
  const names = columns.map(({ name }) => name.toUpperCase());
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** Pairs the file's columns with the table's by name, in any case and order. */
export function matchColumns(
  spec: TableSpec,
  path: string,
  columns: readonly FileColumn[],
  ignoreUnknown: boolean,
): readonly MatchedColumn[] {
  const [duplicate] = duplicates(columns);
  if (duplicate !== undefined) {
    throw configError('duplicate_column', `${path} has the column ${shownName(duplicate)} more than once.`, {
      hint: 'The first line must name the columns. Names are compared without case; give each column one of its own.',
    });
  }
  const matched = spec.columns.flatMap((column) => {
    const file = columns.find(({ name }) => name.toUpperCase() === column.name.toUpperCase());
    return file === undefined ? [] : [{ spec: column, file }];
  });
  const used = new Set(matched.map(({ file }) => file));
  const unknown = columns.filter((column) => !used.has(column));
  if (columns.length > 0 && matched.length === 0) throw noColumns(spec, path);
  if (unknown.length > 0 && !ignoreUnknown) throw unknownColumns(spec, path, unknown);
  const missing = spec.columns.filter((column) => column.required && !matched.some((match) => match.spec === column));
  if (missing.length > 0) throw missingColumns(spec, path, missing);
  return matched;
}

/** None fits: the first line is data, the delimiter or the encoding is another, or it is another table's file. */
function noColumns(spec: TableSpec, path: string) {
  return configError('unknown_column', `${path} has no column of ${spec.name}.`, {
    hint: 'Its first line must name the columns, in UTF-8, separated as its extension says: .csv by commas, .tsv by tabs, .psv by |.',
  });
}

function unknownColumns(spec: TableSpec, path: string, unknown: readonly FileColumn[]) {
  const known = spec.columns.map(({ name }) => name);
  const problems = unknown.map(({ name }): Problem => {
    const hint = didYouMean(name, known);
    const shown = shownName(name);
    return { path: `${path} ${shown}`, message: `${spec.name} has no column ${shown}.`, ...(hint === undefined ? {} : { hint }) };
  });
  const [first] = problems;
  const names = unknown.map(({ name }) => shownName(name)).join(', ');
  return configError(
    'unknown_column',
    `${path} has ${unknown.length === 1 ? 'a column' : 'columns'} that ${spec.name} does not have: ${names}.`,
    {
      hint: [first?.hint, 'With --ignore-unknown-columns such columns are skipped.'].filter(Boolean).join(' '),
      problems,
    },
  );
}

function missingColumns(spec: TableSpec, path: string, missing: readonly ColumnSpec[]) {
  return configError('missing_column', `${path} lacks ${missing.map(({ name }) => name).join(', ')}, which ${spec.name} needs.`, {
    hint: 'Add the column to the file; it may be empty.',
    problems: missing.map(({ name, meaning }) => ({ path: `${path} ${name}`, message: `The column is missing. ${meaning}` })),
  });
}
