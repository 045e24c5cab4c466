import type { MeasuredSource } from '../measured-source.ts';
import type { SftpConnection } from './sftp-connection.ts';

/** A file that is open for writing on one connection. */
export interface Lane {
  readonly sftp: SftpConnection;
  readonly handle: Buffer;
}

export interface WriteOptions {
  /** Data bytes of one request. */
  readonly chunkBytes: number;
  /** Requests under way at the same time on one connection. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Told the bytes of each request that the server has acknowledged. */
  readonly onAcknowledged: (bytes: number) => void;
}

/** The writing of one file, over one connection or several. */
export interface FileWriter {
  /** Those that have taken part. */
  readonly lanes: readonly Lane[];
  /** Lets a further connection take part. False, with nothing done, when there is nothing left to write. */
  add(lane: Lane): boolean;
  /** To be called once. */
  write(source: MeasuredSource): Promise<void>;
}

/** OpenSSH takes 2 MiB per round trip on a channel; more would only wait in memory. */
export const MOST_BYTES_UNDER_WAY = 2 * 1024 * 1024;

/**
 * Writes a source to a file from its beginning to its end, with many requests under way. The source is read once and in order, so that it
 * is hashed as it passes; each piece goes to the connection that waits for the fewest answers. With one connection nothing is ever
 * sought. Memory is bounded by the requests: the source is not read on before one of them is answered. The first failure ends it.
 */
export function fileWriter(first: Lane, { chunkBytes, concurrency, signal, onAcknowledged }: WriteOptions): FileWriter {
  const most = Math.max(1, Math.min(concurrency, Math.floor(MOST_BYTES_UNDER_WAY / chunkBytes)));
  const lanes: (Lane & { underWay: number })[] = [{ ...first, underWay: 0 }];
  let failed: { readonly error: unknown } | undefined;
  let isWritten = false;
  let wake = () => {};

  /** The connection with the fewest requests under way, once one has fewer than `limit`. */
  async function idlest(limit: number) {
    for (;;) {
      if (failed !== undefined) throw failed.error;
      const lane = lanes.reduce((a, b) => (b.underWay < a.underWay ? b : a));
      if (lane.underWay < limit) return lane;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  async function write(source: MeasuredSource): Promise<void> {
    const fail = (error: unknown) => {
      failed ??= { error };
      source.stop(error);
      wake();
    };
    const abort = () => fail(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      let position = 0;
      for await (const piece of source.pieces(chunkBytes)) {
        const lane = await idlest(most);
        const { length } = piece;
        lane.underWay += 1;
        lane.sftp.write(lane.handle, piece, position, (error) => {
          lane.underWay -= 1;
          if (error) return fail(error);
          onAcknowledged(length);
          wake();
        });
        position += length;
      }
      isWritten = true;
      while (failed !== undefined || lanes.some(({ underWay }) => underWay > 0)) {
        if (failed !== undefined) throw failed.error;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      isWritten = true;
      signal.removeEventListener('abort', abort);
    }
  }

  return {
    lanes,
    write,
    add(lane) {
      if (isWritten) return false;
      lanes.push({ ...lane, underWay: 0 });
      wake();
      return true;
    },
  };
}
