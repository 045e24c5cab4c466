/** The first `count` in order, as sorting all of them and cutting would give, without sorting those that are cut. */
export function firstOf<T>(items: readonly T[], count: number, compare: (left: T, right: T) => number): readonly T[] {
  if (count >= items.length) return items.toSorted(compare);
  const best: T[] = [];
  for (const item of items) {
    const worst = best.at(-1);
    if (best.length === count && (worst === undefined || compare(item, worst) >= 0)) continue;
    best.splice(placeOf(best, item, compare), 0, item);
    if (best.length > count) best.pop();
  }
  return best;
}

/** Behind all that are not after it, so that equals stay as they came. */
function placeOf<T>(sorted: readonly T[], item: T, compare: (left: T, right: T) => number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle] as T, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
