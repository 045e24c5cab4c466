import { configError } from '../errors.ts';

/** Control characters (CR, LF, tab and NUL among them) and the byte order mark: none has a place inside a line of a file. */
const NOT_IN_A_LINE = /[\p{Cc}\uFEFF]/u;

/**
 * Refuses text that would break or misread a line. `what` names its place (`segmentName`), since the text itself may be unprintable.
 * Throws a `config` error `control_character`.
 */
export function refuseControlCharacters(what: string, text: string): void {
  if (!NOT_IN_A_LINE.test(text) && text.isWellFormed()) return;
  throw configError('control_character', `${what} holds a control character or text that is not valid Unicode.`, {
    hint: `Remove line breaks, tabs and invisible characters from ${what}.`,
  });
}
