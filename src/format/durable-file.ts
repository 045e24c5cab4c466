import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { transientError } from '../errors.ts';

/** EFBIG: a limit on the size of files (`ulimit -f`). */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function diskError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || !FULL.has(String(error.code))) return error;
  return transientError('disk_full', `There is no room left for ${path}.`, {
    cause: error,
    hint: 'Free space there, or choose another data directory. The run is tried again until its deadline.',
  });
}

/** Makes the names in a directory survive a power loss. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file that only its owner can read. It gets its name when every byte is on the disk, so that no other process ever sees a
 * part of it; on failure nothing is left. A full disk is a `transient` error `disk_full`.
 */
export async function writeDurableFile(path: string, source: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
  const partial = `${path}.partial`;
  try {
    const handle = await open(partial, 'w', 0o600);
    try {
      for await (const chunk of source) {
        signal.throwIfAborted();
        await handle.writeFile(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw diskError(error, dirname(path));
  }
}
