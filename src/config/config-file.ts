import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { configError, type Problem } from '../errors.ts';
import type { ConfigChanges } from './assignments.ts';
import { type ConfigField, type ConfigKey, fieldNamed } from './config-fields.ts';
import { type CsvRecord, parseCsv } from './csv.ts';
import { idText, isNoId, parseJson } from './values.ts';

/** Files of advertiser configurations: CSV with a header, or a JSON array of objects. */

export interface ConfigFileRow extends ConfigKey {
  /** As a spreadsheet counts: the header is row 1. In JSON the first object is row 1. */
  readonly row: number;
  readonly line?: number;
  /** What to call it in messages, where it is no row that people can count. */
  readonly label?: string;
  readonly changes: ConfigChanges;
}

export interface ConfigFile {
  /** The file's path, for messages. */
  readonly source: string;
  readonly rows: readonly ConfigFileRow[];
  /** Rows that cannot be read; with one of them nothing is imported. */
  readonly problems: readonly Problem[];
}

type KeyColumn = 'AGENCY_ID' | 'ADVERTISER_ID';
type Column = ConfigField | KeyColumn;

/** Reads a `.csv` or `.json` file. What makes the whole file unusable, such as an unknown column, is a `config` error `config_file_invalid`. */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw configError('config_file_unreadable', `${path} cannot be read (${code}).`, { hint: 'Name a .csv or .json file.' });
  }
  switch (extname(path).toLowerCase()) {
    case '.csv':
      return fromCsv(path, text);
    case '.json':
      return fromJson(path, text);
    default:
      throw configError('config_file_invalid', `${path} is neither .csv nor .json.`, { hint: 'Name the file by its format.' });
  }
}

function fromCsv(source: string, text: string): ConfigFile {
  const { records, openQuoteLine } = parseCsv(text);
  if (openQuoteLine !== undefined) throw invalid(source, [{ path: '', line: openQuoteLine, message: 'a quote is never closed' }]);
  const [header, ...body] = records;
  if (header === undefined) throw invalid(source, [{ path: '', message: 'is empty', hint: 'The first line names the columns.' }]);
  const columns = columnsOf(source, header);
  const rows = body.map((record): RawRow => {
    const place = { row: record.row, line: record.line };
    if (record.cells.length !== columns.length) {
      return { ...place, refusal: `has ${record.cells.length} cells, the header has ${columns.length}` };
    }
    // An empty cell leaves the column as it is; `null` empties it.
    return {
      ...place,
      cells: columns.flatMap((column, cell) => (record.cells[cell]?.trim() ? [[column, record.cells[cell]] as const] : [])),
    };
  });
  return collected(source, rows);
}

function columnsOf(source: string, header: CsvRecord): readonly Column[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const columns = header.cells.flatMap((cell): Column[] => {
    const column = columnNamed(cell);
    if (typeof column === 'object' && 'message' in column) {
      problems.push({ ...column, line: header.line });
      return [];
    }
    const name = typeof column === 'string' ? column : column.column;
    if (seen.has(name)) problems.push({ path: cell, line: header.line, message: 'names a column a second time' });
    seen.add(name);
    return [column];
  });
  for (const key of ['AGENCY_ID', 'ADVERTISER_ID']) {
    if (!seen.has(key)) problems.push({ path: key, line: header.line, message: 'is missing in the header' });
  }
  if (problems.length > 0) throw invalid(source, problems);
  return columns;
}

function columnNamed(name: string): Column | Problem {
  const key = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_.-]/g, '');
  if (key === 'agencyid') return 'AGENCY_ID';
  if (key === 'advertiserid') return 'ADVERTISER_ID';
  return fieldNamed(name.trim());
}

function fromJson(source: string, text: string): ConfigFile {
  let data: unknown;
  try {
    data = parseJson(text);
  } catch {
    throw invalid(source, [{ path: '', message: 'is not valid JSON', hint: 'Write an array of objects.' }]);
  }
  if (!Array.isArray(data))
    throw invalid(source, [{ path: '', message: 'is not an array of objects', hint: 'Put the objects into brackets: [ … ].' }]);
  const unknown = new Map<string, Problem>();
  const rows = data.map((item: unknown, index): RawRow => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return { row: index + 1, refusal: 'is not an object' };
    const cells: [Column, unknown][] = [];
    const names = new Set<string>();
    for (const [name, value] of Object.entries(item)) {
      const column = columnNamed(name);
      if (typeof column === 'object' && 'message' in column) {
        if (!unknown.has(name)) unknown.set(name, { ...column, path: `row ${index + 1}, ${name}` });
        continue;
      }
      const canonical = typeof column === 'string' ? column : column.column;
      if (names.has(canonical)) return { row: index + 1, refusal: `has ${canonical} a second time` };
      names.add(canonical);
      cells.push([column, value]);
    }
    return { row: index + 1, cells };
  });
  if (unknown.size > 0) throw invalid(source, [...unknown.values()]);
  return collected(source, rows);
}

type RawRow = { readonly row: number; readonly line?: number } & (
  | { readonly refusal: string }
  | { readonly cells: readonly (readonly [Column, unknown])[] }
);

function collected(source: string, raw: readonly RawRow[]): ConfigFile {
  const problems: Problem[] = [];
  const rows: ConfigFileRow[] = [];
  const taken = new Map<string, number>();
  for (const entry of raw) {
    const { row, line } = entry;
    const report = (column: string, message: string): void => {
      problems.push({
        path: column === '' ? `row ${row}` : `row ${row}, ${column}`,
        ...(line === undefined ? {} : { line }),
        message,
      });
    };
    if ('refusal' in entry) {
      report('', entry.refusal);
      continue;
    }
    const id = (wanted: KeyColumn) => idText(entry.cells.find(([column]) => column === wanted)?.[1]);
    const key: ConfigKey = { agencyId: id('AGENCY_ID'), advertiserId: id('ADVERTISER_ID') };
    const other = taken.get(JSON.stringify(key));
    if (other !== undefined && !isNoId(key.agencyId) && !isNoId(key.advertiserId))
      report('', `is for the agency and advertiser of row ${other}`);
    taken.set(JSON.stringify(key), row);
    const changes = new Map(
      entry.cells.flatMap(([column, value]) => (typeof column === 'string' ? [] : [[column, value] as const])),
    );
    rows.push({ ...key, row, ...(line === undefined ? {} : { line }), changes });
  }
  return { source, rows, problems };
}

function invalid(source: string, problems: readonly Problem[]): Error {
  const hint = problems.find(({ hint }) => hint !== undefined)?.hint;
  return configError('config_file_invalid', `${source} cannot be imported.`, {
    problems,
    ...(hint === undefined ? {} : { hint }),
  });
}
