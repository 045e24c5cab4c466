import { configError } from '../errors.ts';

// Printable ASCII without '/' and '\'. A leading dot is the stages' own (sidecars, unfinished files), which also rules out '.' and '..'.
const SEGMENT = /^[\x21-\x2d\x30-\x5b\x5d-\x7e][\x20-\x2e\x30-\x5b\x5d-\x7e]*$/;
const MAX_KEY_BYTES = 1024;
// File systems take 255 bytes; the rest is for what the folder stage puts around a name while it works.
const MAX_SEGMENT_BYTES = 200;

function problemOf(key: string): string | null {
  if (key.length > MAX_KEY_BYTES) return `it is longer than ${MAX_KEY_BYTES} bytes`;
  for (const segment of key.split('/')) {
    if (segment === '') return 'a name between slashes is empty';
    if (segment.startsWith('.')) return 'a name between slashes starts with a dot';
    if (segment.length > MAX_SEGMENT_BYTES) return `a name between slashes is longer than ${MAX_SEGMENT_BYTES} bytes`;
    if (!SEGMENT.test(segment)) return 'it holds a character other than printable ASCII, or a backslash';
  }
  return null;
}

/** Whether the stage could have made this key; anything else found in its place is not the stage's. */
export function isStageKey(key: string): boolean {
  return problemOf(key) === null;
}

/** Throws a `config` error `stage_key` unless the key, behind `base`, can be stored by every stage alike. */
export function checkKey(key: string, base = ''): void {
  const problem = problemOf(key) ?? (base.length + key.length > MAX_KEY_BYTES ? problemOf(base + key) : null);
  if (problem === null) return;
  throw configError('stage_key', `"${key.slice(0, 80)}${key.length > 80 ? '…' : ''}" cannot be a key in the stage: ${problem}.`, {
    hint: 'Change the file name template or the folder from which the key is made.',
  });
}

/**
 * A prefix as a folder: '' for everything, else without a trailing slash. `runs/1` covers `runs/1` and `runs/1/a`, never
 * `runs/10`, so that removing one run cannot reach into another.
 */
export function folderOf(prefix: string): string {
  const folder = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
  if (folder !== '') checkKey(folder);
  return folder;
}

/** Whether a key lies in a folder given by `folderOf`. */
export function isUnder(folder: string, key: string): boolean {
  return folder === '' || key === folder || key.startsWith(`${folder}/`);
}

/** Order of keys: by byte, which for ASCII is by code unit. */
export function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}
