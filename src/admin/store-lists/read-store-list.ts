import { configError } from '../../errors.ts';
import type { StoreListFormat } from '../../shapes/config/store-lists.ts';
import { textRows } from './text-rows.ts';
import { xlsxRows } from './xlsx-rows.ts';
import { zipEntries } from './zip-entries.ts';

/** A list of stores as it was read. */
export interface StoreList {
  readonly format: StoreListFormat;
  /** Names of the columns; null when there are none, or it was not read. */
  readonly header: readonly string[] | null;
  /** Rows below the header; null when it was not read. */
  readonly rows: number | null;
  /** The first of them. */
  readonly sample: readonly (readonly string[])[];
}

const SAMPLE_ROWS = 5;
const SAMPLE_COLUMNS = 50;
const SAMPLE_LENGTH = 200;

/** How old workbooks begin, and what the part with the sheets is called in them. */
const COMPOUND = 'd0cf11e0a1b11ae1';
const BOOKS = ['Workbook', 'Book'].map((name) => Buffer.from(name, 'utf16le'));

/**
 * Reads a list by its content, whatever its name says. `config` errors: `store_list_unreadable` when it is no list, `store_list_empty` when
 * it has no row. Old workbooks (.xls), and new ones that cannot be read, are taken as they are.
 */
export function readStoreList(bytes: Buffer): StoreList {
  if (bytes.length === 0) throw empty('The file is empty.');
  const zip = zipEntries(bytes);
  if (zip !== null) {
    if (!zip.names.includes('xl/workbook.xml')) throw unreadable('The file is an archive and not a workbook.');
    const rows = xlsxRows(zip);
    return rows === null ? unread('xlsx') : listOf('xlsx', rows);
  }
  if (bytes.subarray(0, 8).toString('hex') === COMPOUND) {
    if (BOOKS.some((name) => bytes.includes(name))) return unread('xls');
    throw unreadable('The file is a document of another kind than a workbook.');
  }
  const text = textRows(bytes);
  if (text === null) throw unreadable('The file is neither text nor a workbook.');
  if (text.openQuoteLine !== undefined) throw unreadable(`The quote that opens in line ${text.openQuoteLine} is never closed.`);
  return listOf(text.format, text.rows);
}

const unread = (format: StoreListFormat): StoreList => ({ format, header: null, rows: null, sample: [] });

function listOf(format: StoreListFormat, rows: readonly (readonly string[])[]): StoreList {
  const [first] = rows;
  const header = first !== undefined && isHeader(first) ? first : null;
  const below = header === null ? rows : rows.slice(1);
  if (below.length === 0) throw empty(header === null ? 'The file has no rows.' : 'The file has a header and no rows.');
  const sample = below.slice(0, SAMPLE_ROWS);
  return {
    format,
    header: header === null ? null : shown(header),
    rows: below.length,
    sample: sample.map(shown),
  };
}

const shown = (cells: readonly string[]): readonly string[] =>
  cells.slice(0, SAMPLE_COLUMNS).map((cell) => cell.slice(0, SAMPLE_LENGTH));

/** Words of which columns of a list of stores are made. */
const WORDS =
  /(?:^|[^a-z])(?:store|shop|name|location|address|addr|street|city|town|state|province|region|zip|zipcode|postal|postcode|country|county|lat|latitude|lon|lng|long|longitude|phone|brand|banner|dma|market|number|id|code)(?:$|[^a-z])/i;

/** Column names: some of the usual ones, and no cell that is a bare number. */
function isHeader(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '');
  const isNumber = (cell: string): boolean => /^[-+]?[\d.,\s-]+$/.test(cell);
  const isName = (cell: string): boolean =>
    !/\d/.test(cell) && WORDS.test(cell.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' '));
  return !filled.some(isNumber) && filled.some(isName);
}

function unreadable(message: string): Error {
  return configError('store_list_unreadable', message, { hint: 'Save the list as .csv or .xlsx and hand it in again.' });
}

function empty(message: string): Error {
  return configError('store_list_empty', message, { hint: 'Hand in a list with one row for each store.' });
}
