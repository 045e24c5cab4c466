import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { withResource } from '../../lib/with-resource.ts';
import type { Part } from '../../s3/parts.ts';
import type { PutRequest } from '../stage.ts';
import { stageVerify } from '../staging-errors.ts';

/**
 * Reads a finished file as parts, in order, and hashes it on the way. Before the last part it throws `stage_verify` unless
 * size and SHA-256 are the expected ones, so that nothing is completed from a file that changed. An empty file is one part.
 */
export async function* fileParts(request: PutRequest, partSize: number): AsyncGenerator<Part> {
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
