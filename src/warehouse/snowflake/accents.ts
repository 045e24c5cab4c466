/** Small Latin letters with marks, and what they are without; Snowflake has no function for it. */

const LAST_LATIN_LETTER = 0x1eff;
const COMBINING_MARKS = Array.from({ length: 0x70 }, (_, index) => String.fromCodePoint(0x300 + index));

const pairs = Array.from({ length: LAST_LATIN_LETTER }, (_, code) => String.fromCodePoint(code)).flatMap((letter) => {
  const [base = '', mark] = letter.normalize('NFD');
  return mark !== undefined && /^[a-z]$/.test(base) ? [[letter, base] as const] : [];
});

/** Behind the letters come marks that are characters by themselves. */
export const MARKED_LETTERS: string = [...pairs.map(([letter]) => letter), ...COMBINING_MARKS].join('');
/** What each letter becomes, in the same order. */
export const BASE_LETTERS: string = pairs.map(([, base]) => base).join('');
