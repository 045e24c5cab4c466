import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A file system of a few hundred KiB of its own, that a test can fill. */
export interface SmallDisk extends Disposable {
  readonly path: string;
  /** Takes all the room that is left, but for so many bytes. */
  fill(leaving?: number): void;
  /** Gives the room back. */
  free(): void;
}

const FILLER = '.filler';
const PAGE = 4096;

/** Mounts an empty file system of `kib` KiB over an empty folder, which needs root, or sudo without a password. */
export function mountSmallDisk(path: string, kib: number): SmallDisk {
  asRoot('mount', ['-t', 'tmpfs', '-o', `size=${kib}k,mode=0777`, 'aquarius-test', path]);
  const filler = join(path, FILLER);
  return {
    path,
    fill(leaving = 0) {
      const reserved = join(path, `${FILLER}-room`);
      const fd = openSync(reserved, 'w');
      writeSync(fd, Buffer.alloc(leaving));
      closeSync(fd);
      fillUp(filler);
      rmSync(reserved);
    },
    free: () => rmSync(filler, { force: true }),
    [Symbol.dispose]: () => asRoot('umount', ['-l', path]),
  };
}

function fillUp(path: string): void {
  const fd = openSync(path, 'w');
  try {
    for (;;) writeSync(fd, Buffer.alloc(PAGE));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(fd);
  }
}

function asRoot(command: string, args: readonly string[]): void {
  const isRoot = process.getuid?.() === 0;
  const { status, stderr } = isRoot
    ? spawnSync(command, args, { encoding: 'utf8' })
    : spawnSync('sudo', ['-n', command, ...args], { encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(
    `Missing: the right to mount a small file system, without which nobody knows what a full disk does (${command}: ${stderr?.trim() || 'sudo is not there'}). ` +
      'Run npm test as root, as a user with sudo and no password, or in a container with --cap-add SYS_ADMIN.',
  );
}
