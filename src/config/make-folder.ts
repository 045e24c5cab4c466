import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { configError, transientError } from '../errors.ts';

/** Makes a folder of the program's own, and those above it. What keeps it from being made is for a person to mend. */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  await makeAll(path, mode).catch((error: unknown) => {
    throw folderFailure(path, error);
  });
}

/**
 * One folder after the other: Node's own recursion never ends where the system answers ENOENT under a folder that exists. Others may
 * make the same folders at the same time, so the folder above can have come just after it was missed.
 */
async function makeAll(path: string, mode: number | undefined): Promise<void> {
  const failure = await makeOne(path, mode);
  if (failure === null) return;
  if (!isCode(failure, 'ENOENT')) throw failure;
  if (!(await isFolder(dirname(path)))) await makeAll(dirname(path), mode);
  const again = await makeOne(path, mode);
  if (again !== null) throw again;
}

/** Gives why the folder is not there afterwards, or null. */
async function makeOne(path: string, mode: number | undefined): Promise<unknown> {
  try {
    await mkdir(path, { mode });
    return null;
  } catch (error) {
    return isCode(error, 'EEXIST') && (await isFolder(path)) ? null : error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** What is wrong with a folder in which nothing can be written; what it is not about passes as it is. */
export function folderFailure(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return transientError('disk_full', `The disk that is to hold ${path} is full.`, { hint: 'Free some space.', cause: error });
  }
  // A read-only file system answers ENOENT here.
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EEXIST', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(code)) return error;
  return configError('folder_unusable', `${path} cannot be used as a folder: ${reason(code)}.`, {
    hint: 'Name another folder, or give this user the right to write there.',
    cause: error,
  });
}

function reason(code: string): string {
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'a file is in its place';
  return code === 'ENOENT' ? 'it cannot be made there' : `the system refuses it (${code})`;
}
