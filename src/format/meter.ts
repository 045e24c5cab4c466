import { createHash } from 'node:crypto';

/** What went through a meter. */
interface Measured {
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** Counts and hashes bytes on their way. `measured` may be asked once, when `stream` has ended. */
export function meter(source: AsyncIterable<Uint8Array>): { stream: AsyncIterable<Uint8Array>; measured: () => Measured } {
  const { stream, digest } = hashing(source, 'sha256');
  let bytes = 0;
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { stream: pass(), measured: () => ({ bytes, sha256: digest() }) };
}

/** Hashes bytes on their way. `digest`, in lower-case hexadecimal, may be asked once, when `stream` has ended. */
export function hashing(
  source: AsyncIterable<Uint8Array>,
  name: 'md5' | 'sha256',
): { stream: AsyncIterable<Uint8Array>; digest: () => string } {
  const hash = createHash(name);
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { stream: pass(), digest: () => hash.digest('hex') };
}
