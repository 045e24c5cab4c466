import { randomUUID } from 'node:crypto';
import { link, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configError } from '../../errors.ts';
import { folderFailure } from './classify.ts';

/** Proves that files can be written, named and removed in a folder. Leaves nothing behind. */
export async function checkFolder(folder: string): Promise<void> {
  const probe = join(folder, `.aquarius-check.${randomUUID()}.partial`);
  const named = `${probe}.named`;
  try {
    if (!(await stat(folder)).isDirectory())
      throw configError('folder_missing', `${folder} is not a folder.`, { hint: 'Correct path.' });
    try {
      await writeFile(probe, 'Aquarius checks that it can write here, and removes this file.\n', { flag: 'wx' });
      await link(probe, named);
    } finally {
      await Promise.all([rm(named, { force: true }), rm(probe, { force: true })]);
    }
  } catch (error) {
    throw folderFailure(error, 'write', folder);
  }
}
