import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A disk, in bytes. */
export interface DiskSpace {
  /** What this user may still write. */
  readonly free: number;
  readonly total: number;
}

/** What stays free: a tenth of the disk within these bounds, since the control store and other programs need room too. */
const KEPT_SHARE = 0.1;
const LEAST_KEPT_BYTES = 2 * 1024 ** 3;
const MOST_KEPT_BYTES = 10 * 1024 ** 3;

/** The disk that a folder is on, or will be. Rejects with the file system's own error. */
export async function diskSpace(folder: string): Promise<DiskSpace> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, total: blocks * bsize };
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    return diskSpace(parent);
  }
}

/** What may still be written into a folder, in bytes. */
export async function freeBytes(folder: string): Promise<number> {
  return (await diskSpace(folder)).free;
}

/** How much of what is free may be used up, in bytes; on a disk that is nearly full half of it. */
export function spareBytes({ free, total }: DiskSpace): number {
  const kept = Math.min(Math.max(total * KEPT_SHARE, LEAST_KEPT_BYTES), MOST_KEPT_BYTES);
  return Math.floor(Math.max(free - kept, free / 2));
}
