import { createHash, randomBytes } from 'node:crypto';
import { link, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { rejectedError, transientError } from '../../errors.ts';
import { withResource } from '../../lib/with-resource.ts';
import type { Ctx, FileReceipt, ReadableFile, ReadableSet, Receipt } from '../destination.ts';
import { openMeasured } from '../measured-source.ts';
import { folderFailure } from './classify.ts';

const COPY_BYTES = 1024 * 1024;

/** Puts a staged set into a folder, file by file. */
export async function deliverToFolder(set: ReadableSet, folder: string, ctx: Ctx): Promise<Receipt> {
  const files: FileReceipt[] = [];
  let written = 0;
  const onWritten = (bytes: number) => {
    written += bytes;
    ctx.onProgress?.(written);
  };
  for (const file of set.files) {
    try {
      files.push(await putFile(file, folder, ctx, onWritten));
    } catch (error) {
      throw ctx.signal.aborted ? ctx.signal.reason : folderFailure(error, `write ${file.name}`, folder);
    }
  }
  return { accepted: set.manifest.rows, rejected: 0, reasons: {}, reference: folder, files, details: {} };
}

/**
 * Writes a file under another name, makes it durable, reads it back, and then links it to its name, which fails if that is taken. The
 * folder shows a whole file or none.
 */
async function putFile(
  file: ReadableFile,
  folder: string,
  { signal, fence }: Ctx,
  onWritten: (bytes: number) => void,
): Promise<FileReceipt> {
  const remote = join(folder, file.name);
  const receipt = (outcome: FileReceipt['outcome']): FileReceipt => ({ name: file.name, remote, bytes: file.bytes, outcome });
  signal.throwIfAborted();
  if (await isThere(remote, file, signal)) {
    onWritten(file.bytes);
    return receipt('already');
  }
  const temp = join(folder, `.${file.sha256.slice(0, 16)}.${randomBytes(6).toString('hex')}.partial`);
  try {
    await copy(file, temp, signal, onWritten);
    const stored = await hashFile(temp, signal);
    if (stored !== file.sha256) {
      throw transientError('folder_incomplete', `${file.name} does not read back as it was written.`, {
        hint: 'Check the disk or the mount.',
      });
    }
    await fence();
    if (await linkNew(temp, remote)) {
      await syncFolder(folder);
      return receipt('sent');
    }
    // Another attempt was faster.
    if (await isThere(remote, file, signal)) return receipt('already');
    throw transientError('folder_failure', `${file.name} came and went while it was being written.`, {
      hint: 'It is tried again.',
    });
  } finally {
    await rm(temp, { force: true });
  }
}

async function copy(file: ReadableFile, path: string, signal: AbortSignal, onWritten: (bytes: number) => void): Promise<void> {
  const source = await openMeasured(file, signal);
  await withResource(open(path, 'wx'), async (target) => {
    for await (const piece of source.pieces(COPY_BYTES)) {
      signal.throwIfAborted();
      await target.writeFile(piece);
      onWritten(piece.length);
    }
    await target.sync();
  });
}

/** Whether the name holds this file. Another file under it is a `rejected` error. */
async function isThere(path: string, file: ReadableFile, signal: AbortSignal): Promise<boolean> {
  const present = await stat(path).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (present === null) return false;
  if (present.size === file.bytes && (await hashFile(path, signal)) === file.sha256) return true;
  throw rejectedError('folder_conflict', `The folder has another file under the name ${file.name}. It was not touched.`, {
    hint: 'Names must be unique for each run: check nameTemplate, and who else writes into this folder.',
  });
}

async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await withResource(open(path, 'r'), async (handle) => {
    const { size } = await handle.stat();
    const highWaterMark = Math.max(1, Math.min(COPY_BYTES, size));
    // A stream that is aborted before anybody reads it fails where nobody hears it.
    signal.throwIfAborted();
    for await (const data of handle.createReadStream({ signal, highWaterMark, autoClose: false })) hash.update(data);
  });
  return hash.digest('hex');
}

async function syncFolder(path: string): Promise<void> {
  await withResource(open(path, 'r'), (handle) => handle.sync());
}

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;
