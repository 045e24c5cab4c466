const MIB = 1 << 20;
const DEFAULT_PART_MIB = 8;
// S3 takes 10,000 parts; the distance is for rounding.
const MOST_PARTS = 9500;
// Parts are held in memory while they are sent.
const MOST_MEMORY_BYTES = 512 * MIB;

/** Size of every part but the last: at least 8 MiB or what was configured, and so large that 9,500 parts are enough. */
export function partBytes(fileBytes: number, configuredMiB = DEFAULT_PART_MIB): number {
  return Math.max(configuredMiB * MIB, Math.ceil(fileBytes / MOST_PARTS / MIB) * MIB);
}

/** Parts that may be in flight at once: as configured, within 512 MiB of memory, and at least one. */
export function partsInFlight(partSize: number, concurrency: number): number {
  return Math.max(1, Math.min(concurrency, Math.floor(MOST_MEMORY_BYTES / partSize)));
}

export interface Part {
  /** Counted from 1. */
  readonly number: number;
  readonly body: Buffer;
  /** Gives the same bytes again, for when what arrived was damaged. */
  reread(): Promise<Buffer>;
}
