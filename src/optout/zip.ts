import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { rejectedError } from '../errors.ts';

/**
 * Reading ZIP archives (PKWARE APPNOTE 6.3): plain and deflated entries, of archives below 4 GiB in one part and without encryption,
 * which is what partners send. Whatever else, or a byte that is not as it should be, is a `rejected` error `zip_unreadable`.
 */

export interface ZipEntry {
  readonly name: string;
  /** The content; its length and CRC-32 are proven once it has been read to its end. */
  open(): AsyncIterable<Uint8Array>;
}

const END_BYTES = 22;
const LONGEST_COMMENT = 0xff_ff;
const MOST_ENTRIES = 1000;
const MOST_DIRECTORY_BYTES = 1024 * 1024;

/** Lists an archive from its central directory, which comes last and alone says what is in it. */
export async function readZip(path: string): Promise<readonly ZipEntry[]> {
  const { size } = await stat(path);
  const tail = await bytesAt(path, Math.max(0, size - END_BYTES - LONGEST_COMMENT), size);
  const at = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (at < 0 || at + END_BYTES > tail.length) throw unreadable('has no directory');
  const [disk, count] = [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 10)];
  const [bytes, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (disk !== 0 || count > MOST_ENTRIES || bytes > MOST_DIRECTORY_BYTES || offset + bytes > size)
    throw unreadable('is of a kind that is not read');
  const directory = await bytesAt(path, offset, offset + bytes);
  const entries: ZipEntry[] = [];
  for (let start = 0; start < directory.length; ) {
    const { entry, length } = directoryEntry(path, directory, start);
    entries.push(entry);
    start += length;
  }
  if (entries.length !== count) throw unreadable('has an incomplete directory');
  return entries;
}

function directoryEntry(path: string, directory: Buffer, at: number): { entry: ZipEntry; length: number } {
  const isThere = at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02_01_4b_50;
  if (!isThere) throw unreadable('has a damaged directory');
  const [flags, method] = [directory.readUInt16LE(at + 8), directory.readUInt16LE(at + 10)];
  const [crc, packed, size] = [16, 20, 24].map((from) => directory.readUInt32LE(at + from)) as [number, number, number];
  const [nameBytes, extra, comment] = [28, 30, 32].map((from) => directory.readUInt16LE(at + from)) as [number, number, number];
  const header = directory.readUInt32LE(at + 42);
  const length = 46 + nameBytes + extra + comment;
  if (at + length > directory.length) throw unreadable('has a damaged directory');
  if ((flags & 1) !== 0 || (method !== 0 && method !== 8) || [packed, size, header].includes(0xff_ff_ff_ff)) {
    throw unreadable('has an entry of a kind that is not read');
  }
  const name = directory.toString('utf8', at + 46, at + 46 + nameBytes);
  return { entry: { name, open: () => content({ path, header, packed, size, crc, isDeflated: method === 8 }) }, length };
}

interface Content {
  readonly path: string;
  /** Where the entry's own header begins, which repeats the name and may have more behind it. */
  readonly header: number;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  readonly isDeflated: boolean;
}

async function* content({ path, header, packed, size, crc, isDeflated }: Content): AsyncIterable<Uint8Array> {
  const local = await bytesAt(path, header, header + 30);
  if (local.length < 30 || local.readUInt32LE(0) !== 0x04_03_4b_50) throw unreadable('has a damaged entry');
  const start = header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  let [bytes, sum] = [0, 0];
  if (packed > 0) {
    const stored = createReadStream(path, { start, end: start + packed - 1 });
    try {
      // A failure of either stream ends the iteration, so the callback has nothing to say.
      for await (const chunk of isDeflated ? pipeline(stored, createInflateRaw(), () => {}) : stored) {
        bytes += (chunk as Buffer).length;
        if (bytes > size) break;
        sum = crc32(chunk as Buffer, sum);
        yield chunk as Buffer;
      }
    } catch (error) {
      throw isZlibError(error) ? unreadable('has a damaged entry', error) : error;
    } finally {
      stored.destroy();
    }
  }
  if (bytes !== size || sum !== crc) throw unreadable('has a damaged entry');
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

async function bytesAt(path: string, from: number, to: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function unreadable(what: string, cause?: unknown): Error {
  return rejectedError('zip_unreadable', `The archive ${what}.`, {
    hint: 'Have it sent again; if it stays so, ask the partner.',
    cause,
  });
}
