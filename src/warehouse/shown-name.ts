import { isIP } from 'node:net';

const LONGEST_SHOWN = 64;

/** A run of characters as long as an id, and with more digits than names of columns have. */
const ID_LIKE = /(?=[0-9A-Za-z+/=_{-]{17})(?:[A-Za-z+/=_{-]*[0-9]){4}/;

/**
 * A column's name as a person may see it. The first line of a file without a header is a row of data, so what could be a value of a
 * person is not shown.
 */
export function shownName(name: string): string {
  const text = name.trim();
  if (text === '') return '(without a name)';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they would garble a terminal.
  if (/[\u0000-\u001f\u007f\ufffd]/.test(text)) return '(not text)';
  const isPersonal = isIP(text) !== 0 || ID_LIKE.test(text) || /^[0-9]+$/.test(text) || text.includes('@');
  return isPersonal || text.length > LONGEST_SHOWN ? '(not shown)' : text;
}
