import { createHash, randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import type { SftpSettings } from './settings.ts';

/**
 * Names of unfinished files. Each attempt has its own, so that two that run at once never write into one file. With `dot-suffix` the
 * name begins with a dot, which LiveRamp and most collectors do not take as the name of a delivery.
 */

/** File systems take 255 bytes; this leaves room for the rest of the name. */
const LONGEST_PART = 200;

/** An attempt's own part of a temp name. */
const ATTEMPT = /^(.+)\.[0-9a-f]{12}$/;
const PARTIAL = '.partial';

/** The part that the temp names of all attempts at one file have in common. */
export function stem(name: string, strategy: SftpSettings['temp']): string {
  const dot = strategy === 'dot-suffix' ? '.' : '';
  if (Buffer.byteLength(name) <= LONGEST_PART) return dot + name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${dot}${Buffer.from(name)
    .subarray(0, LONGEST_PART - 13)
    .toString('latin1')
    .replaceAll(/[^\x20-\x7e]/g, '_')}-${digest}`;
}

type Places = Pick<SftpSettings, 'temp' | 'tempFolder' | 'tempSuffix' | 'folder'>;

/** The folder in which unfinished files are. */
export function tempFolder(settings: Places): string {
  return settings.tempFolder ?? settings.folder;
}

/** Where an attempt at a file is written; with `none`, under its own name. */
export function tempPath(settings: Places, name: string): string {
  if (settings.temp === 'none') return posix.join(settings.folder, name);
  return posix.join(tempFolder(settings), `${stem(name, settings.temp)}.${randomBytes(6).toString('hex')}${suffixOf(settings)}`);
}

/** The `stem` of a folder's entry that is an unfinished file of ours, or null. */
export function stemOf(entry: string, settings: Places): string | null {
  const suffix = suffixOf(settings);
  return entry.endsWith(suffix) ? (ATTEMPT.exec(entry.slice(0, -suffix.length))?.[1] ?? null) : null;
}

function suffixOf({ temp, tempSuffix }: Places): string {
  return temp === 'suffix' ? (tempSuffix ?? PARTIAL) : PARTIAL;
}
