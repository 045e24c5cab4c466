import type { Line } from './bar.ts';

/** Seconds by what took them, a number for each round. */
export type Timings = ReadonlyMap<string, readonly number[]>;

/** Does its work once. What it gives are seconds by name; when it gives none, its wall time is taken. */
type Contender = (round: number) => Promise<Readonly<Record<string, number>>> | Promise<void>;

/** Runs the contenders in turns, each round beginning with another one, so that none always has the warm or the cold place. */
export async function inTurns(
  runs: number,
  contenders: Readonly<Record<string, Contender | null>>,
  say: (line: string) => void,
): Promise<Timings> {
  const timings = new Map<string, number[]>();
  const present = Object.entries(contenders).filter((entry): entry is [string, Contender] => entry[1] !== null);
  for (let round = 0; round < runs; round += 1) {
    const turns = present.map((_, index) => present[(index + round) % present.length] as [string, Contender]);
    for (const [name, contend] of turns) {
      const startedAt = performance.now();
      const parts = (await contend(round)) ?? { [name]: (performance.now() - startedAt) / 1000 };
      for (const [part, seconds] of Object.entries(parts)) {
        timings.set(part, [...(timings.get(part) ?? []), seconds]);
        say(`  round ${round + 1}: ${part} ${seconds.toFixed(2)} s`);
      }
    }
  }
  return timings;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const low = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (low + (sorted[middle] ?? Number.NaN)) / 2;
}

/** Of each round what `compute` makes of the named seconds; empty when one of them was not measured. */
export function perRound(
  timings: Timings,
  names: readonly string[],
  compute: (...seconds: number[]) => number,
): readonly number[] {
  const columns = names.map((name) => timings.get(name) ?? []);
  const rounds = Math.min(...columns.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => compute(...columns.map((column) => column[round] ?? Number.NaN)));
}

/** Of several contenders the one with the least median. */
export function fastest(timings: Timings, names: readonly string[]): string | undefined {
  return names
    .filter((name) => timings.has(name))
    .toSorted((a, b) => median(timings.get(a) ?? []) - median(timings.get(b) ?? []))[0];
}

export function linesOf(timings: Timings): readonly Line[] {
  return [...timings].map(([what, values]) => ({ what, unit: 's', values }));
}
