import type { Part } from './parts.ts';

/** Bytes to be put under a key. */
export interface S3Put {
  /** Without the prefix of the settings. */
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly contentType?: string;
  readonly acl?: 'bucket-owner-full-control' | undefined;
  readonly signal?: AbortSignal;
  /**
   * Opens the bytes as parts of `size` bytes, the last one smaller; no bytes are one empty part. The last part is given only once all
   * of them are proven to be those of `sha256`; anything else throws. Called again when the whole upload has to be made again.
   */
  parts(size: number, signal?: AbortSignal): AsyncIterable<Part>;
  /** Told the bytes moved so far. */
  readonly onProgress?: (bytes: number) => void;
  /** Awaited before the object can be seen; a rejection keeps it from being published. */
  readonly beforePublish?: () => Promise<void>;
  /** Lets the object be gone right after it was written: true where somebody takes objects away at once. */
  readonly acceptVanished?: boolean;
}
