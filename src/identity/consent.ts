import { BLANK_PATTERN } from './blank.ts';
import { SPACE, wholeText, wordsPattern } from './text-pattern.ts';

/** What a signal on a row says of its person: deliver, do not deliver, or nothing that can be read. */
export type ConsentVerdict = 'in' | 'out' | 'unknown';

/** What is done with a signal that cannot be read: the identifier is left out, or let through. */
export type UnknownConsent = 'refuse' | 'allow';

const usPrivacy = (optOut: string): string => `[${SPACE}]*1[YyNn-]${optOut}[YyNn-][${SPACE}]*`;

/**
 * The us_privacy text of the IAB (version, notice given, opted out of sale, LSPA covered), by its third character. Version 1 is the only
 * one there is.
 */
export const US_PRIVACY_OUT_PATTERN = usPrivacy('[Yy]');
export const US_PRIVACY_IN_PATTERN = usPrivacy('[Nn-]');

/** OpenRTB's `lmt` and `dnt`: 1 is out. Tables hold them as numbers, booleans and words. */
export const LIMIT_OUT_PATTERN = wordsPattern(['1', '1\\.0', 'true', 't', 'yes', 'y']);
export const LIMIT_IN_PATTERN = wordsPattern(['0', '0\\.0', 'false', 'f', 'no', 'n']);

/** Every text that says nothing, or that its person has not opted out. */
export const US_PRIVACY_QUIET_PATTERN = `${BLANK_PATTERN}|${US_PRIVACY_IN_PATTERN}`;
export const LIMIT_QUIET_PATTERN = `${BLANK_PATTERN}|${LIMIT_IN_PATTERN}`;

const judge = (out: string, quiet: string): ((text: string | null) => ConsentVerdict) => {
  const [isOut, isQuiet] = [wholeText(out), wholeText(quiet)];
  return (text) => {
    if (text === null || isQuiet.test(text)) return 'in';
    return isOut.test(text) ? 'out' : 'unknown';
  };
};

/** Of a us_privacy text: `1YYN` is out, `1YNN` and `1---` are in, blank is no signal and in. */
export const usPrivacyVerdict = judge(US_PRIVACY_OUT_PATTERN, US_PRIVACY_QUIET_PATTERN);

/** Of a limit-ad-tracking or do-not-track flag. */
export const limitVerdict = judge(LIMIT_OUT_PATTERN, LIMIT_QUIET_PATTERN);

/** The verdict on several signals of one row, or sections of one text: an opt-out counts whatever else is said. */
export function worst(verdicts: readonly ConsentVerdict[]): ConsentVerdict {
  if (verdicts.includes('out')) return 'out';
  return verdicts.includes('unknown') ? 'unknown' : 'in';
}
