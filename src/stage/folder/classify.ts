import { AquariusError, configError, transientError } from '../../errors.ts';

interface Row {
  readonly codes: readonly string[];
  /** The system call that the row is about; without it any. */
  readonly syscall?: string;
  readonly make: (doing: string, cause: unknown) => AquariusError;
}

/**
 * What the operating system's error codes mean for a stage in a folder. The first row that fits holds; what none covers is a
 * bug and passes as it is.
 */
const TABLE: readonly Row[] = [
  {
    // Space comes back when old sets expire or somebody makes room. EFBIG: a limit on the size of files (`ulimit -f`).
    codes: ['ENOSPC', 'EDQUOT', 'EFBIG'],
    make: (doing, cause) =>
      transientError('disk_full', `${doing}: the disk, its quota or the limit of file sizes is reached.`, {
        hint: 'Make room on the disk of the stage, or let staged sets expire sooner. The run is tried again until its deadline.',
        cause,
      }),
  },
  {
    // FAT, exFAT and some network mounts.
    codes: ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'],
    syscall: 'link',
    make: (doing, cause) =>
      configError(
        'stage_no_links',
        `${doing}: the file system does not allow hard links, without which a file could be replaced.`,
        {
          hint: "Put the stage's folder on a file system with hard links (ext4, XFS, APFS, ZFS, NFS), or use a stage of type s3.",
          cause,
        },
      ),
  },
  {
    codes: ['EACCES', 'EPERM', 'EROFS'],
    make: (doing, cause) =>
      configError('stage_access_denied', `${doing}: the file system denies access.`, {
        hint: "Give the user that runs Aquarius read and write access to the stage's folder and everything in it.",
        cause,
      }),
  },
  {
    // A file stands where a folder is needed, or the other way round.
    codes: ['ENOTDIR', 'EISDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG'],
    make: (doing, cause) =>
      configError('stage_path', `${doing}: something else is in the place of a folder or a file, or a name is too long.`, {
        hint: "Look into the stage's folder: only Aquarius should write there.",
        cause,
      }),
  },
  {
    // Network mounts and failing disks; a folder that vanished under a write (a mount gone, a set removed meanwhile).
    codes: ['ENOENT', 'EIO', 'ESTALE', 'ETIMEDOUT', 'EBUSY', 'EMFILE', 'ENFILE'],
    make: (doing, cause) =>
      transientError('stage_unavailable', `${doing}: the file system failed or is busy.`, {
        hint: 'Check the disk or the mount of the stage, and the limit of open files.',
        cause,
      }),
  },
];

/** Runs file work of the stage and turns what the operating system says into errors that say what to do. */
export async function classified<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = errorCode(error);
    const syscall = error instanceof Error && 'syscall' in error ? error.syscall : null;
    const row = TABLE.find((each) => code !== null && each.codes.includes(code) && (each.syscall ?? syscall) === syscall);
    throw row === undefined || error instanceof AquariusError ? error : row.make(doing, error);
  }
}

/** The code of a system error, or null. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
