import { createHash } from 'node:crypto';

/** What went through a meter. */
interface Measured {
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** Counts and hashes bytes on their way. `measured` may be asked once, when `stream` has ended. */
export function meter(source: AsyncIterable<Uint8Array>): { stream: AsyncIterable<Uint8Array>; measured: () => Measured } {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { stream: pass(), measured: () => ({ bytes, sha256: hash.digest('hex') }) };
}
