/** Wall and processor time in milliseconds. */
export interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

/** What some work takes of this process, all of its threads together. */
export async function spentBy(work: () => Promise<unknown>): Promise<Spent> {
  const at = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: performance.now() - at, cpu: (user + system) / 1_000 };
}

/** The value below which this share of the sorted numbers lies, by the nearest rank. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The median of several turns, of wall and of processor time by themselves. */
export async function medianOf(turns: number, work: () => Promise<unknown>): Promise<Spent> {
  const spent: Spent[] = [];
  for (let turn = 0; turn < turns; turn += 1) spent.push(await spentBy(work));
  const middle = (pick: (one: Spent) => number): number =>
    quantile(
      spent.map(pick).toSorted((a, b) => a - b),
      0.5,
    );
  return { wall: middle(({ wall }) => wall), cpu: middle(({ cpu }) => cpu) };
}
