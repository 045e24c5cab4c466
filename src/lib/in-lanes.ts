/** How many items are worked on at once: in all, and of those that share a lane. */
export interface Lanes<T> {
  readonly limit: number;
  readonly laneOf: (item: T) => string;
  readonly limitOf: (lane: string) => number;
  /** Whether nothing more shall begin. */
  readonly isOver: () => boolean;
}

/**
 * Works on items side by side, beginning them in their order, but for those whose lane is full. After a failure nothing more begins; it is
 * thrown when all have come to rest.
 */
export async function inLanes<T>(items: readonly T[], lanes: Lanes<T>, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const busy = new Map<Promise<void>, string>();
  const failures: unknown[] = [];
  const isFree = (lane: string): boolean => {
    const taken = [...busy.values()].filter((each) => each === lane).length;
    return taken < lanes.limitOf(lane);
  };
  const begin = (item: T): void => {
    const task = work(item)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => busy.delete(task));
    busy.set(task, lanes.laneOf(item));
  };
  for (;;) {
    while (busy.size < lanes.limit && failures.length === 0 && !lanes.isOver()) {
      const next = waiting.findIndex((item) => isFree(lanes.laneOf(item)));
      if (next < 0) break;
      for (const item of waiting.splice(next, 1)) begin(item);
    }
    if (busy.size === 0) break;
    await Promise.race(busy.keys());
  }
  if (failures.length > 0) throw failures[0];
}
