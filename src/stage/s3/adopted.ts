import { z } from 'zod';

/**
 * The record of an object that somebody else has written: S3 adds no metadata to an object that is there without writing it again,
 * so its SHA-256 stands beside it, in a hidden object. The entity tag says of which bytes it is.
 */

const record = z.strictObject({ etag: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** Where the record of the object under a key is. */
export function recordKey(key: string): string {
  const start = key.lastIndexOf('/') + 1;
  return `${key.slice(0, start)}.${key.slice(start)}.sha256`;
}

export function recordText(made: { readonly etag: string | null; readonly sha256: string }): Buffer {
  return Buffer.from(`${JSON.stringify(record.parse(made))}\n`);
}

/** Null for what is no record. */
export function parseRecord(text: string): z.infer<typeof record> | null {
  try {
    return record.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
