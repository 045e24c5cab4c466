import { transientError } from '../errors.ts';
import type { Layout } from '../format/layout.ts';
import { freeBytes } from '../lib/free-space.ts';
import type { Stage } from '../stage/stage.ts';

/** What compression leaves of lines of device ids (measured: 0.34), and a little more. Other lines may need more, and find out. */
const GZIP_SHARE = 0.4;
/** For what a disk keeps beside the bytes. */
const MARGIN = 1.05;

const MIB = 2 ** 20;
const mib = (bytes: number): string => `${Math.ceil(bytes / MIB).toLocaleString('en-US')} MiB`;

interface Room {
  /** Where files are written before they are staged. */
  readonly folder: string;
  readonly stage: Stage;
  readonly layout: Layout;
  /** Of all lines before compression, near enough. */
  readonly plainBytes: number;
  /** Whether the lines are written as they are before they are packed. */
  readonly keepsPlain: boolean;
}

/**
 * Refuses to begin what the disks have no room for, as far as that can be known before: `transient` error `disk_full`. The finished
 * file is counted once, since a stage on the same disk takes it over, and one on another is asked by itself.
 */
export async function requireRoom({ folder, stage, layout, plainBytes, keepsPlain }: Room): Promise<void> {
  const finished = layout.compression === 'gzip' ? plainBytes * GZIP_SHARE : plainBytes;
  const needed = (finished + (keepsPlain ? plainBytes : 0)) * MARGIN;
  const free = await freeBytes(folder);
  if (free < needed) {
    throw noRoom(folder, needed, free, 'Free space there, or choose another data directory.');
  }
  const staged = await stage.freeBytes?.();
  if (staged !== undefined && staged < finished * MARGIN) {
    throw noRoom('the stage', finished * MARGIN, staged, 'Make room on the disk of the stage, or let staged sets expire sooner.');
  }
}

function noRoom(place: string, needed: number, free: number, hint: string): Error {
  return transientError(
    'disk_full',
    `There is no room for the files in ${place}: about ${mib(needed)} are needed, ${mib(free)} are free.`,
    {
      hint: `${hint} The run is tried again until its deadline.`,
    },
  );
}
