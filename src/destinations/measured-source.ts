import { createHash } from 'node:crypto';
import { ReadStream } from 'node:fs';
import { AquariusError, rejectedError, transientError } from '../errors.ts';
import type { ReadableFile } from './destination.ts';
import { releaseBuffer } from './release-buffer.ts';

/** Bytes at the end of a file that are kept for comparison. */
export const TAIL_BYTES = 64 * 1024;

/** The bytes of a staged file as they pass, proven at the end to be those of the manifest. */
export interface MeasuredSource {
  /** Pieces of at most `size` bytes, full but for the last. A piece is valid until the next one is asked for. */
  pieces(size: number): AsyncIterable<Buffer>;
  /** The last `TAIL_BYTES`, once all pieces have passed. */
  tail(): Buffer;
  /** Ends a wait for the source with this error. */
  stop(error: unknown): void;
}

/**
 * Opens a staged file. A stream that ends early, or holds other bytes than the manifest says, is an error after its last piece: a
 * truncated upload never looks like a finished one.
 */
export async function openMeasured(file: ReadableFile, signal: AbortSignal): Promise<MeasuredSource> {
  const source = await file.open(signal);
  // An error while nobody is reading, as after `stop`, is nobody's.
  source.on('error', () => {});
  // Streams of node:fs hand each buffer over for good; of others that is not known.
  const isFile = source instanceof ReadStream;
  const hash = createHash('sha256');
  const last: Buffer[] = [];
  let lastBytes = 0;
  let bytes = 0;
  let stopped: { readonly error: unknown } | undefined;

  function measure(data: Buffer): void {
    hash.update(data);
    bytes += data.length;
    lastBytes += data.length;
    last.push(data);
    for (let first = last[0]; first !== undefined && lastBytes - first.length >= TAIL_BYTES; first = last[0]) {
      lastBytes -= first.length;
      last.shift();
      if (isFile) releaseBuffer(first);
    }
  }

  async function* measured(): AsyncIterable<Buffer> {
    try {
      for await (const data of source as AsyncIterable<Buffer>) {
        measure(data);
        yield data;
      }
    } catch (error) {
      throw stopped === undefined ? unreadable(file, error, signal) : stopped.error;
    }
    if (bytes !== file.bytes) throw wrongSize(file, bytes);
    if (hash.digest('hex') !== file.sha256) throw wrongBytes(file);
  }

  async function* pieces(most: number): AsyncIterable<Buffer> {
    const size = Math.max(1, Math.min(most, file.bytes));
    const buffer = Buffer.allocUnsafe(size);
    let filled = 0;
    for await (const data of measured()) {
      let used = 0;
      while (used < data.length) {
        if (filled === 0 && data.length - used >= size) {
          yield data.subarray(used, used + size);
          used += size;
          continue;
        }
        const copied = data.copy(buffer, filled, used, used + size - filled);
        filled += copied;
        used += copied;
        if (filled < size) continue;
        yield buffer;
        filled = 0;
      }
    }
    if (filled > 0) yield buffer.subarray(0, filled);
  }

  return {
    pieces,
    tail: () => Buffer.concat(last).subarray(-TAIL_BYTES),
    stop: (error) => {
      stopped ??= { error };
      source.destroy();
    },
  };
}

function wrongSize(file: ReadableFile, bytes: number): AquariusError {
  return transientError('staged_file_size', `The stage gave ${bytes} bytes of ${file.name}, which has ${file.bytes}.`, {
    hint: 'It is tried again. If it stays, look whether the staged file is whole.',
  });
}

function wrongBytes(file: ReadableFile): AquariusError {
  return rejectedError('staged_file_changed', `The staged bytes of ${file.name} are not those of its manifest.`, {
    hint: 'Something changed the stage, where only Aquarius should write. Remove the staged set and deliver again.',
  });
}

function unreadable(file: ReadableFile, error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof AquariusError) return error;
  return transientError('staged_file_unreadable', `${file.name} cannot be read from the stage to its end.`, {
    hint: 'It is tried again. Check the stage if it stays.',
    cause: error,
  });
}
