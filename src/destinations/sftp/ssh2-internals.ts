import type { Client, SFTPWrapper } from 'ssh2';

/**
 * What ssh2 knows and does not tell. Every field may be missing in another version of it; then the careful answer is given, and
 * only speed is lost.
 */

interface SftpInternals {
  readonly _extensions?: Readonly<Record<string, string>>;
  readonly _maxWriteLen?: number;
  readonly _protocol?: { channelData?: (channel: number, data: Buffer) => void };
  readonly _requests?: Record<number, { readonly cb: (error?: Error) => void }>;
  readonly _buffer?: readonly Buffer[];
  _writeReqid?: number;
  readonly outgoing?: { readonly id: number; readonly state: string; readonly packetSize: number; window: number };
}

/** What every SFTP server takes in one request. */
const CAREFUL_BYTES = 32 * 1024;

/** OpenSSH's own limit, which others state as well; asking for more gains nothing. */
const LARGEST_BYTES = 255 * 1024;

const WRITE_REQUEST = 6;

/** The server's software as it names itself, such as `OpenSSH_9.2p1`. */
export function serverSoftware(client: Client): string {
  const { _remoteVer = '' } = client as unknown as { readonly _remoteVer?: string };
  return _remoteVer.replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, 80);
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
 * Sends a write request out of the caller's own buffer, which ssh2 would first copy into a new one. False, with nothing done, when
 * the request does not fit into the channel's window as it is now.
 */
export function writeDirectly(
  sftp: SFTPWrapper,
  handle: Buffer,
  data: Buffer,
  position: number,
  done: (error?: Error) => void,
): boolean {
  const session = sftp as unknown as SftpInternals;
  const { outgoing, _protocol: protocol, _requests: requests, _buffer: buffered, _writeReqid: last } = session;
  if (outgoing?.state !== 'open' || protocol?.channelData === undefined || requests === undefined || last === undefined)
    return false;
  const head = Buffer.allocUnsafe(25 + handle.length);
  if (buffered?.length !== 0 || outgoing.window <= head.length + data.length) return false;

  const id = (last + 1) & 0xffffffff;
  let at = head.writeUInt32BE(head.length - 4 + data.length, 0);
  at = head.writeUInt8(WRITE_REQUEST, at);
  at = head.writeUInt32BE(id >>> 0, at);
  at = head.writeUInt32BE(handle.length, at);
  at += handle.copy(head, at);
  at = head.writeBigUInt64BE(BigInt(position), at);
  head.writeUInt32BE(data.length, at);

  session._writeReqid = id;
  requests[id] = { cb: done };
  outgoing.window -= head.length + data.length;
  protocol.channelData(outgoing.id, head);
  for (let sent = 0; sent < data.length; sent += outgoing.packetSize) {
    protocol.channelData(outgoing.id, data.subarray(sent, sent + outgoing.packetSize));
  }
  return true;
}
