import type { ReadableFile } from '../destination.ts';
import { MOST_CONNECTIONS, type SftpSettings } from './settings.ts';
import { STRIPED_FROM_BYTES } from './stripes.ts';
import { MOST_BYTES_UNDER_WAY } from './write-file.ts';

/** A connection takes 2 MiB per round trip: at 15 ms that is 140 MB a second, more than a line of one gigabit has. */
const FAR_MS = 15;

/** Without a setting. With more, this side's processor is the limit. */
const MOST_BY_DEFAULT = 6;

/** Round trips that a file takes, whatever its size. */
const FILE_ROUND_TRIPS = 8;

/** Work that makes a further connection worth its login, which takes ten round trips or so. */
const WORTHWHILE_ROUND_TRIPS = 20;

const SAMPLES = 3;

/** How many connections a set should go over. `ask` is a cheap request, which is timed where it matters. */
export async function countConnections(
  settings: SftpSettings,
  files: readonly ReadableFile[],
  canStripe: boolean,
  ask: () => Promise<unknown>,
): Promise<number> {
  const isStriped = canStripe && files.some(({ bytes }) => bytes >= STRIPED_FROM_BYTES);
  const useful = isStriped ? MOST_CONNECTIONS : Math.max(1, files.length);
  if (settings.connections !== undefined) return Math.min(settings.connections, useful);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const roundTrips = files.length * FILE_ROUND_TRIPS + bytes / MOST_BYTES_UNDER_WAY;
  const worthwhile = Math.min(MOST_BY_DEFAULT, useful, Math.floor(roundTrips / WORTHWHILE_ROUND_TRIPS));
  if (worthwhile < 2) return 1;
  // The smallest of three: what is above it is waiting, not distance.
  for (let sample = 0; sample < SAMPLES; sample++) {
    const asked = performance.now();
    await ask();
    if (performance.now() - asked < FAR_MS) return 1;
  }
  return worthwhile;
}
