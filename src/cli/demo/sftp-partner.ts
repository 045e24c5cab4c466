import type { Stats } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { createServer, type Server as NetServer } from 'node:net';
import { join, normalize } from 'node:path';
import ssh2, { type Connection, type SFTPWrapper } from 'ssh2';

/**
 * A partner's SFTP server on this machine, for the demo: one user with a key, one folder, and the manners of OpenSSH where they
 * matter (a rename never replaces a file).
 */
export interface SftpPartner extends AsyncDisposable {
  readonly port: number;
}

export interface PartnerRequest {
  /** The folder that is `/` for the user. */
  readonly root: string;
  readonly username: string;
  /** The user's public key, as an OpenSSH line. */
  readonly publicKey: string;
  /** The server's private key, PEM. */
  readonly hostKey: string;
}

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

export async function startSftpPartner(request: PartnerRequest): Promise<SftpPartner> {
  const allowed = ssh2.utils.parseKey(request.publicKey);
  if (allowed instanceof Error) throw allowed;
  const ssh = new ssh2.Server({ hostKeys: [request.hostKey] }, (client) => welcome(client, request, allowed));
  const listener = createServer((socket) => ssh.injectSocket(socket));
  const port = await listen(listener);
  return {
    port,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}

async function listen(server: NetServer): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The demo partner has no port.');
  return address.port;
}

function welcome(client: Connection, request: PartnerRequest, allowed: ssh2.ParsedKey): void {
  client.on('authentication', (context) => {
    const known =
      context.method === 'publickey' &&
      context.username === request.username &&
      context.key.algo === allowed.type &&
      context.key.data.equals(allowed.getPublicSSH()) &&
      (context.signature === undefined ||
        (context.blob !== undefined && allowed.verify(context.blob, context.signature, context.hashAlgo) === true));
    if (known) context.accept();
    else context.reject(['publickey']);
  });
  client.on('ready', () =>
    client.on('session', (accept) => accept().on('sftp', (acceptSftp) => serve(acceptSftp(), request.root))),
  );
  // A client that drops its connection is no concern of the server's.
  client.on('error', () => {});
}

/** Answers one client's requests; a failure of the file system becomes a status. */
function serve(sftp: SFTPWrapper, root: string): void {
  const handles = new Map<number, FileHandle>();
  let next = 0;
  const local = (path: string): string => join(root, normalize(`/${path}`));
  const name = (handle: Buffer): number => handle.readUInt32BE(0);
  const file = (handle: Buffer): FileHandle => {
    const found = handles.get(name(handle));
    if (found === undefined) throw new Error('unknown handle');
    return found;
  };
  const answer = (id: number, work: () => Promise<void>): void => {
    work().catch((error: NodeJS.ErrnoException) => sftp.status(id, statusOf(error)));
  };
  const done = (id: number, work: () => Promise<unknown>): void =>
    answer(id, async () => {
      await work();
      sftp.status(id, STATUS_CODE.OK);
    });
  sftp.on('REALPATH', (id, path) => sftp.name(id, [{ filename: normalize(`/${path}`), longname: '', attrs: NO_ATTRIBUTES }]));
  sftp.on('STAT', (id, path) => answer(id, async () => sftp.attrs(id, attributes(await stat(local(path))))));
  sftp.on('LSTAT', (id, path) => answer(id, async () => sftp.attrs(id, attributes(await lstat(local(path))))));
  sftp.on('FSTAT', (id, handle) => answer(id, async () => sftp.attrs(id, attributes(await file(handle).stat()))));
  sftp.on('OPEN', (id, path, flags) =>
    answer(id, async () => {
      const opened = await open(local(path), openFlags(flags));
      const number = next++;
      handles.set(number, opened);
      const handle = Buffer.alloc(4);
      handle.writeUInt32BE(number);
      sftp.handle(id, handle);
    }),
  );
  sftp.on('WRITE', (id, handle, offset, data) => done(id, () => file(handle).write(data, 0, data.length, offset)));
  sftp.on('READ', (id, handle, offset, length) =>
    answer(id, async () => {
      const { bytesRead, buffer } = await file(handle).read(
        Buffer.alloc(Math.min(length, MAX_READ)),
        0,
        Math.min(length, MAX_READ),
        offset,
      );
      if (bytesRead === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, buffer.subarray(0, bytesRead));
    }),
  );
  sftp.on('CLOSE', (id, handle) =>
    done(id, async () => {
      await file(handle).close();
      handles.delete(name(handle));
    }),
  );
  sftp.on('RENAME', (id, from, to) =>
    done(id, async () => {
      const taken = await lstat(local(to)).then(
        () => true,
        () => false,
      );
      if (taken) throw new Error('the target exists');
      await rename(local(from), local(to));
    }),
  );
  sftp.on('REMOVE', (id, path) => done(id, () => rm(local(path))));
  sftp.on('MKDIR', (id, path) => done(id, () => mkdir(local(path))));
  sftp.on('FSETSTAT', (id) => sftp.status(id, STATUS_CODE.OK));
  sftp.on('SETSTAT', (id) => sftp.status(id, STATUS_CODE.OK));
  sftp.on('end', () => {
    for (const handle of handles.values()) void handle.close();
  });
}

const MAX_READ = 256 * 1024;
const NO_ATTRIBUTES = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

function attributes({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats) {
  return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) };
}

function openFlags(flags: number): string {
  if ((flags & OPEN_MODE.WRITE) === 0) return 'r';
  if ((flags & OPEN_MODE.EXCL) !== 0) return 'wx+';
  return (flags & OPEN_MODE.TRUNC) === 0 ? 'r+' : 'w+';
}

function statusOf(error: NodeJS.ErrnoException): number {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return STATUS_CODE.NO_SUCH_FILE;
  if (error.code === 'EACCES' || error.code === 'EPERM') return STATUS_CODE.PERMISSION_DENIED;
  return STATUS_CODE.FAILURE;
}
