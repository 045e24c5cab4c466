import { open } from 'node:fs/promises';
import { rowTooLong } from './row-length.ts';

const READ_BYTES = 1_048_576;
const LF = 10;
/** Of one character in UTF-8. */
const MAX_BYTES = 4;

interface LineBlocksOptions {
  /** Keeps a file without line ends from filling the memory. */
  readonly maxRowCharacters: number;
  readonly signal: AbortSignal;
  /** Told the bytes read so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** Reads a file of LF ended lines, once and ahead, in blocks of whole lines of about a megabyte. */
export async function* lineBlocks(path: string, options: LineBlocksOptions): AsyncGenerator<Buffer> {
  const maxRowBytes = options.maxRowCharacters * MAX_BYTES;
  const file = await open(path, 'r');

  async function readChunk(): Promise<Buffer> {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES);
    return buffer.subarray(0, bytesRead);
  }

  let ahead = readChunk();
  try {
    let rest: Buffer = Buffer.alloc(0);
    let read = 0;
    for (;;) {
      options.signal.throwIfAborted();
      const chunk = await ahead;
      if (chunk.length === 0) break;
      ahead = readChunk();
      // Its failure is seen in its turn; until then it must not count as unhandled.
      ahead.catch(() => undefined);
      read += chunk.length;
      const end = chunk.lastIndexOf(LF) + 1;
      if (end > 0) yield Buffer.concat([rest, chunk.subarray(0, end)]);
      rest = end > 0 ? chunk.subarray(end) : Buffer.concat([rest, chunk]);
      if (rest.length > maxRowBytes) throw rowTooLong(options.maxRowCharacters);
      options.onProgress?.(read);
    }
    if (rest.length > 0) throw new Error('The file of lines does not end with a line feed: it was not written to its end.');
  } finally {
    await ahead.catch(() => undefined);
    await file.close();
  }
}
