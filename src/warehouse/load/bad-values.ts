import { isIP } from 'node:net';
import { type AquariusError, type Problem, rejectedError } from '../../errors.ts';
import { join, raw, sql } from '../../lib/sql.ts';
import { numberedScan } from '../duckdb/data-file.ts';
import type { ColumnSpec, ColumnType } from '../table-spec.ts';
import type { Row, Session } from '../warehouse.ts';
import { type MatchedFile, type ReadColumn, readColumnsSql, usedColumns } from './insert-file.ts';

const ROWS_SHOWN = 10;
const LONGEST_SHOWN = 40;

const EXPECTED: Readonly<Record<ColumnType, string>> = {
  text: 'text, or a number with all its digits',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'TRUE or FALSE (or 1, 0, Y, N)',
  date: 'a date such as 2026-01-31',
  timestamp: 'a time such as 2026-01-31T13:45:00Z',
  json: 'JSON',
  device: 'a device id',
  code: 'a small number',
};

/** Columns get shifted in broken files, so a value that could be a person's is not shown whatever its column. */
function couldBePersonal(value: string): boolean {
  return isIP(value.trim()) !== 0 || /[0-9A-Za-z+/=_-]{17,}/.test(value);
}

function found(spec: ColumnSpec, value: unknown): string {
  const text = String(value ?? '');
  if (text.trim() === '') return 'nothing';
  return spec.sensitive || text.length > LONGEST_SHOWN || couldBePersonal(text) ? 'something else (not shown)' : `'${text}'`;
}

function problemsOf(row: Row, read: readonly ReadColumn[], path: string): readonly Problem[] {
  return read.flatMap(({ spec }, index): Problem[] => {
    if (row[`bad${index}`] !== true) return [];
    const message = `expected ${EXPECTED[spec.type]}, found ${found(spec, row[`raw${index}`])}`;
    return [{ path: `${path} row ${row.row_no} ${spec.name}`, message }];
  });
}

/** Why a file could not be inserted, if its values are why: the first rows that cannot be accepted. */
export async function badValues(session: Session, source: MatchedFile, signal?: AbortSignal): Promise<AquariusError | null> {
  const { path, format } = source.file;
  const { items, read } = readColumnsSql(source.matched);
  const checked = read.filter(({ bad }) => bad !== null);
  if (checked.length === 0) return null;
  const bads = checked.map(({ bad }, index) => sql`coalesce(${bad ?? raw('false')}, false) AS ${raw(`bad${index}`)}`);
  const raws = checked.map(({ column }, index) => sql`CAST(${column.file.value} AS VARCHAR) AS ${raw(`raw${index}`)}`);
  const names = checked.map((_, index) => raw(`raw${index}`));
  const anyBad = join(
    checked.map((_, index) => raw(`bad${index}`)),
    ' OR ',
  );
  const rows = await session.all(
    sql`SELECT * FROM (SELECT row_no, ${join([...bads, ...names])}
        FROM (SELECT row_no, ${join(raws)}, ${items} FROM ${numberedScan(format, path, usedColumns(source))}))
      WHERE ${anyBad} LIMIT ${ROWS_SHOWN}`,
    { signal },
  );
  const problems = rows.flatMap((row) => problemsOf(row, checked, path));
  const [first] = problems;
  if (first === undefined) return null;
  return rejectedError(
    'wrong_type',
    `${path} holds values that cannot be accepted; nothing was loaded. First: ${first.path.slice(path.length + 1)}: ${first.message}.`,
    {
      hint: 'Correct the file and load it again.',
      problems,
    },
  );
}
