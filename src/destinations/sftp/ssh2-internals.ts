import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Client, SFTPWrapper } from 'ssh2';

/**
 * What ssh2 knows and does not tell. Every field may be missing in another version of it; then the careful answer is given, and
 * only speed is lost.
 */

interface Internals {
  readonly _remoteVer?: string;
  readonly _protocol?: {
    readonly _cipher?: { _encKey?: Buffer | KeyObject };
    readonly _decipher?: { _decipherKey?: Buffer | KeyObject };
  };
}

interface SftpInternals {
  readonly _extensions?: Readonly<Record<string, string>>;
  readonly _maxWriteLen?: number;
}

/** What every SFTP server takes in one request. */
const CAREFUL_BYTES = 32 * 1024;

/** OpenSSH's own limit, which others state as well; asking for more gains nothing. */
const LARGEST_BYTES = 255 * 1024;

/** The server's software as it names itself, such as `OpenSSH_9.2p1`. */
export function serverSoftware(client: Client): string {
  return ((client as unknown as Internals)._remoteVer ?? '').replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, 80);
}

/** Data bytes that a write request may hold: the server's stated limit, or OpenSSH's, or 32 KiB. */
export function writeLimit(sftp: SFTPWrapper): number {
  const stated = (sftp as unknown as SftpInternals)._maxWriteLen ?? CAREFUL_BYTES;
  // Without a stated limit ssh2 assumes a little more than 32 KiB, which is no promise of the server.
  return stated < 2 * CAREFUL_BYTES ? Math.min(stated, CAREFUL_BYTES) : Math.min(stated, LARGEST_BYTES);
}

/** Whether the server offers a protocol extension. */
export function offers(sftp: SFTPWrapper, extension: string): boolean {
  return (sftp as unknown as SftpInternals)._extensions?.[extension] !== undefined;
}

/**
 * Makes a session's AES-GCM keys into key objects. ssh2 makes a cipher for each packet, and from a key object that is six times as
 * fast as from a buffer: a quarter of the processor time of an upload. To be done after every key exchange.
 */
export function useKeyObjects(connection: object): void {
  const { _cipher: cipher, _decipher: decipher } = (connection as unknown as Internals)._protocol ?? {};
  if (Buffer.isBuffer(cipher?._encKey)) cipher._encKey = createSecretKey(cipher._encKey);
  if (Buffer.isBuffer(decipher?._decipherKey)) decipher._decipherKey = createSecretKey(decipher._decipherKey);
}
