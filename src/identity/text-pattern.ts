/**
 * Text patterns are written once and run twice: by JavaScript here and by the warehouse on whole columns. They keep to what both
 * read alike: plain groups, classes and counts, no flags, no lookaround, and letter case spelled out, since case-insensitive
 * matching would also take the Kelvin sign for a K.
 */

/** The ASCII white space, to be put inside a character class. */
export const SPACE = '\t-\r ';

/** The same characters one by one, for functions that take a set. */
export const SPACE_CHARACTERS = '\t\n\v\f\r ';

/** A pattern for exactly these words in any ASCII letter case, white space around them allowed. */
export function wordsPattern(words: readonly string[]): string {
  return `[${SPACE}]*(${words.map(anyCase).join('|')})[${SPACE}]*`;
}

/** A pattern for the text in any ASCII letter case; it must hold letters and digits only. */
export function anyCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}

/** The pattern as an expression that matches whole texts only. */
export function wholeText(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

const OUTER_SPACE = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, 'g');

/** Without the ASCII white space around it. */
export function trimSpace(text: string): string {
  return text.replace(OUTER_SPACE, '');
}
