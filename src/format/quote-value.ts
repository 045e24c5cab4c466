import { configError } from '../errors.ts';
import type { Layout } from './layout.ts';

/** LiveRamp asks for quotes around a value with *any* delimiter, since it guesses the delimiter of a file. */
const NEEDS_QUOTES = /["|,;\t]/;

/**
 * A value as it stands in a line: quoted as the layout says, quotes inside doubled. An empty value is never quoted. A value that cannot
 * do without quotes, where there are none, is a `config` error `needs_quotes`; with `none` only the layout's own delimiter matters.
 */
export function quoteValue(layout: Layout, value: string): string {
  if (layout.quoting === 'none') {
    if (!value.includes('"') && !value.includes(layout.delimiter)) return value;
    throw configError('needs_quotes', 'A value holds the delimiter or a quote, and the file layout quotes nothing.', {
      hint: "Take it out of the segment's name and the layout's words, or set quoting: minimal.",
    });
  }
  const quoted = layout.quoting === 'all' ? value !== '' : NEEDS_QUOTES.test(value);
  return quoted ? `"${value.replaceAll('"', '""')}"` : value;
}
