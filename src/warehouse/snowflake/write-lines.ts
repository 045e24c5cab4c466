import { type FileHandle, lstat, open, rm } from 'node:fs/promises';
import { configError, transientError } from '../../errors.ts';

/** Lines are gathered to about so many characters before they are written. */
const BLOCK_CHARS = 262_144;

/**
 * Writes batches of lines, each ended by LF, to a new file or to a named pipe that somebody reads, as fast as they are taken there. A
 * failure leaves no file. Gives the number of lines. `config` errors: `file_exists`, `files_missing`.
 */
export async function writeLines(path: string, batches: () => AsyncIterable<readonly string[]>): Promise<number> {
  const { handle, isPipe } = await reserve(path);
  let lines = 0;
  try {
    try {
      let block = '';
      for await (const batch of batches()) {
        lines += batch.length;
        for (const line of batch) {
          block += line;
          block += '\n';
        }
        if (block.length < BLOCK_CHARS) continue;
        await handle.writeFile(block);
        block = '';
      }
      if (block !== '') await handle.writeFile(block);
    } finally {
      await handle.close();
    }
    return lines;
  } catch (error) {
    if (!isPipe) await rm(path, { force: true });
    throw writeFailure(path, error);
  }
}

/** Creates the file, so that no other run can have it, or opens the pipe that is there. */
async function reserve(path: string): Promise<{ readonly handle: FileHandle; readonly isPipe: boolean }> {
  try {
    return { handle: await open(path, 'wx'), isPipe: false };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await lstat(path)).isFIFO()) return { handle: await open(path, 'w'), isPipe: true };
    if (code === 'EEXIST')
      throw configError('file_exists', `${path} exists already.`, { hint: 'Remove it, or write somewhere else.' });
    if (code === 'ENOENT') throw configError('files_missing', `There is no folder for ${path}.`, { hint: 'Create the folder.' });
    throw writeFailure(path, error);
  }
}

function writeFailure(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return transientError('disk_full', `The disk is full; ${path} needs room for what the warehouse selects.`, {
      hint: 'Free space, or move the data directory.',
    });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return configError('warehouse_permission', `No permission to write ${path}.`, {
      hint: 'Give the user that runs Aquarius access to the folder.',
    });
  return error;
}
