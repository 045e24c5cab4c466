/**
 * Does `work` on what `source` yields: on the first alone, then on up to `width` at once, while one more is read ahead. The first is
 * alone because a partner that refuses us altogether shall hear one call, not `width`. `onFailure` is told the first failure, so
 * that the others can be stopped; it is thrown when all have ended.
 */
export async function inParallel<T>(
  source: AsyncGenerator<T>,
  width: number,
  work: (item: T) => Promise<void>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const read = (): Promise<IteratorResult<T>> => {
    const reading = source.next();
    // Whoever takes it meets the failure; nobody may be left to take it.
    reading.catch(() => {});
    return reading;
  };
  let ahead = read();
  const take = async (): Promise<IteratorResult<T>> => {
    const taken = ahead;
    ahead = taken.then((result) => (result.done ? result : read()));
    ahead.catch(() => {});
    return taken;
  };
  const worker = async (): Promise<void> => {
    for (let taken = await take(); !taken.done; taken = await take()) await work(taken.value);
  };
  let failure: { readonly error: unknown } | undefined;
  const failed = (error: unknown): void => {
    if (failure === undefined) onFailure(error);
    failure ??= { error };
  };
  try {
    const first = await take();
    if (first.done) return;
    await work(first.value);
    await Promise.all(Array.from({ length: width }, () => worker().catch(failed)));
  } catch (error) {
    failed(error);
  } finally {
    await source.return(undefined);
  }
  if (failure !== undefined) throw failure.error;
}
