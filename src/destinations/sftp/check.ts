import { posix } from 'node:path';
import { type AquariusError, configError, transientError } from '../../errors.ts';
import { withResource } from '../../lib/with-resource.ts';
import type { CheckCtx } from '../destination.ts';
import { readRange } from './read-back.ts';
import { renameToFree } from './rename.ts';
import type { SftpSettings } from './settings.ts';
import { openSftp, type SftpConnection } from './sftp-connection.ts';
import { tempFolder, tempPath } from './temp-path.ts';

const PROBE = Buffer.from('Aquarius checks that it can write here, and removes this file.\n');

/**
 * Proves that a delivery could be made: logs in, looks at the folders, and writes, reads back, renames and removes a small hidden file
 * in the way that deliveries do it. Leaves nothing behind.
 */
export async function checkSftp(settings: SftpSettings, ctx: CheckCtx): Promise<void> {
  await withResource(openSftp(settings, ctx), (sftp) => probe(sftp, settings));
}

async function probe(sftp: SftpConnection, settings: SftpSettings): Promise<void> {
  for (const folder of new Set([settings.folder, tempFolder(settings)])) {
    const found = await sftp.stat(folder);
    if (found === null || !found.isFolder) throw noFolder(sftp, folder);
  }
  // Always hidden, also where deliveries are not: a partner's collector must not take it.
  const path = tempPath({ ...settings, temp: 'dot-suffix' }, 'aquarius-check');
  const handle = await sftp.create(path);
  const left = new Set([path]);
  try {
    await writeProbe(sftp, handle);
    if (settings.verify !== 'size' && !(await readRange(sftp, path, 0, PROBE.length)).equals(PROBE)) throw notStored(sftp);
    if (settings.temp !== 'none') {
      const renamed = posix.join(settings.folder, `${posix.basename(path)}.renamed`);
      left.add(renamed);
      if ((await renameToFree(sftp, path, renamed)) !== 'done') throw notStored(sftp);
    }
  } finally {
    for (const file of left) await sftp.remove(file);
  }
}

async function writeProbe(sftp: SftpConnection, handle: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    sftp.write(handle, PROBE, 0, (error) => (error ? reject(error) : resolve()));
  });
  await sftp.close(handle);
}

function notStored(sftp: SftpConnection): AquariusError {
  return transientError('sftp_incomplete', `${sftp.server} does not store what it is sent.`, {
    hint: 'The server is at fault. Ask the partner.',
  });
}

function noFolder(sftp: SftpConnection, folder: string): AquariusError {
  return configError('sftp_folder_missing', `${sftp.server} has no folder ${folder}.`, {
    hint: 'Folders must exist at the partner; check the spelling, and whether the path starts with a slash.',
  });
}
