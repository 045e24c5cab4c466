/** Comma-separated text by RFC 4180, or with another sign between the cells, for small files that people edit. */

export interface CsvRecord {
  /** Its number, from 1; blank lines count, so that it is a spreadsheet's. */
  readonly row: number;
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** All records, blank lines left out; a byte order mark and any line end are fine. Gives the line of a quote that is never closed. */
export function parseCsv(text: string, delimiter = ','): { records: readonly CsvRecord[]; openQuoteLine?: number } {
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let cell = '';
  let row = 1;
  let line = 1;
  let startLine = 1;
  let quotedAt: number | null = null;
  let wasQuoted = false;
  const endCell = () => {
    cells.push(cell);
    cell = '';
  };
  const endRecord = () => {
    endCell();
    if (cells.length > 1 || cells[0] !== '' || wasQuoted) records.push({ row, line: startLine, cells });
    row++;
    cells = [];
    wasQuoted = false;
  };
  // Text between signs is taken as a whole: a sign after the other would take seconds for a large file.
  const signs = new RegExp(`["\\r\\n${delimiter}]`, 'g');
  const nextSign = (from: number): number => {
    signs.lastIndex = from;
    return signs.exec(text)?.index ?? text.length;
  };
  for (let index = text.startsWith('\uFEFF') ? 1 : 0; index < text.length; index++) {
    const quote = quotedAt === null ? -1 : text.indexOf('"', index);
    const end = quotedAt === null ? nextSign(index) : quote === -1 ? text.length : quote;
    const run = text.slice(index, end);
    cell += run;
    if (quotedAt !== null) line += run.split('\n').length - 1;
    index = end;
    const character = text[index];
    if (character === undefined) break;
    if (quotedAt !== null) {
      if (text[index + 1] === '"') cell += text[++index];
      else quotedAt = null;
    } else if (character === '"' && cell === '') {
      quotedAt = line;
      wasQuoted = true;
    } else if (character === delimiter) endCell();
    else if (character === '\n') {
      line++;
      endRecord();
      startLine = line;
    } else if (character !== '\r' || text[index + 1] !== '\n') cell += character;
  }
  if (quotedAt !== null) return { records, openQuoteLine: quotedAt };
  if (cell !== '' || cells.length > 0 || wasQuoted) endRecord();
  return { records };
}

/** One record with its line end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}
