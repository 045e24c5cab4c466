import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/** Names that the folder stage puts beside a file. They start with a dot, which no key may, so they are hidden from lists. */

const UNFINISHED = /^\..*\.tmp$/;

/** The file that keeps an object's SHA-256, in the form that `sha256sum --check` reads. */
export function sidecarOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.sha256`);
}

/** A name for a file while it is written; every call gives another. */
export function unfinishedOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
}

/** Whether a file name is one that a crash left unfinished. */
export function isUnfinished(name: string): boolean {
  return UNFINISHED.test(name);
}
