import { configError } from '../errors.ts';
import { refuseControlCharacters } from './control-characters.ts';
import { checkNameTemplate } from './file-name.ts';
import type { FileContext, Layout } from './layout.ts';

/** What LiveRamp takes as the header of a segment column. */
const SEGMENT_HEADER = /^[A-Za-z0-9_]{1,128}$/;

const EXTENSION = /^(\.[A-Za-z0-9]+)+$/;

const isLimit = (value: number): boolean => value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && value > 0);

function refuseInWords(words: Layout['typeWords']): void {
  for (const word of Object.values(words)) refuseControlCharacters('A word for an identifier type', word);
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
    if (value.kind === 'identifierType') refuseInWords(value.words);
  }
  refuseInWords(layout.typeWords);
  if (!EXTENSION.test(layout.extension)) {
    throw configError('file_name', `"${layout.extension}" is not a file extension.`, {
      hint: 'Write it with its dot, such as .psv.',
    });
  }
  checkNameTemplate(layout);
  checkLimits(layout);
  return layout;
}

/** Refuses a segment that this layout cannot write: `config` errors `control_character` and `segment_header`. */
export function checkContext(layout: Layout, context: FileContext): void {
  refuseControlCharacters('segmentId', context.segmentId);
  refuseControlCharacters('segmentName', context.segmentName);
  if (!layout.header || !layout.columns.some(({ header }) => header.includes('{segmentId}'))) return;
  if (SEGMENT_HEADER.test(context.segmentId)) return;
  throw configError('segment_header', `The segment id "${context.segmentId}" cannot be a column's header.`, {
    hint: 'Set a segmentId of at most 128 letters, digits and underscores.',
  });
}
