import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { withResource } from '../../lib/with-resource.ts';
import type { PutRequest } from '../stage.ts';
import { stageVerify } from '../staging-errors.ts';

const MIB = 1 << 20;
const DEFAULT_PART_MIB = 8;
// S3 takes 10,000 parts; the distance is for rounding.
const MOST_PARTS = 9500;
// Parts are held in memory while they are sent.
const MOST_MEMORY_BYTES = 512 * MIB;

/** Size of every part but the last: at least 8 MiB or what was configured, and so large that 9,500 parts are enough. */
export function partBytes(fileBytes: number, configuredMiB = DEFAULT_PART_MIB): number {
  return Math.max(configuredMiB * MIB, Math.ceil(fileBytes / MOST_PARTS / MIB) * MIB);
}

/** Parts that may be in flight at once: as configured, within 512 MiB of memory, and at least one. */
export function partsInFlight(partSize: number, concurrency: number): number {
  return Math.max(1, Math.min(concurrency, Math.floor(MOST_MEMORY_BYTES / partSize)));
}

export interface Part {
  /** Counted from 1. */
  readonly number: number;
  readonly body: Buffer;
  /** Reads the same bytes from the file again, for when what arrived was damaged. */
  reread(): Promise<Buffer>;
}

/**
 * Reads a finished file as parts, in order, and hashes it on the way. After the last part it throws `stage_verify` unless
 * size and SHA-256 are the expected ones, so that nothing is completed from a file that changed. An empty file is one part.
 */
export async function* partsOf(request: PutRequest, partSize: number): AsyncGenerator<Part> {
  const { path, bytes, key, sha256 } = request;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size !== bytes) throw stageVerify(key, `the file has ${size} bytes instead of ${bytes}`);
    const hash = createHash('sha256');
    for (let number = 1, start = 0; number === 1 || start < size; number += 1, start += partSize) {
      const length = Math.min(partSize, size - start);
      const body = await readAt(file, start, length, key);
      hash.update(body);
      if (start + length === size && hash.digest('hex') !== sha256)
        throw stageVerify(key, 'the SHA-256 of the file is not the expected one');
      // The last parts are still being sent after this file handle has been closed, hence one of its own.
      const reread = () => withResource(open(path, 'r'), (again) => readAt(again, start, length, key));
      yield { number, body, reread };
    }
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, start: number, length: number, key: string): Promise<Buffer> {
  const body = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(body, filled, length - filled, start + filled);
    if (bytesRead === 0) throw stageVerify(key, 'the file became shorter while it was read');
    filled += bytesRead;
  }
  return body;
}
