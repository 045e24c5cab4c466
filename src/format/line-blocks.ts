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

/** Reads a file of LF ended lines, once, in blocks of whole lines of about a megabyte. */
export async function* lineBlocks(path: string, options: LineBlocksOptions): AsyncGenerator<Buffer> {
  const maxRowBytes = options.maxRowCharacters * MAX_BYTES;
  const file = await open(path, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    let read = 0;
    for (;;) {
      options.signal.throwIfAborted();
      const buffer = Buffer.allocUnsafe(rest.length + READ_BYTES);
      buffer.set(rest);
      const { bytesRead } = await file.read(buffer, rest.length, READ_BYTES);
      if (bytesRead === 0) break;
      read += bytesRead;
      const filled = buffer.subarray(0, rest.length + bytesRead);
      const end = filled.lastIndexOf(LF) + 1;
      rest = filled.subarray(end);
      if (rest.length > maxRowBytes) throw rowTooLong(options.maxRowCharacters);
      if (end > 0) yield filled.subarray(0, end);
      options.onProgress?.(read);
    }
    if (rest.length > 0) throw new Error('The file of lines does not end with a line feed: it was not written to its end.');
  } finally {
    await file.close();
  }
}
