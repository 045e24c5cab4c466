import { type AquariusError, configError } from '../../errors.ts';
import { STATUS, statusOf } from './classify.ts';
import type { SftpConnection } from './sftp-connection.ts';

/**
 * Gives a file a name that must be free. SFTP's plain rename refuses one that is taken, which is the point; OpenSSH does it without a
 * gap. The other rename of OpenSSH replaces: it is used only where the plain one is refused, and after a look that found the name free.
 */
export async function renameToFree(sftp: SftpConnection, from: string, to: string): Promise<'done' | 'taken' | 'gone'> {
  try {
    await sftp.rename(from, to);
    return 'done';
  } catch (plain) {
    const status = statusOf(plain);
    if (status === null) throw plain;
    if ((await sftp.stat(to)) !== null) return 'taken';
    if (status === STATUS.NO_SUCH_FILE) return 'gone';
    if (!sftp.offersPosixRename) throw refused(sftp, plain);
  }
  try {
    await sftp.posixRename(from, to);
    return 'done';
  } catch (error) {
    throw refused(sftp, error);
  }
}

/** A server that says no more than "failure" may have a full disk; any other answer is that it does not rename. */
function refused(sftp: SftpConnection, error: unknown): unknown {
  const status = statusOf(error);
  return status === null || status === STATUS.FAILURE ? error : cannotRename(sftp, error);
}

function cannotRename(sftp: SftpConnection, cause: unknown): AquariusError {
  return configError('sftp_rename', `${sftp.server} does not let this account rename files.`, {
    hint: "Set temp: 'none' for this destination, or ask the partner for permission to rename.",
    cause,
  });
}
