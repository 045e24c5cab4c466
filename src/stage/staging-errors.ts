import { type AquariusError, configError, rejectedError, transientError } from '../errors.ts';

/** Failures that every stage reports in the same words. */

/** Other bytes are under the key already. */
export function stageConflict(key: string): AquariusError {
  return rejectedError('stage_conflict', `The stage already holds other bytes under "${key}"; staged files are never replaced.`, {
    hint: 'A retry must send the same bytes. If the staged set is not wanted any more, remove its folder from the stage.',
  });
}

/** What arrived is not what was asked for. */
export function stageVerify(key: string, found: string): AquariusError {
  return transientError('stage_verify', `"${key}" was not staged: ${found}.`, {
    hint: 'The file changed while it was copied, or a disk or the network damaged it. The next try starts from the file again.',
  });
}

/** Nothing is under the key. */
export function stageMissing(key: string): AquariusError {
  return configError('stage_missing', `The stage holds nothing under "${key}".`, {
    hint: 'It was removed or has expired. Run the delivery anew instead of resuming it, and compare the expiry rule with the retry window.',
  });
}

/** A read that begins behind the last byte: a mistake of the caller. */
export function beyondEnd(key: string, start: number, bytes: number): RangeError {
  return new RangeError(`"${key}" has ${bytes} bytes and cannot be read from ${start}`);
}
