import { configError } from '../errors.ts';
import type { IdentifierType } from '../identity/identifier-type.ts';
import { checkContext } from './check-layout.ts';
import type { FileContext, Layout } from './layout.ts';
import { quoteValue } from './quote-value.ts';
import { typeWord } from './type-word.ts';

/** The header row, without its line end; errors as `headerTexts`. */
export function headerLine(layout: Layout, context: FileContext, type?: IdentifierType): string {
  return headerTexts(layout, context, type)
    .map((header) => quoteValue(layout, header))
    .join(layout.delimiter);
}

/**
 * What the columns of a file are called. `type` is the file's one type, needed when a header is made of it. Partners match columns by
 * name, so two headers that differ in letter case only are refused too: `config` error `duplicate_header`.
 */
export function headerTexts(layout: Layout, context: FileContext, type?: IdentifierType): readonly string[] {
  checkContext(layout, context);
  const headers = layout.columns.map(({ header }) => {
    const named = header.replaceAll('{segmentId}', () => context.segmentId);
    if (!named.includes('{identifierType}')) return named;
    if (type === undefined)
      throw new Error(`Layout ${layout.name} has a header for each identifier type, and no type was given.`);
    return named.replaceAll('{identifierType}', () => typeWord(layout.typeWords, type));
  });
  const seen = new Set<string>();
  for (const header of headers) {
    const folded = header.toUpperCase();
    if (seen.has(folded)) {
      throw configError('duplicate_header', `Two columns have the header "${header}".`, {
        hint: 'Choose another segmentId, or other headers for this destination.',
      });
    }
    seen.add(folded);
  }
  return headers;
}
