import type { Part } from '../../s3/parts.ts';
import type { ReadableFile } from '../destination.ts';
import { openMeasured } from '../measured-source.ts';

/**
 * Reads a staged file as parts of `size` bytes. One part is held back until it is known whether more follows, and the last until the
 * whole is proven to be what the manifest says: nothing is published from a source that was truncated or altered.
 */
export async function* stagedParts(file: ReadableFile, size: number, signal: AbortSignal): AsyncGenerator<Part> {
  const source = await openMeasured(file, signal);
  let held: Buffer | undefined;
  let number = 1;
  for await (const piece of source.pieces(Math.min(size, Math.max(1, file.bytes)))) {
    // A source with more bytes than the manifest says is read to its end, where it is refused.
    if (number * size >= file.bytes && held !== undefined) continue;
    if (held !== undefined) {
      yield partOf(number, held);
      number += 1;
    }
    // A piece is valid only until the next one is asked for.
    held = Buffer.from(piece);
  }
  yield partOf(number, held ?? Buffer.alloc(0));
}

/** Bytes that a line damaged are still whole here: the source's hash was made of them. */
const partOf = (number: number, body: Buffer): Part => ({ number, body, reread: async () => body });
