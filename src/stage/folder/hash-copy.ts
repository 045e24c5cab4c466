import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { withResource } from '../../lib/with-resource.ts';

const CHUNK_BYTES = 1 << 20;

interface Hashed {
  readonly bytes: number;
  readonly sha256: string;
}

interface Options {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** Reads a file once from its start: counts and hashes it, and copies it into `target` when there is one. */
export async function hashCopy(source: FileHandle, target: FileHandle | null, options: Options = {}): Promise<Hashed> {
  const hash = createHash('sha256');
  const { size } = await source.stat();
  // One byte more, so that the end of a small file needs no second look.
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size + 1));
  let bytes = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    const { bytesRead } = await source.read(chunk, 0, chunk.length, bytes);
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
    const read = chunk.subarray(0, bytesRead);
    hash.update(read);
    if (target !== null) await writeAll(target, read, bytes);
    bytes += bytesRead;
    options.onProgress?.(bytes);
  }
}

/** Hashes a file by its path. */
export function hashFile(path: string, signal?: AbortSignal): Promise<Hashed> {
  return withResource(open(path, 'r'), (file) => hashCopy(file, null, { signal }));
}

async function writeAll(target: FileHandle, data: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < data.length) {
    const { bytesWritten } = await target.write(data, written, data.length - written, position + written);
    written += bytesWritten;
  }
}
