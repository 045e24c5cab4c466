import type { Manifest, ManifestFile } from '../format/manifest.ts';
import { IDENTIFIER_TYPES } from '../identity/identifier-type.ts';

/** A file whose header is not as the partner knows it. */
export interface HeaderChange {
  readonly file: string;
  /** Columns that the partner was last given and that are missing, written otherwise, or in another place. */
  readonly columns: readonly string[];
}

/**
 * Compares the headers of a set with those of the set that the partner was last given, for partners that stop at a changed one. New
 * columns may appear; those that were there must all be there, spelled the same and in the same order. Files are compared where they
 * share an identifier type; a segment that was not given before, and sets of earlier versions, have nothing to be compared with.
 */
export function changedHeaders(before: Manifest, now: Manifest): readonly HeaderChange[] {
  if (before.segmentId !== now.segmentId) return [];
  return now.files.flatMap((file) => {
    const earlier = before.files.find((other) => isSameAudience(other, file));
    if (earlier?.columns === undefined) return [];
    const columns = notKept(earlier.columns, file.columns ?? []);
    return columns.length === 0 ? [] : [{ file: file.name, columns }];
  });
}

/** The changes in words, for whoever is to accept them or to put the old header back. */
export function describeHeaderChanges(changes: readonly HeaderChange[]): string {
  return changes
    .map(({ file, columns }) => `${file} lacks ${columns.map((column) => `"${column}"`).join(', ')} where it was before`)
    .join('; ');
}

function isSameAudience(a: ManifestFile, b: ManifestFile): boolean {
  // Opt-outs are no audience: the partner is told of them in another way.
  if (a.action !== b.action || a.action === 'optOut') return false;
  return IDENTIFIER_TYPES.some((type) => (a.identifiers[type] ?? 0) > 0 && (b.identifiers[type] ?? 0) > 0);
}

/** Columns of `before` that `now` does not have behind all those that came before them. */
function notKept(before: readonly string[], now: readonly string[]): readonly string[] {
  let from = 0;
  return before.filter((column) => {
    const at = now.indexOf(column, from);
    if (at >= 0) from = at + 1;
    return at < 0;
  });
}
