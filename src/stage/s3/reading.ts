import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { transientError } from '../../errors.ts';

interface Reading {
  readonly key: string;
  /** Bytes that must come. */
  readonly bytes: number;
  /** Longest wait for the next bytes; time in which the reader itself is busy does not count. */
  readonly idleMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly explain: (error: unknown) => unknown;
}

/** Passes a body on; an end before the last byte, a stall and a broken connection are errors, never a short file. */
export function guarded(body: Readable, reading: Reading): Readable {
  const { key, bytes, idleMs, signal, explain } = reading;
  if (signal?.aborted === true) {
    body.destroy();
    throw signal.reason;
  }
  const out = new PassThrough();
  const stop = () => out.destroy(signal?.reason instanceof Error ? signal.reason : new DOMException('aborted', 'AbortError'));
  signal?.addEventListener('abort', stop, { once: true });
  const stalled = () =>
    body.destroy(
      transientError('stage_timeout', `Cannot read "${key}" from the stage: no bytes came for ${idleMs / 1000} seconds.`, {
        hint: "Check the network. On a slow line raise the stage's timeoutSeconds.",
      }),
    );

  async function* counted(): AsyncGenerator<Buffer> {
    let read = 0;
    const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
    for (;;) {
      const timer = setTimeout(stalled, idleMs);
      let step: IteratorResult<Buffer>;
      try {
        step = await chunks.next();
      } catch (error) {
        throw explain(error);
      } finally {
        clearTimeout(timer);
      }
      if (step.done === true) break;
      read += step.value.length;
      yield step.value;
    }
    if (read !== bytes)
      throw transientError('stage_truncated', `Cannot read "${key}" from the stage: ${read} bytes came instead of ${bytes}.`, {
        hint: 'The connection was cut, or a proxy changes answers. It is tried again later.',
      });
  }

  // Also when the reader has had enough: the pipeline itself would wait for the next bytes first.
  out.once('close', () => {
    signal?.removeEventListener('abort', stop);
    body.destroy();
  });
  // A failure destroys `out` with it, and so comes to whoever reads.
  pipeline(counted, out).catch(() => undefined);
  return out;
}
