/** Distance with insertions, deletions, substitutions and swaps of neighbours. */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (swapped) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[right.length] ?? left.length;
}

/** Letter case and separators are what people get wrong most: they cost nothing. */
const folded = (text: string): string => text.toLowerCase().replaceAll(/[\s_.-]/g, '');

const LONGEST_WORD = 64;

/**
 * The candidate that was probably meant: at most one edit in three letters away, or the only one that begins like this; undefined when
 * there is none.
 */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = folded(word);
  if (wanted === '' || wanted.length > LONGEST_WORD) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, folded(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  if (best !== undefined || wanted.length < 3) return best;
  const longer = candidates.filter((candidate) => folded(candidate).startsWith(wanted));
  return longer.length === 1 ? longer[0] : undefined;
}

/** A hint for an unknown word: the nearest known one, or else all of them when they are few. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const near = closest(word, candidates);
  if (near !== undefined) return `Did you mean ${near}?`;
  return candidates.length > 0 && candidates.length <= 24 ? `Known: ${candidates.join(', ')}.` : undefined;
}
