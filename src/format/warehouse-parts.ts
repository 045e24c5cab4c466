import type { IdentifierType } from '../identity/identifier-type.ts';
import { checkContext, checkLayout } from './check-layout.ts';
import { canNameParts, checksumsInName, fileName } from './file-name.ts';
import type { FileContext, Layout } from './layout.ts';
import { mostBytes } from './line-bytes.ts';
import { headerBytes, type TypeRun } from './pack-file.ts';
import { refuseLongRow } from './row-length.ts';

/** Lines that are to become one partner's file, or several. */
export interface FileLines {
  readonly runs: readonly TypeRun[];
  readonly layout: Layout;
  readonly context: FileContext;
  /** The file's one type, where the layout has a file for each. */
  readonly identifierType?: IdentifierType | undefined;
}

/** A file that a warehouse is to write: rows `from` (counted from 0) to `to` (not included) of the lines. */
export interface WarehousePart {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The files into which a warehouse can write lines by itself, with the names and parts that `packFile` gives them; null where it cannot:
 * because they are encrypted, named after their content or end without a line end, or because one of them could have more bytes than
 * it writes into a file (`maxBytes`). Parts are even, and the limits hold even if every identifier is as long as one can be; where bytes
 * decide about them there may be more parts than `packFile` makes. Layouts and segments that cannot be written are refused as there.
 */
export function warehouseParts({ runs, layout, context, identifierType }: FileLines, maxBytes: number): WarehousePart[] | null {
  checkLayout(layout);
  checkContext(layout, context);
  if (layout.pgpPublicKey !== undefined || !layout.finalNewline || checksumsInName(layout).length > 0) return null;
  const header = headerBytes(layout, context, identifierType);
  refuseLongRow(header, 0, header.length - 1, layout.limits.maxRowCharacters);
  const longest = Math.max(...runs.map(({ type }) => mostBytes(layout, context, [{ type, rows: 1 }])));
  const most = Math.min(layout.limits.maxRows, Math.floor((layout.limits.maxBytes - header.length) / longest));
  const rows = runs.reduce((sum, run) => sum + run.rows, 0);
  // That is for `packFile` to say.
  if (most < 1 || (rows > most && !canNameParts(layout))) return null;
  const parts: WarehousePart[] = [];
  for (let from = 0; from < rows; ) {
    const rest = rows - from;
    const to = from + Math.ceil(rest / Math.ceil(rest / most));
    if (header.length + (to - from) * longest > maxBytes || to - from < layout.limits.minRows) return null;
    parts.push({ name: fileName(layout, context, parts.length + 1, identifierType), from, to });
    from = to;
  }
  return parts;
}
