import type { ReadableFile } from '../destination.ts';
import { openMeasured, TAIL_BYTES } from '../measured-source.ts';
import { hashRemote, readRange } from './read-back.ts';
import type { SftpSettings } from './settings.ts';
import type { SftpConnection } from './sftp-connection.ts';

/** Decides whether a file at the partner is the staged one, as thoroughly as `verify` says. */

/** Compares with a staged file whose last bytes are known. Its size has been compared already. */
export async function hasSameBytes(
  sftp: SftpConnection,
  path: string,
  file: ReadableFile,
  verify: SftpSettings['verify'],
  tail: () => Buffer | Promise<Buffer>,
): Promise<boolean> {
  if (verify === 'size') return true;
  if (verify === 'content') return (await hashRemote(sftp, path, file.bytes)) === file.sha256;
  const theirs = await readRange(sftp, path, Math.max(0, file.bytes - TAIL_BYTES), file.bytes);
  return theirs.equals(await tail());
}

/** The last bytes of a staged file. All of it is read for them, which also proves it whole. */
export async function tailOf(file: ReadableFile, signal: AbortSignal): Promise<Buffer> {
  const source = await openMeasured(file, signal);
  for await (const _ of source.pieces(TAIL_BYTES)) signal.throwIfAborted();
  return source.tail();
}

/**
 * Whether a file under the final name is what a broken connection left of our own upload, where uploads have no other name: shorter than
 * the staged file, and equal to it at the beginning.
 */
export async function isTornUpload(
  sftp: SftpConnection,
  path: string,
  bytes: number,
  file: ReadableFile,
  signal: AbortSignal,
): Promise<boolean> {
  if (bytes >= file.bytes) return false;
  const length = Math.min(bytes, TAIL_BYTES);
  if (length === 0) return true;
  const source = await openMeasured(file, signal);
  for await (const head of source.pieces(length)) return head.equals(await readRange(sftp, path, 0, length));
  return false;
}
