import { createHash, timingSafeEqual } from 'node:crypto';

/** A server's public host key. */
export interface HostKey {
  /** Key type as SSH names it: `ssh-ed25519`, `ssh-rsa`. */
  readonly type: string;
  /** As OpenSSH prints it: `SHA256:` and base64 without padding. */
  readonly fingerprint: string;
  /** Type and base64 key, as in a `.pub` file. */
  readonly publicKeyLine: string;
}

/** What a server must prove to be: one exact key, or any key with a fingerprint. */
export type HostKeyPin =
  | { readonly kind: 'key'; readonly type: string; readonly blob: Buffer }
  | { readonly kind: 'fingerprint'; readonly digest: Buffer };

const FINGERPRINT = /^SHA256:([A-Za-z0-9+/]{43})=?$/;
const KEY_LINE = /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521))\s+([A-Za-z0-9+/]+={0,2})(?:\s.*)?$/;

const sha256 = (blob: Buffer): Buffer => createHash('sha256').update(blob).digest();

/** The type that a raw key names itself; every SSH key blob starts with it. */
function typeOf(blob: Buffer): string {
  if (blob.length < 4) return '';
  return blob.subarray(4, 4 + blob.readUInt32BE(0)).toString('latin1');
}

/** Reads a pin: `SHA256:...`, or a public key line. Null when it is neither. */
export function parseHostKeyPin(text: string): HostKeyPin | null {
  const digest = FINGERPRINT.exec(text.trim())?.[1];
  if (digest !== undefined) return { kind: 'fingerprint', digest: Buffer.from(digest, 'base64') };
  const [, type, base64] = KEY_LINE.exec(text.trim()) ?? [];
  if (type === undefined || base64 === undefined) return null;
  const blob = Buffer.from(base64, 'base64');
  return typeOf(blob) === type ? { kind: 'key', type, blob } : null;
}

/** Names a raw key for people. */
export function describeHostKey(blob: Buffer): HostKey {
  const type = typeOf(blob);
  return {
    type,
    fingerprint: `SHA256:${sha256(blob).toString('base64').replace(/=+$/, '')}`,
    publicKeyLine: `${type} ${blob.toString('base64')}`,
  };
}

/** Whether a raw key is one of the pinned ones. Compares in constant time and looks at every pin. */
export function isPinned(blob: Buffer, pins: readonly HostKeyPin[]): boolean {
  const digest = sha256(blob);
  let found = false;
  for (const pin of pins) {
    const [mine, theirs] = pin.kind === 'key' ? [pin.blob, blob] : [pin.digest, digest];
    if (mine.length === theirs.length && timingSafeEqual(mine, theirs)) found = true;
  }
  return found;
}
