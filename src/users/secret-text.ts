import { createHash } from 'node:crypto';

/** Secrets that are shown once and kept as their hash: they are random enough that a plain hash cannot be turned around. */

const BYTES = 32;

/** 256 random bits, in characters that stand in any URL and header. */
export function randomText(random: (bytes: number) => Uint8Array): string {
  return Buffer.from(random(BYTES)).toString('base64url');
}

/** SHA-256 in hexadecimal. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
