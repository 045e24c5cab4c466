import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorCode } from './classify.ts';
import { replaceFile } from './durable.ts';
import { hashFile } from './hash-copy.ts';
import { sidecarOf, unfinishedOf } from './names.ts';

/**
 * The recorded SHA-256 of a staged file. It is written after the file has its name and removed before the file goes, so a crash
 * can only leave a file without a record, never a record of other bytes; a missing one is made again from the file, which was
 * durable before it was named.
 */
export async function recordedSha256(path: string, signal?: AbortSignal): Promise<string> {
  const recorded = /^([0-9a-f]{64}) {2}/.exec(await textOf(sidecarOf(path)))?.[1];
  if (recorded !== undefined) return recorded;
  const { sha256 } = await hashFile(path, signal);
  await writeRecord(path, sha256);
  return sha256;
}

/** Keeps the SHA-256 of a staged file beside it. */
export async function writeRecord(path: string, sha256: string): Promise<void> {
  const sidecar = sidecarOf(path);
  await replaceFile(sidecar, `${sha256}  ${basename(path)}\n`, unfinishedOf(sidecar));
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}
