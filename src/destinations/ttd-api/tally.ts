import type { Ctx, ReadableFile } from '../destination.ts';
import type { Member } from '../members/read-members.ts';

/** What has become of the members so far. */
export interface Tally {
  readonly accepted: number;
  readonly rejected: number;
  readonly reasons: Readonly<Record<string, number>>;
  accept(count: number): void;
  /** Members refused for one reason; `known` are those of them of whom it is known which they are. */
  reject(code: string, count: number, known: readonly Member[]): Promise<void>;
  /** Members of a file are all accounted for: tells the progress. */
  done(file: ReadableFile, members: number): void;
}

export function startTally({ onRejected, onProgress }: Pick<Ctx, 'onRejected' | 'onProgress'>): Tally {
  let accepted = 0;
  let rejected = 0;
  const reasons: Record<string, number> = {};
  const doneOf = new Map<ReadableFile, number>();
  let told: Promise<void> = Promise.resolve();
  return {
    get accepted() {
      return accepted;
    },
    get rejected() {
      return rejected;
    },
    get reasons() {
      return reasons;
    },
    accept(count) {
      accepted += count;
    },
    async reject(code, count, known) {
      rejected += count;
      reasons[code] = (reasons[code] ?? 0) + count;
      if (known.length === 0) return;
      // One after the other, though several calls are under way.
      told = told.then(() => onRejected(known.map(({ type, value }) => ({ type, value }))));
      await told;
    },
    done(file, members) {
      doneOf.set(file, (doneOf.get(file) ?? 0) + members);
      let bytes = 0;
      for (const [{ rows, bytes: all }, count] of doneOf) bytes += Math.floor((all * count) / rows);
      onProgress?.(bytes);
    },
  };
}
