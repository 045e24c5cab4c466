import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withResource } from '../../lib/with-resource.ts';
import { errorCode } from './classify.ts';

/** File system steps that survive a power cut once they have returned. Folders are 0700, files 0600. */

const FOLDER_MODE = 0o700;
export const FILE_MODE = 0o600;

/** Makes the entries of a folder durable. */
export function syncFolder(path: string): Promise<void> {
  return withResource(open(path, 'r'), (folder) => folder.sync());
}

/** Makes a folder and those above it, and makes their entries durable. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: FOLDER_MODE });
  if (first === undefined) return;
  const above = dirname(first);
  for (let folder = dirname(path); folder.length >= above.length; folder = dirname(folder)) {
    await syncFolder(folder);
    if (folder === above) return;
  }
}

/** Gives a finished file a second name unless that is taken; says whether it did. */
export async function linkNew(existing: string, name: string): Promise<boolean> {
  try {
    await link(existing, name);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Gives a file a second name on the same file system; says whether that can be. The entry is the caller's to sync. */
export async function linkHere(existing: string, name: string): Promise<boolean> {
  try {
    await link(existing, name);
    return true;
  } catch (error) {
    // Another file system, or a kernel that links only files of one's own.
    if (['EXDEV', 'EPERM', 'EACCES'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

/** Writes a small file whole or not at all, replacing an older one. The folder's entry is the caller's to sync. */
export async function replaceFile(path: string, text: string, temporary: string): Promise<void> {
  try {
    await withResource(open(temporary, 'wx', FILE_MODE), async (file) => {
      await file.writeFile(text);
      await file.sync();
    });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
