import type { Programs } from './programs.ts';
import { median } from './timings.ts';

/** What every bar is given. */
export interface BenchContext {
  /** Rounds of everything that is compared. */
  readonly runs: number;
  /** Sizes of the log in rows, the smallest first. */
  readonly sizes: readonly number[];
  /** Rounds with a log of this size: with a large one a round takes half an hour. */
  readonly runsWith: (rows: number) => number;
  /** Sizes of what is not measured on the log, as a share of what the target speaks of; 1 but for trying things out. */
  readonly scale: number;
  readonly programs: Programs;
  readonly say: (line: string) => void;
}

/** One measured number beside its target: of each round, so that it has a spread. */
export interface Verdict {
  readonly what: string;
  readonly kind: 'at most' | 'at least';
  readonly target: number;
  readonly unit: string;
  readonly values: readonly number[];
}

/** One thing that was timed or weighed. */
export interface Line {
  readonly what: string;
  readonly unit: string;
  readonly values: readonly number[];
}

export interface BarResult {
  readonly verdicts: readonly Verdict[];
  readonly lines: readonly Line[];
  /** What must be known to read the numbers: what is extrapolated, what is missing, which sizes. */
  readonly notes: readonly string[];
}

export interface Bar {
  readonly number: number;
  readonly title: string;
  readonly measure: (context: BenchContext) => Promise<BarResult>;
}

export function isMet({ kind, target, values }: Verdict): boolean {
  const measured = median(values);
  return kind === 'at most' ? measured <= target : measured >= target;
}
