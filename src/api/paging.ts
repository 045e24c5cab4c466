import type { z } from 'zod';
import { configError } from '../errors.ts';

/** Pages by position in the order, not by number: what is added meanwhile neither repeats nor hides a row. */

/** The cursor of a position. It means nothing to the caller, and holds nothing that the rows before it did not show. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The position that a cursor stands for. What this server did not make is a `config` error `cursor_invalid`. */
export function decodeCursor<Schema extends z.ZodType>(cursor: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  throw configError('cursor_invalid', 'The cursor is not one that this server gave.', {
    hint: 'Follow the link `next` of the page before, or leave the cursor out to begin anew.',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Cuts what was asked for with one row too many into a page and the link to the next one: the request's own path and query with
 * another cursor.
 */
export function page<Row>(
  rows: readonly Row[],
  limit: number,
  url: string,
  position: (row: Row) => unknown,
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { rows: shown, next: null };
  const { pathname, searchParams } = new URL(url);
  searchParams.set('cursor', encodeCursor(position(last)));
  return { rows: shown, next: `${pathname}?${searchParams}` };
}
