/**
 * Opens something, works with it, and closes it whatever happens. Written as a function since the checker of the import
 * arrows cannot parse `await using` yet.
 */
export async function withResource<R extends AsyncDisposable, T>(
  opening: Promise<R>,
  work: (resource: R) => Promise<T>,
): Promise<T> {
  const resource = await opening;
  try {
    return await work(resource);
  } finally {
    await resource[Symbol.asyncDispose]();
  }
}
