/** Lets work on one thing be done by one caller at a time. What fails keeps nobody from his turn. */
export function inTurn<K extends object>(): <T>(key: K, work: () => Promise<T>) => Promise<T> {
  const last = new WeakMap<K, Promise<unknown>>();
  return (key, work) => {
    const own = (last.get(key) ?? Promise.resolve()).catch(() => {}).then(work);
    last.set(key, own);
    return own;
  };
}
