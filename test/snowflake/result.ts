import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DuckDBResult } from '@duckdb/node-api';
import { decodeNames } from './identifiers.ts';
import { textColumn, type WireColumn, type WireRow, wireColumn, wireType } from './wire.ts';

/** Kinds of statements as Snowflake numbers them. */
export const STATEMENT_TYPES = {
  select: 0x1000,
  insert: 0x3100,
  update: 0x3200,
  delete: 0x3300,
  merge: 0x3400,
  copy: 0x3600,
  session: 0x4000,
  transaction: 0x5400,
  ddl: 0x6000,
} as const;

/** A part of a result that is fetched by a URL of its own. */
export interface Chunk {
  readonly path: string;
  readonly firstRow: number;
  readonly rows: number;
  readonly bytes: number;
}

/** What a statement gave. */
export interface Result {
  readonly statementType: number;
  readonly columns: readonly WireColumn[];
  /** The first rows, which come with the answer. */
  readonly rows: readonly WireRow[];
  readonly chunks: readonly Chunk[];
  readonly total: number;
}

/** So many rows come with the answer; what is more lies in chunks. */
const INLINE_ROWS = 500;
const FIRST_CHUNK_ROWS = 1_000;
const MOST_CHUNK_ROWS = 20_000;
const MOST_CHUNK_TEXT = 1_000_000;

export function smallResult(
  columns: readonly WireColumn[],
  rows: readonly WireRow[],
  statementType: number = STATEMENT_TYPES.select,
): Result {
  return { statementType, columns, rows, chunks: [], total: rows.length };
}

export const statusResult = (text: string, statementType: number = STATEMENT_TYPES.ddl): Result =>
  smallResult([textColumn('status')], [[text]], statementType);

/** Reads a result of DuckDB's to its end. Beyond the first rows it goes into files, so that memory does not grow with it. */
export async function readResult(from: DuckDBResult, folder: string, name: string): Promise<Result> {
  const types = from.columnTypes().map(wireType);
  const columns = from
    .columnNames()
    .map((label, index) => wireColumn(labelOf(label), types[index] ?? wireType(from.columnType(index))));
  const inline: WireRow[] = [];
  const chunks: Chunk[] = [];
  let waiting: string[] = [];
  let size = 0;
  let total = 0;

  async function write(): Promise<void> {
    const path = join(folder, `${name}-${chunks.length}.gz`);
    const bytes = gzipSync(waiting.join(','), { level: 1 });
    await writeFile(path, bytes);
    chunks.push({ path, firstRow: total - waiting.length, rows: waiting.length, bytes: bytes.length });
    waiting = [];
    size = 0;
  }

  for (;;) {
    const part = await from.fetchChunk();
    if (part === null || part.rowCount === 0) break;
    const values = part.getColumns();
    for (let row = 0; row < part.rowCount; row += 1) {
      const texts = types.map((type, column) => {
        const value = values[column]?.[row] ?? null;
        return value === null ? null : type.write(value);
      });
      total += 1;
      if (inline.length < INLINE_ROWS) {
        inline.push(texts);
        continue;
      }
      const text = JSON.stringify(texts);
      size += text.length;
      const isFull =
        waiting.push(text) >= Math.min(FIRST_CHUNK_ROWS * 4 ** chunks.length, MOST_CHUNK_ROWS) || size >= MOST_CHUNK_TEXT;
      if (isFull) await write();
    }
  }
  if (waiting.length > 0) await write();
  return { statementType: STATEMENT_TYPES.select, columns, rows: inline, chunks, total };
}

/** Names of small letters are names that were quoted; what has no name has its text in capitals. */
function labelOf(label: string): string {
  const decoded = decodeNames(label);
  return decoded === label ? label.toUpperCase() : decoded;
}
