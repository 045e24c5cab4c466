import { open } from 'node:fs/promises';
import { rowTooLong } from './row-length.ts';

const READ_BYTES = 1_048_576;
const LF = 10;
/** Of one character in UTF-8. */
const MAX_BYTES = 4;

export interface LineBlocksOptions {
  /** Keeps a file without line ends from filling the memory. */
  readonly maxRowCharacters: number;
  readonly signal: AbortSignal;
  /** Told the bytes read so far. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** Reads a file of LF ended lines, once, in blocks of whole lines of about a megabyte. */
export async function* lineBlocks(path: string, options: LineBlocksOptions): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    // One byte more, so that the end of a small file is seen without another buffer.
    const readBytes = Math.min(READ_BYTES, size + 1);
    yield* blocksOfLines((into, from) => file.read(into, from).then(({ bytesRead }) => bytesRead), readBytes, options);
  } finally {
    await file.close();
  }
}

/** The same of lines that come in chunks of any size. */
export async function* lineBlocksOf(chunks: AsyncIterable<Uint8Array>, options: LineBlocksOptions): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  let chunk: Uint8Array = Buffer.alloc(0);
  async function fill(into: Buffer, from: number): Promise<number> {
    let at = from;
    while (at < into.length) {
      if (chunk.length === 0) {
        const next = await source.next();
        if (next.done === true) break;
        chunk = next.value;
      }
      const taken = chunk.subarray(0, into.length - at);
      into.set(taken, at);
      chunk = chunk.subarray(taken.length);
      at += taken.length;
    }
    return at - from;
  }
  try {
    yield* blocksOfLines(fill, READ_BYTES, options);
  } finally {
    await source.return?.();
  }
}

/** `read` fills a buffer from an offset on, and gives the number of bytes that it took: 0 at the end. */
async function* blocksOfLines(
  read: (into: Buffer, from: number) => Promise<number>,
  readBytes: number,
  options: LineBlocksOptions,
): AsyncGenerator<Buffer> {
  const maxRowBytes = options.maxRowCharacters * MAX_BYTES;
  let rest: Buffer = Buffer.alloc(0);
  let done = 0;
  for (;;) {
    options.signal.throwIfAborted();
    const buffer = Buffer.allocUnsafe(rest.length + readBytes);
    buffer.set(rest);
    const bytesRead = await read(buffer, rest.length);
    if (bytesRead === 0) break;
    done += bytesRead;
    const filled = buffer.subarray(0, rest.length + bytesRead);
    const end = filled.lastIndexOf(LF) + 1;
    rest = filled.subarray(end);
    if (rest.length > maxRowBytes) throw rowTooLong(options.maxRowCharacters);
    if (end > 0) yield filled.subarray(0, end);
    options.onProgress?.(done);
  }
  if (rest.length > 0) throw new Error('The lines do not end with a line feed: they were not written to their end.');
}
