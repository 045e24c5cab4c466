/** Comma-separated text by RFC 4180, for small files that people edit. */

export interface CsvRecord {
  /** Its number, from 1; blank lines count, so that it is a spreadsheet's. */
  readonly row: number;
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** All records, blank lines left out; a byte order mark and any line end are fine. Gives the line of a quote that is never closed. */
export function parseCsv(text: string): { records: readonly CsvRecord[]; openQuoteLine?: number } {
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
  for (let index = text.startsWith('\uFEFF') ? 1 : 0; index < text.length; index++) {
    const character = text[index];
    if (character === '\n') line++;
    if (quotedAt !== null) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') cell += text[++index];
      else quotedAt = null;
    } else if (character === '"' && cell === '') {
      quotedAt = line;
      wasQuoted = true;
    } else if (character === ',') endCell();
    else if (character === '\n') {
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
