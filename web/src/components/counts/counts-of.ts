import type { Run } from '../../api/types.ts';
import { wordsOf } from '../../lib/format.ts';

export interface CountPart {
  readonly name: string;
  readonly kind: 'written' | 'suppressed' | 'dropped';
  readonly count: number;
}

/** What became of the selected identifiers, part by part; null before they are counted. */
export function countsOf({
  selected,
  dropped,
  suppressed,
  identifiers,
}: Pick<Run, 'selected' | 'dropped' | 'suppressed' | 'identifiers'>): {
  readonly selected: number;
  readonly parts: readonly CountPart[];
  /** Selected ones that are in no part; other than 0 is a fault. */
  readonly missing: number;
} | null {
  if (selected === null) return null;
  const parts: readonly CountPart[] = [
    ...Object.entries(identifiers ?? {}).map(([type, count]) => ({ name: type, kind: 'written' as const, count })),
    ...(suppressed === null ? [] : [{ name: 'Opted out', kind: 'suppressed' as const, count: suppressed }]),
    ...Object.entries(dropped ?? {}).map(([reason, count]) => ({ name: wordsOf(reason), kind: 'dropped' as const, count })),
  ];
  const shown = parts.filter(({ count }) => count > 0);
  return { selected, parts: shown, missing: selected - shown.reduce((sum, { count }) => sum + count, 0) };
}
