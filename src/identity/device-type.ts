import { wholeText, wordsPattern } from './text-pattern.ts';

/** Words by which sources name an advertising id's platform. */
export const DEVICE_TYPE_WORDS = {
  IDFA: ['idfa', 'ios', 'apple'],
  GAID: ['gaid', 'aaid', 'adid', 'android'],
} as const;

export const IDFA_WORD_PATTERN = wordsPattern(DEVICE_TYPE_WORDS.IDFA);
export const GAID_WORD_PATTERN = wordsPattern(DEVICE_TYPE_WORDS.GAID);

const IDFA_WORD = wholeText(IDFA_WORD_PATTERN);
const GAID_WORD = wholeText(GAID_WORD_PATTERN);

/** The platform that a source's word names, or null when it names none. Never guessed from the id itself. */
export function parseDeviceType(text: string | null): 'IDFA' | 'GAID' | null {
  if (text === null) return null;
  if (IDFA_WORD.test(text)) return 'IDFA';
  return GAID_WORD.test(text) ? 'GAID' : null;
}
