import { AquariusError } from '../errors.ts';

/** How errors speak of a bucket, which serves as one thing or another. */
export interface Voice {
  /** Completes "write … into": `the stage`. */
  readonly noun: string;
  /** Begins every code: `stage` gives `stage_missing`. */
  readonly code: string;
  /** Other bytes are under the key already. */
  conflict(key: string): AquariusError;
  /** What was written is not there any more. */
  gone(key: string): AquariusError;
  /** What arrived, or what was to be sent, is not what was asked for; `found` completes the message. */
  verify(key: string, found: string): AquariusError;
}

/** Whether an error has this code, given without what begins it. */
export function isCode(error: unknown, voice: Voice, ...codes: readonly string[]): error is AquariusError {
  return error instanceof AquariusError && codes.some((code) => error.code === `${voice.code}_${code}`);
}
