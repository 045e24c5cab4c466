import type { ZipEntries } from './zip-entries.ts';

/** Unpacked, a sheet beyond this is kept unread: reading it would hold up the whole server. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The rows of the first sheet that have something in them, as texts; null when it cannot be read. */
export function xlsxRows(zip: ZipEntries): readonly (readonly string[])[] | null {
  const path = firstSheet(zip);
  const sheet = path === null ? null : zip.read(path, MOST_BYTES)?.toString('utf8');
  if (sheet === null || sheet === undefined) return null;
  const shared = sharedTexts(zip);
  if (shared === null) return null;
  const rows: (readonly string[])[] = [];
  for (const [, row = ''] of sheet.matchAll(/<(?:\w+:)?row\b[^>]*?(?:\/>|>(.*?)<\/(?:\w+:)?row>)/gs)) {
    const cells = cellsOf(row, shared);
    if (cells.some((cell) => cell !== '')) rows.push(cells);
  }
  return rows;
}

function firstSheet(zip: ZipEntries): string | null {
  const book = zip.read('xl/workbook.xml', MOST_BYTES)?.toString('utf8') ?? '';
  const id = /<(?:\w+:)?sheet\b[^>]*?\b\w+:id="([^"]+)"/.exec(book)?.[1];
  const links = zip.read('xl/_rels/workbook.xml.rels', MOST_BYTES)?.toString('utf8') ?? '';
  for (const [link] of links.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)) {
    if (attribute(link, 'Id') !== id) continue;
    const target = attribute(link, 'Target') ?? '';
    return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  }
  return null;
}

const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

/** Texts that cells refer to by number. A book whose cells are all numbers has none. */
function sharedTexts(zip: ZipEntries): readonly string[] | null {
  if (!zip.names.includes('xl/sharedStrings.xml')) return [];
  const xml = zip.read('xl/sharedStrings.xml', MOST_BYTES)?.toString('utf8');
  if (xml === undefined) return null;
  return [...xml.matchAll(/<(?:\w+:)?si\b[^>]*?(?:\/>|>(.*?)<\/(?:\w+:)?si>)/gs)].map(([, item = '']) => textOf(item));
}

function cellsOf(row: string, shared: readonly string[]): readonly string[] {
  const cells: string[] = [];
  for (const [, attributes = '', content = ''] of row.matchAll(/<(?:\w+:)?c\b([^>]*?)(?:\/>|>(.*?)<\/(?:\w+:)?c>)/gs)) {
    const column = columnOf(/\sr="([A-Z]{1,3})\d+"/.exec(attributes)?.[1]) ?? cells.length;
    while (cells.length < column) cells.push('');
    const type = attribute(attributes, 't');
    const value = decoded(/<(?:\w+:)?v\b[^>]*>(.*?)<\/(?:\w+:)?v>/s.exec(content)?.[1] ?? '');
    cells[column] = (type === 's' ? (shared[Number(value)] ?? '') : type === 'inlineStr' ? textOf(content) : value).trim();
  }
  return cells;
}

/** `A` is 0, `AA` is 26. No sheet has more columns than three letters name. */
function columnOf(letters: string | undefined): number | null {
  if (letters === undefined) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0) - 1;
}

/** The text of a cell, which may be in pieces; how it is to be pronounced is left out. */
function textOf(xml: string): string {
  const spoken = xml.replaceAll(/<(?:\w+:)?rPh\b.*?<\/(?:\w+:)?rPh>/gs, '');
  return [...spoken.matchAll(/<(?:\w+:)?t\b[^>]*?(?:\/>|>(.*?)<\/(?:\w+:)?t>)/gs)].map(([, text = '']) => decoded(text)).join('');
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function decoded(xml: string): string {
  return xml.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|quot|apos|amp));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
