/**
 * Works on items as they come, at most `limit` at a time, taking the next only when one is done. The first failure stops the
 * others, and the wait for further items, through the signal that each is given, and is thrown once all have come to rest.
 */
export async function inParallel<T>(
  items: (signal: AbortSignal) => Iterable<T> | AsyncIterable<T>,
  limit: number,
  signal: AbortSignal | undefined,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const both = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  const failures: unknown[] = [];
  // An async generator queues calls of next(), so that several workers may share it.
  const source = queued(items(both));
  const worker = async () => {
    try {
      for (let step = await source.next(); step.done !== true; step = await source.next()) {
        both.throwIfAborted();
        await work(step.value, both);
      }
    } catch (error) {
      failures.push(error);
      failed.abort(error);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  await source.return(undefined);
  if (failures.length > 0) throw failures[0];
}

async function* queued<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, undefined, undefined> {
  yield* items;
}
