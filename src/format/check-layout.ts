import { configError } from '../errors.ts';
import { actionWord } from './action-word.ts';
import { refuseControlCharacters } from './control-characters.ts';
import { checkNameTemplate } from './file-name.ts';
import type { FileContext, Layout } from './layout.ts';
import { quoteValue } from './quote-value.ts';

/** What LiveRamp takes as the header of a segment column. */
const SEGMENT_HEADER = /^[A-Za-z0-9_]{1,128}$/;

const EXTENSION = /^(\.[A-Za-z0-9]+)+$/;

const TYPE_WORD = 'A word for an identifier type';

const isLimit = (value: number): boolean => value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && value > 0);

function refuseInWords(what: string, words: Readonly<Record<string, string>>): void {
  for (const word of Object.values(words)) refuseControlCharacters(what, word);
}

/** With `quoting: none` the layout's own texts must do without quotes; what a segment brings is refused when it comes. */
function refuseUnquotable(layout: Layout): void {
  for (const { header, value } of layout.columns) {
    const words = value.kind === 'identifierType' || value.kind === 'action' ? Object.values(value.words) : [];
    for (const text of [header, ...words, ...(value.kind === 'constant' ? [value.text] : [])]) quoteValue(layout, text);
  }
}

function checkLimits({ limits }: Layout): void {
  const wrong = Object.entries(limits).find(([name, value]) => !isLimit(value) && !(name === 'minRows' && value === 0));
  if (wrong !== undefined) {
    throw configError('file_limits', `${wrong[0]} is ${wrong[1]}; it must be a whole number above 0.`, {
      hint: `Correct ${wrong[0]}.`,
    });
  }
  if (limits.minRows > limits.maxRows) {
    throw configError('file_limits', `minRows (${limits.minRows}) is larger than maxRows (${limits.maxRows}).`, {
      hint: 'Raise maxRows or lower minRows.',
    });
  }
}

/**
 * Refuses a layout that could not make valid files whatever the audience: control characters, name template, limits. Gives it back,
 * so that a layout can be checked where it is made. Throws `config` errors.
 */
export function checkLayout(layout: Layout): Layout {
  for (const { header, value } of layout.columns) {
    refuseControlCharacters('A column header', header);
    if (value.kind === 'constant') refuseControlCharacters(`The constant of column ${header}`, value.text);
    if (value.kind === 'identifierType') refuseInWords(TYPE_WORD, value.words);
    if (value.kind === 'action') refuseInWords('A word for an action', value.words);
  }
  refuseInWords(TYPE_WORD, layout.typeWords);
  refuseUnquotable(layout);
  if (!EXTENSION.test(layout.extension)) {
    throw configError('file_name', `"${layout.extension}" is not a file extension.`, {
      hint: 'Write it with its dot, such as .psv.',
    });
  }
  checkNameTemplate(layout);
  checkLimits(layout);
  return layout;
}

/** Refuses a segment or an action that this layout cannot write: `config` errors `control_character`, `segment_header`, `file_action`. */
export function checkContext(layout: Layout, context: FileContext): void {
  refuseControlCharacters('segmentId', context.segmentId);
  refuseControlCharacters('segmentName', context.segmentName);
  for (const { value } of layout.columns) {
    if (value.kind === 'context') refuseControlCharacters(value.field, context[value.field]);
    if (value.kind === 'action') actionWord(value.words, context.action);
  }
  if (!layout.header || !layout.columns.some(({ header }) => header.includes('{segmentId}'))) return;
  if (SEGMENT_HEADER.test(context.segmentId)) return;
  throw configError('segment_header', `The segment id "${context.segmentId}" cannot be a column's header.`, {
    hint: 'Set a segmentId of at most 128 letters, digits and underscores.',
  });
}
