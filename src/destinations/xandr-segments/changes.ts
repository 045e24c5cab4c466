import type { Identifier, ReadableSet } from '../destination.ts';
import { type Member, readMembers } from '../members/read-members.ts';

/** Some members, and what the partner shall do with them. */
export interface Change {
  readonly members: readonly Member[];
  readonly remove: boolean;
}

/** The changes of a set from row `from` on, always in the same order, at most `size` members at a time. Who must go, goes first. */
export async function* changesOf(
  { files }: ReadableSet,
  from: number,
  size: number,
  signal: AbortSignal,
): AsyncGenerator<Change> {
  let skip = from;
  for (const remove of [true, false]) {
    const own = files.filter(({ action }) => (action !== undefined) === remove);
    for await (const members of readMembers(own, size, signal)) {
      signal.throwIfAborted();
      const left = members.slice(skip);
      skip -= members.length - left.length;
      if (left.length > 0) yield { members: left, remove };
    }
  }
}

/** Rows by reason. */
export type Reasons = Record<string, number>;

/** Adds up. */
export function count(reasons: Reasons, more: Readonly<Reasons>): void {
  for (const [reason, rows] of Object.entries(more)) reasons[reason] = (reasons[reason] ?? 0) + rows;
}

/** Without what only we need. */
export const identifierOf = ({ type, value }: Member): Identifier => ({ type, value });
