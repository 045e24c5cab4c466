import { parseCsv } from '../../config/csv.ts';
import type { StoreListFormat } from '../../shapes/config/store-lists.ts';

/** What people's programs put between cells. */
const DELIMITERS = [',', '\t', ';', '|'] as const;

export interface TextRows {
  readonly format: StoreListFormat;
  readonly rows: readonly (readonly string[])[];
  /** The line of a quote that is never closed: what follows it cannot be read. */
  readonly openQuoteLine?: number | undefined;
}

/** The rows of delimited text; null when the bytes are no text. */
export function textRows(bytes: Buffer): TextRows | null {
  const text = textOf(bytes);
  if (text === null) return null;
  const delimiter = delimiterOf(text);
  const { records, openQuoteLine } = parseCsv(text, delimiter);
  return {
    format: delimiter === '\t' ? 'tsv' : 'csv',
    rows: records.map(({ cells }) => cells.map((cell) => cell.trim())).filter((cells) => cells.some((cell) => cell !== '')),
    openQuoteLine,
  };
}

/** UTF-8, UTF-16 with its mark, or what Windows writes where it is not told; text has no control characters but those of lines. */
function textOf(bytes: Buffer): string | null {
  const text = decoded(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not have.
  return /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) || /^\uFEFF?\s*</.test(text) ? null : text;
}

function decoded(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The sign that the first lines have most evenly: as often in each, and the most cells. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, 65_536);
  const scores = DELIMITERS.map((delimiter) => {
    const counts = parseCsv(sample, delimiter)
      .records.slice(0, 10)
      .map(({ cells }) => cells.length);
    const [first = 1] = counts;
    const even = counts.filter((count) => count === first).length / Math.max(1, counts.length);
    return { delimiter, score: first > 1 ? even * Math.min(first, 50) : 0 };
  });
  const best = scores.reduce((left, right) => (right.score > left.score ? right : left));
  return best.score > 0 ? best.delimiter : ',';
}
