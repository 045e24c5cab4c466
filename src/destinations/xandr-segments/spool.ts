import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamedBody } from '../http/http.ts';

const PIECE_BYTES = 256 * 1024;

/** A file on the local disk that has no name any more: whatever happens to this process, no ids are left behind. */
export interface Spool extends StreamedBody, AsyncDisposable {
  /** Bytes so far. */
  readonly bytes: number;
  append(data: Uint8Array): Promise<void>;
}

/** Opens a spool in the system's folder for temporary files. */
export async function openSpool(): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), 'aquarius-xandr-'));
  const file = await open(join(folder, 'spool'), 'wx+', 0o600);
  await rm(folder, { recursive: true });
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    async append(data) {
      await file.appendFile(data);
      bytes += data.length;
    },
    async *open() {
      for (let at = 0; at < bytes; ) {
        // A buffer of its own each time: the one before may not have been sent yet.
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(PIECE_BYTES), 0, PIECE_BYTES, at);
        if (bytesRead === 0) throw new Error('The spool is shorter than what was written.');
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}
