import { createHash } from 'node:crypto';
import { configError } from '../../errors.ts';
import { STATUS, statusOf } from './classify.ts';
import type { SftpConnection } from './sftp-connection.ts';

/** Small enough for every server to answer in one piece. */
const READ_BYTES = 30 * 1024;

/** Requests under way at the same time. */
const READ_AHEAD = 64;

/** How servers say that an account may only write. */
const CANNOT_READ: readonly (number | null)[] = [STATUS.PERMISSION, STATUS.FAILURE, STATUS.UNSUPPORTED];

/** The bytes of an open file from `start` to before `end`, in order, as far as the server gives them. */
async function* range(sftp: SftpConnection, handle: Buffer, start: number, end: number): AsyncIterable<Buffer> {
  let ahead: { readonly length: number; readonly answer: Promise<Buffer> }[] = [];
  let asked = start;
  let given = start;
  while (given < end) {
    while (ahead.length < READ_AHEAD && asked < end) {
      const length = Math.min(READ_BYTES, end - asked);
      const answer = sftp.read(handle, asked, length);
      // When an earlier one fails, nobody waits for this one any more.
      answer.catch(() => {});
      ahead.push({ length, answer });
      asked += length;
    }
    const next = ahead.shift();
    const data = await next?.answer;
    if (next === undefined || data === undefined || data.length === 0) return;
    given += data.length;
    yield data;
    if (data.length === next.length) continue;
    // A short answer: what it left out is asked for anew, and so is all that came after it.
    ahead = [];
    asked = given;
  }
}

/** Reads from a file. After a failure its handle is left to the end of the connection, which is near. */
async function withFile<T>(sftp: SftpConnection, path: string, read: (handle: Buffer) => Promise<T>): Promise<T> {
  const handle = await sftp.openRead(path).catch((error: unknown) => {
    throw CANNOT_READ.includes(statusOf(error)) ? notReadable(sftp.server, path, error) : error;
  });
  const result = await read(handle);
  await sftp.close(handle);
  return result;
}

function notReadable(server: string, path: string, cause: unknown) {
  return configError('sftp_not_readable', `${server} does not let ${path} be read back.`, {
    hint: "Set verify: 'size' for this destination, or ask the partner for permission to read.",
    cause,
  });
}

/** Bytes of a remote file from `start` to before `end`; fewer if the file is shorter. For small ranges: all of it is held. */
export function readRange(sftp: SftpConnection, path: string, start: number, end: number): Promise<Buffer> {
  return withFile(sftp, path, async (handle) => {
    const parts: Buffer[] = [];
    for await (const data of range(sftp, handle, start, end)) parts.push(data);
    return Buffer.concat(parts);
  });
}

/** SHA-256, in hexadecimal, of a remote file's first `bytes`. */
export function hashRemote(sftp: SftpConnection, path: string, bytes: number): Promise<string> {
  return withFile(sftp, path, async (handle) => {
    const hash = createHash('sha256');
    for await (const data of range(sftp, handle, 0, bytes)) hash.update(data);
    return hash.digest('hex');
  });
}
