import { inflateRawSync } from 'node:zlib';

/** The files of a zip archive that is held in memory, as spreadsheets are: no encryption, no parts, no more than 4 GiB. */
export interface ZipEntries {
  readonly names: readonly string[];
  /** The bytes of a file; null when there is none of that name, or it is damaged or larger than `most`. */
  read(name: string, most: number): Buffer | null;
}

const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;

interface Entry {
  readonly method: number;
  readonly packedBytes: number;
  readonly at: number;
}

/** Reads the directory of an archive; null when the bytes are none. */
export function zipEntries(bytes: Buffer): ZipEntries | null {
  if (bytes.length < END_BYTES || bytes.readUInt32LE(0) !== LOCAL) return null;
  const end = endOf(bytes);
  if (end === null) return null;
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + ENTRY_BYTES > bytes.length || bytes.readUInt32LE(at) !== ENTRY) return null;
    const nameBytes = bytes.readUInt16LE(at + 28);
    const next = at + ENTRY_BYTES + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    entries.set(bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes), {
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    });
    at = next;
  }
  return {
    names: [...entries.keys()],
    read(name, most) {
      const entry = entries.get(name);
      return entry === undefined ? null : unpacked(bytes, entry, most);
    },
  };
}

/** Where the end of the directory is told: behind everything but a comment. */
function endOf(bytes: Buffer): number | null {
  const first = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
  for (let at = bytes.length - END_BYTES; at >= first; at -= 1) if (bytes.readUInt32LE(at) === END) return at;
  return null;
}

function unpacked(bytes: Buffer, { method, packedBytes, at }: Entry, most: number): Buffer | null {
  if (at + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(at) !== LOCAL) return null;
  const start = at + LOCAL_BYTES + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const packed = bytes.subarray(start, start + packedBytes);
  if (method === 0) return packed.length <= most ? packed : null;
  if (method !== 8) return null;
  try {
    return inflateRawSync(packed, { maxOutputLength: most });
  } catch {
    // Damaged, or larger than anybody's list of stores.
    return null;
  }
}
