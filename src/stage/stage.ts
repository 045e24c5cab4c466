import type { Readable } from 'node:stream';

/**
 * The stage: where finished files rest, immutable, between the warehouse and the partner. This room moves bytes under keys;
 * it never opens a file's format and never overwrites.
 */

export interface StagedObject {
  readonly key: string;
  readonly bytes: number;
  /** Lower-case hexadecimal SHA-256 of the object's bytes, as recorded when it was put. */
  readonly sha256: string;
}

export interface PutRequest {
  /**
   * Slash-separated printable ASCII, at most 1,024 bytes with the stage's own prefix and 200 between slashes; no name starts
   * with a dot. Anything else is a `config` error `stage_key`.
   */
  readonly key: string;
  /** A local, finished file: re-readable, so that a failed part can be sent again. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /**
   * The file is safe on the disk, its SHA-256 was taken while it was written, and nobody writes into it again: a stage on the same file
   * system may take the file itself instead of copying it. What is at `path` is still the caller's to remove.
   */
  readonly isGiven?: boolean;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
  /** Told the bytes moved so far. */
  readonly onProgress?: (bytes: number) => void;
}

export interface Stage {
  readonly type: string;
  /**
   * Stores a file under a key that must not exist, and verifies it afterwards. An object with the same bytes already there is
   * success (`created: false`); one with other bytes is a `rejected` error `stage_conflict`.
   */
  put(request: PutRequest): Promise<{ readonly created: boolean }>;
  /**
   * Takes over what somebody who works for us, such as the warehouse, has written under a key: `read` is given its bytes, once, and gives
   * their SHA-256. From then on the object is like one that was put; should other bytes come under its key, it is no longer known.
   * Null where nothing is. Absent where nobody else can write into the stage.
   */
  adopt?(key: string, read: (bytes: Readable) => Promise<string>, signal?: AbortSignal): Promise<StagedObject | null>;
  /** What is under a key, or null. */
  stat(key: string, signal?: AbortSignal): Promise<StagedObject | null>;
  /**
   * Opens the bytes, from `start` (default 0). A missing key is a `config` error `stage_missing`; an end before the last byte
   * is an error of the stream, never a short file.
   */
  open(key: string, options?: { readonly start?: number; readonly signal?: AbortSignal }): Promise<Readable>;
  /** What is under a prefix, sorted by key. A prefix is a folder: `runs/1` covers `runs/1/a`, not `runs/10`; '' covers everything. */
  list(prefix: string, signal?: AbortSignal): Promise<readonly StagedObject[]>;
  /** Removes everything under a prefix, which may not be ''; gives the number of objects removed. */
  remove(prefix: string, signal?: AbortSignal): Promise<number>;
  /** Bytes that there is room for, where that can be known. */
  freeBytes?(): Promise<number>;
  /** Proves that objects can be written, read and removed; throws what is wrong. */
  check(signal?: AbortSignal): Promise<void>;
}
