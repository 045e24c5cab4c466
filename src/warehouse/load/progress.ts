export interface LoadProgress {
  /** Number of the file at work, from 1. */
  readonly file: number;
  readonly files: number;
  /** Of the whole load, 0 to 1. */
  readonly share: number;
}

interface Tracker {
  /** Bytes of a file were hashed. */
  hashed(file: number, bytes: number): void;
  /** A share of a file was inserted. */
  inserted(file: number, share: number): void;
  /** A file is done with. */
  finished(file: number): void;
}

/** Puts hashing and loading of all files together into one share, by bytes. */
export function trackProgress(sizes: readonly number[], report: ((progress: LoadProgress) => void) | undefined): Tracker {
  const total = Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  let done = 0;
  const tell = (file: number, partial: number): void =>
    report?.({ file: file + 1, files: sizes.length, share: Math.min(1, (done + partial) / (2 * total)) });
  return {
    hashed(file, bytes) {
      done += bytes;
      tell(file, 0);
    },
    inserted: (file, share) => tell(file, (sizes[file] ?? 0) * share),
    finished(file) {
      done += sizes[file] ?? 0;
      tell(file, 0);
    },
  };
}
