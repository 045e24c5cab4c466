import { configError } from '../errors.ts';
import type { FileAction } from './layout.ts';

/** The partner's word for what it shall do with the members of a file. A layout that has none is a `config` error `file_action`. */
export function actionWord(words: Partial<Record<'add' | FileAction, string>>, action: FileAction | undefined): string {
  const asked = action ?? 'add';
  const word = words[asked];
  if (word !== undefined) return word;
  throw configError('file_action', `The file layout has no word for the action ${asked}.`, {
    hint: 'Deliver in full, or give the destination a word for it.',
  });
}
