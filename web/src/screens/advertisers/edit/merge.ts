import type { AdvertiserConfigRow } from '../../../../../src/shapes/config/advertiser-config.ts';
import { type Changes, type Param, paramsOf, sameValue, valueIn } from './changes.ts';

/** A value that somebody else has changed meanwhile. */
export interface Clash {
  readonly param: Param;
  /** As it was when the editor was opened. */
  readonly before: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** What has been changed by others since the editor was opened, beside what is changed in it. */
export interface Merge {
  /** Changed by both, to different values: somebody must choose. */
  readonly clashes: readonly Clash[];
  /** Changed by the others alone: it stays as they have it. */
  readonly theirs: readonly Omit<Clash, 'mine'>[];
}

/** `params` are all that the editor shows. */
export function mergeOf(
  before: AdvertiserConfigRow,
  now: AdvertiserConfigRow,
  changes: Changes,
  params: readonly Param[],
): Merge {
  const changed = new Set(paramsOf(changes));
  const moved = [...new Set([...params, ...changed])].filter((param) => !sameValue(valueIn(before, param), valueIn(now, param)));
  return {
    clashes: moved
      .filter((param) => changed.has(param) && !sameValue(changes[param], valueIn(now, param)))
      .map((param) => ({ param, before: valueIn(before, param), mine: changes[param], theirs: valueIn(now, param) })),
    theirs: moved
      .filter((param) => !changed.has(param))
      .map((param) => ({ param, before: valueIn(before, param), theirs: valueIn(now, param) })),
  };
}

/** Mine, without those of which theirs are to stay. */
export function withoutTaken(changes: Changes, taken: ReadonlySet<Param>): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([param]) => !taken.has(param as Param)));
}
