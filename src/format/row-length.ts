import { configError } from '../errors.ts';

/** What a row with too many characters is refused with. Never tells the row's content. */
export function rowTooLong(maxCharacters: number): Error {
  return configError('row_too_long', `A row has more than ${maxCharacters} characters, which is all that the partner takes.`, {
    hint: 'Shorten the segment name or the constants of the layout.',
  });
}

/** Refuses a row, LF not included, with more characters (not bytes) than allowed: `config` error `row_too_long`. */
export function refuseLongRow(block: Buffer, start: number, end: number, maxCharacters: number): void {
  if (end - start <= maxCharacters) return;
  let characters = 0;
  for (let at = start; at < end; at += 1) if (((block[at] ?? 0) & 0xc0) !== 0x80) characters += 1;
  if (characters > maxCharacters) throw rowTooLong(maxCharacters);
}
