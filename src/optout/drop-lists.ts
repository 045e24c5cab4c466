import { rejectedError } from '../errors.ts';
import type { ZipEntry } from './zip.ts';

/** The lists in an archive of DROP: `20260312_4821_MAID.csv` with `ID,Hash`, and one of what was taken back. */

/** Lists of ids that device columns hold. Whether a hash is theirs, the warehouse can tell. */
export const DEVICE_LISTS = ['MAID', 'CTVID'] as const;
export type DeviceList = (typeof DEVICE_LISTS)[number];

export interface DropList {
  /** Its file, by whose name it is answered. */
  readonly file: string;
  /** `MAID`, `CTVID`, or one that device columns cannot answer: `Email`, `Phone`, `NDZ`, `NameVIN`. */
  readonly type: string;
  readonly entry: ZipEntry;
}

export interface DropRow {
  /** The request's id, for the answer; case matters. */
  readonly id: string;
  /** SHA-256 in base64. */
  readonly hash: string;
  /** Of a row that was taken back: the list that it was on. */
  readonly type: string;
}

const FILE_NAME = /^(\d{8}_\d+)_([A-Za-z]+)\.csv$/;
const ROW = /^([A-Za-z0-9]{1,32}),([A-Za-z0-9+/]{43}=)(?:,([A-Za-z]+))?$/;
const HEADERS = { list: 'ID,Hash', removed: 'ID,Hash,ListType' } as const;
const BATCH = 1000;
const LONGEST_LINE = 1024;

/** The lists and, where there is one, the file of removed rows. A file of another name is `rejected`: nothing is passed over unseen. */
export function listsOf(entries: readonly ZipEntry[]): {
  readonly lists: readonly DropList[];
  readonly removed: DropList | null;
} {
  const files = entries.map((entry): DropList => {
    const [, , type] = FILE_NAME.exec(entry.name) ?? [];
    if (type === undefined) {
      throw rejectedError('drop_unreadable', 'The archive of DROP holds a file whose name is not understood.', { hint: ASK });
    }
    return { file: entry.name, type, entry };
  });
  return { lists: files.filter(({ type }) => type !== 'Removed'), removed: files.find(({ type }) => type === 'Removed') ?? null };
}

/** Rows in batches of a thousand. A line that is not as it should be is `rejected`, by its number. */
export async function* rowsOf(list: DropList): AsyncIterable<readonly DropRow[]> {
  const isRemoved = list.type === 'Removed';
  let number = 0;
  let batch: DropRow[] = [];
  for await (const line of linesOf(list.entry.open())) {
    number += 1;
    if (number === 1) {
      if (line !== (isRemoved ? HEADERS.removed : HEADERS.list)) throw unreadable(list, number);
      continue;
    }
    const [, id, hash, type] = ROW.exec(line) ?? [];
    if (id === undefined || hash === undefined || isRemoved !== (type !== undefined)) throw unreadable(list, number);
    batch.push({ id, hash, type: type ?? list.type });
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (number === 0) throw unreadable(list, 1);
  if (batch.length > 0) yield batch;
}

/** Lines without their ends; a mark of UTF-8 before the first and an end after the last are left out. */
async function* linesOf(content: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let begun = '';
  for await (const chunk of content) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    begun += first;
    for (const next of others) {
      yield begun.replace(/\r$/, '');
      begun = next;
    }
    // Whatever is that long is no list; it fails as a line.
    if (begun.length > LONGEST_LINE) break;
  }
  if (begun !== '') yield begun.replace(/\r$/, '');
}

const ASK = 'Nothing was changed. Ask DROP; if the form of its lists has changed, Aquarius has to follow.';

function unreadable({ file }: DropList, line: number): Error {
  return rejectedError('drop_unreadable', `Line ${line} of ${file} is not as DROP describes it.`, { hint: ASK });
}
