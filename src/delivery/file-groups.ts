import type { Layout } from '../format/layout.ts';
import { IDENTIFIER_TYPES, type IdentifierType } from '../identity/identifier-type.ts';

/** How many rows of a type a file has; types stand in a file in this order. */
export interface TypeCount {
  readonly type: IdentifierType;
  readonly rows: number;
}

/**
 * The files of a segment: all types together, or one for each, as the layout says. Files with fewer rows than the partner takes
 * are left out; `tooSmall` counts their rows.
 */
export function fileGroups(
  layout: Layout,
  identifiers: Partial<Record<IdentifierType, number>>,
): { readonly groups: readonly (readonly TypeCount[])[]; readonly tooSmall: number } {
  const counts = IDENTIFIER_TYPES.map((type) => ({ type, rows: identifiers[type] ?? 0 })).filter(({ rows }) => rows > 0);
  const groups = layout.filePer === 'identifierType' ? counts.map((count) => [count]) : [counts];
  const size = (group: readonly TypeCount[]): number => group.reduce((sum, { rows }) => sum + rows, 0);
  const kept = groups.filter((group) => group.length > 0 && size(group) >= layout.limits.minRows);
  return { groups: kept, tooSmall: size(counts) - size(kept.flat()) };
}
