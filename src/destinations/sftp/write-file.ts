import type { MeasuredSource } from '../measured-source.ts';
import type { SftpConnection } from './sftp-connection.ts';

export interface WriteOptions {
  /** Data bytes of one request. */
  readonly chunkBytes: number;
  /** Requests under way at the same time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Told the bytes of each request that the server has acknowledged. */
  readonly onAcknowledged: (bytes: number) => void;
}

/** OpenSSH takes 2 MiB per round trip on a channel; more would only wait in memory. */
const MOST_BYTES_UNDER_WAY = 2 * 1024 * 1024;

/**
 * Writes a source to an open file from its beginning to its end, in order and without seeking, with many requests under way. Memory is
 * bounded by those requests: the source is not read on before one of them is answered. The first failure ends it.
 */
export async function writeFile(
  sftp: SftpConnection,
  handle: Buffer,
  source: MeasuredSource,
  options: WriteOptions,
): Promise<void> {
  const { chunkBytes, signal, onAcknowledged } = options;
  const most = Math.max(1, Math.min(options.concurrency, Math.floor(MOST_BYTES_UNDER_WAY / chunkBytes)));
  let underWay = 0;
  let failed: { readonly error: unknown } | undefined;
  let wake = () => {};

  const fail = (error: unknown) => {
    failed ??= { error };
    source.stop(error);
    wake();
  };
  const abort = () => fail(signal.reason);
  const fewerThan = async (limit: number) => {
    while (failed === undefined && underWay >= limit) await new Promise<void>((resolve) => (wake = resolve));
    if (failed !== undefined) throw failed.error;
  };

  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    let position = 0;
    for await (const piece of source.pieces(chunkBytes)) {
      await fewerThan(most);
      const { length } = piece;
      underWay += 1;
      sftp.write(handle, piece, position, (error) => {
        underWay -= 1;
        if (error) return fail(error);
        onAcknowledged(length);
        wake();
      });
      position += length;
    }
    await fewerThan(1);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
