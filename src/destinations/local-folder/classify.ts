import { AquariusError, configError, transientError } from '../../errors.ts';

/** Gives what the operating system says of a destination's folder a kind and a hint. `doing` completes "Cannot ...". */
export function folderFailure(error: unknown, doing: string, folder: string): unknown {
  if (error instanceof AquariusError || !(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return error;
  const message = `Cannot ${doing} in the folder ${folder} (${error.code}).`;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return configError('folder_missing', `The folder ${folder} does not exist.`, {
        hint: 'Make it, or mount what belongs there, or correct path. It is not made by itself: a missing mount would go unnoticed.',
        cause: error,
      });
    case 'EACCES':
    case 'EROFS':
      return configError('folder_permission', message, { hint: 'Let the user that runs Aquarius write there.', cause: error });
    case 'EPERM':
    case 'ENOTSUP':
    case 'EOPNOTSUPP':
    case 'ENOSYS':
      return configError('folder_no_links', message, {
        hint: 'The file system must allow hard links, without which a file could be replaced unseen. Use another one.',
        cause: error,
      });
    case 'ENAMETOOLONG':
      return configError('folder_name', message, { hint: 'Shorten nameTemplate.', cause: error });
    default:
      return transientError(error.code === 'ENOSPC' || error.code === 'EDQUOT' ? 'folder_full' : 'folder_failure', message, {
        hint: 'It is tried again. Check the disk or the mount, and the space on it.',
        cause: error,
      });
  }
}
