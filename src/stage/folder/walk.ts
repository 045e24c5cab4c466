import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './classify.ts';

interface Found {
  readonly path: string;
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** The path itself or everything below it, a folder after what it holds. Symbolic links and devices are passed over. */
export async function* walk(path: string, name: string): AsyncGenerator<Found> {
  const stats = await statsOf(path);
  if (stats?.isFile()) yield { path, name, kind: 'file' };
  if (!stats?.isDirectory()) return;
  for (const entry of await readdir(path)) yield* walk(join(path, entry), entry);
  yield { path, name, kind: 'folder' };
}

/** What is at a path, without following a symbolic link; null when there is nothing. */
export async function statsOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
