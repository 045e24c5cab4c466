import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Result } from './result.ts';
import type { WireColumn, WireRow } from './wire.ts';

/** A wire text as a value that tests compare: whole numbers as bigint beyond 2^53, times as ISO texts, the rest as it is. */
function readValue(text: string | null, { type, scale }: WireColumn): unknown {
  if (text === null) return null;
  switch (type) {
    case 'fixed':
      return scale === 0 && !Number.isSafeInteger(Number(text)) ? BigInt(text) : Number(text);
    case 'real':
      return Number(text);
    case 'boolean':
      return text === '1';
    case 'date':
      return new Date(Number(text) * 86_400_000).toISOString().slice(0, 10);
    case 'timestamp_ntz':
    case 'timestamp_tz':
      return new Date(Number(text.split(' ')[0]) * 1000).toISOString();
    default:
      return text;
  }
}

/** All rows of a result as objects. */
export async function rowsOf({ columns, rows, chunks }: Result): Promise<readonly Record<string, unknown>[]> {
  const all: WireRow[] = [...rows];
  for (const { path } of chunks) all.push(...(JSON.parse(`[${gunzipSync(await readFile(path)).toString('utf8')}]`) as WireRow[]));
  return all.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column.name, readValue(row[index] ?? null, column)])),
  );
}
