import type { Layout } from './layout.ts';

/** LiveRamp asks for quotes around a value with *any* delimiter, since it guesses the delimiter of a file. */
const NEEDS_QUOTES = /["|,;\t]/;

/** A value as it stands in a line: quoted as the layout says, quotes inside doubled. An empty value is never quoted. */
export function quoteValue(layout: Layout, value: string): string {
  const quoted = layout.quoting === 'all' ? value !== '' : NEEDS_QUOTES.test(value);
  return quoted ? `"${value.replaceAll('"', '""')}"` : value;
}
