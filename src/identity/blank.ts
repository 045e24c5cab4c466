import { wholeText, wordsPattern } from './text-pattern.ts';

/** How the field's tables write "nothing", besides NULL. */
export const BLANK_PATTERN = wordsPattern(['', '0', 'null', 'unknown']);

const BLANK = wholeText(BLANK_PATTERN);

/** Whether a value stands for none: null, nothing, `0`, `null` or `UNKNOWN`, in any case and with white space around it. */
export function isBlank(text: string | null): boolean {
  return text === null || BLANK.test(text);
}
