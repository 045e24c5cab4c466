import type { Readable } from 'node:stream';
import type { RowStatement } from 'snowflake-sdk';
import { transientError } from '../../errors.ts';

const BATCH_ROWS = 2_000;

export interface Reading {
  /** Longest wait for the next rows, in milliseconds. */
  readonly stall: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The rows of a result, each a list of values, in batches of a few thousand at most. The SDK reads on only as rows are taken. A
 * result is whole when it has as many rows as Snowflake said, or it is a failure: `transient` errors `warehouse_result_cut` and, when
 * no rows come any more, `warehouse_result_stalled`. Failures of the SDK are thrown as they are.
 */
export async function* readRows(
  statement: RowStatement,
  { stall, signal }: Reading,
): AsyncGenerator<readonly (readonly unknown[])[]> {
  const expected = statement.getNumRows();
  const stream = statement.streamRows();
  let failure: { readonly error: unknown } | null = null;
  // For as long as there is the stream: it may fail after nobody reads it any more.
  stream.on('error', (error) => {
    failure ??= { error };
  });
  let read = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const batch = takeRows(stream);
      if (batch.length > 0) {
        read += batch.length;
        yield batch;
        continue;
      }
      if (failure !== null) throw (failure as { readonly error: unknown }).error;
      if (stream.readableEnded || stream.closed) break;
      await somethingNew(stream, stall, signal);
    }
    if (read !== expected) {
      throw transientError('warehouse_result_cut', `A result of ${expected} rows ended after ${read}.`, {
        hint: 'Nothing of it is used. The run is tried again by itself.',
      });
    }
  } finally {
    stream.destroy();
  }
}

function takeRows(stream: Readable): (readonly unknown[])[] {
  const rows: (readonly unknown[])[] = [];
  while (rows.length < BATCH_ROWS) {
    const row = stream.read();
    if (row === null) break;
    rows.push(row);
  }
  return rows;
}

/**
 * Waits until the stream has something to say. The time is limited here since the SDK says nothing at all when it cannot make sense
 * of rows that it was sent.
 */
async function somethingNew(stream: Readable, stall: number, signal: AbortSignal | undefined): Promise<void> {
  const news = Promise.withResolvers<void>();
  const cleanup = new DisposableStack();
  for (const event of ['readable', 'end', 'error', 'close']) {
    stream.once(event, news.resolve);
    cleanup.defer(() => stream.off(event, news.resolve));
  }
  const late = setTimeout(() => {
    news.reject(
      transientError('warehouse_result_stalled', `No rows of a result came within ${stall / 1000} seconds.`, {
        hint: 'Check the network to the storage of the Snowflake account. The run is tried again by itself.',
      }),
    );
  }, stall);
  cleanup.defer(() => clearTimeout(late));
  const abort = (): void => news.reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  cleanup.defer(() => signal?.removeEventListener('abort', abort));
  try {
    await news.promise;
  } finally {
    cleanup.dispose();
  }
}
