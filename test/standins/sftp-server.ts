import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { posix } from 'node:path';
import ssh2, { type Connection, type Session, type SFTPWrapper } from 'ssh2';

/** An SFTP server in memory that is strict where real ones are, and misbehaves on demand. */

export interface SftpFaults {
  /** Bytes after which the connection is reset, once. */
  resetAfter?: number;
  /** Bytes after which nothing is answered any more. */
  stallAfter?: number;
  /** Bytes after which writes fail with `failStatus` (default 4). */
  failAfter?: number;
  failStatus?: number;
  /** Acknowledges everything and stores only this many bytes of a file. */
  keepOnly?: number;
  /** Stores 4 KiB of zeros at this offset, and acknowledges what was sent. */
  zeroAt?: number;
  closeFails?: boolean;
  /** Status with which every rename fails, without being done. */
  renameStatus?: number;
  /** Does a rename and resets the connection instead of answering, once. */
  loseRenameReply?: boolean;
  /** Files go as soon as they have a name without a dot, as in a drop box. */
  sweep?: boolean;
  /** Refuses a write that does not go on where the last one ended. */
  refuseSeek?: boolean;
  denyRead?: boolean;
  /** A folder in which nothing may be made. */
  denyFolder?: string;
  denyList?: boolean;
  denyRemove?: boolean;
  /** Answers reads with at most this many bytes. */
  shortReads?: number;
  /** Counts and checks what is written, and keeps nothing. */
  discard?: boolean;
}

interface StoredFile {
  data: Buffer;
  size: number;
  modified: number;
}

export interface SftpStandIn {
  readonly host: string;
  readonly port: number;
  /** The public host key as a line. */
  readonly hostKey: string;
  readonly files: Map<string, StoredFile>;
  readonly folders: Set<string>;
  readonly faults: SftpFaults;
  /** What clients asked for, such as `RENAME /in/.a.partial /in/a`, and `LOGIN publickey`. */
  readonly requests: string[];
  /** Most write requests that were unanswered at the same time. */
  readonly mostUnderWay: () => number;
  stop(): Promise<void>;
}

export interface SftpStandInOptions {
  readonly faults?: SftpFaults;
  /** Who may log in, and how. */
  readonly password?: string;
  readonly publicKey?: string;
  /** Login methods that the server names; by default those that it has. */
  readonly methods?: readonly ('password' | 'publickey' | 'keyboard-interactive')[];
  /** Software that the server says it is; clients write in larger pieces to OpenSSH. */
  readonly ident?: string;
  /** The server is SSH without SFTP. */
  readonly noSftp?: boolean;
  /** Both methods are needed. */
  readonly needsBoth?: boolean;
  readonly hostKeys?: readonly string[];
  readonly folders?: readonly string[];
  /** Writes are answered this many at a time, as over a distance. */
  readonly answerEvery?: number;
}

const { Server, utils } = ssh2;
const { OK, EOF, NO_SUCH_FILE, PERMISSION_DENIED, FAILURE } = utils.sftp.STATUS_CODE;
const { EXCL, CREAT } = utils.sftp.OPEN_MODE;
const FOLDER_MODE = 0o040755;
const FILE_MODE = 0o100644;
const ZEROS = 4096;

export interface KeyPair {
  /** In OpenSSH's form. */
  readonly privateKey: string;
  /** As a line. */
  readonly publicKey: string;
}

export function newKeyPair(type: 'ed25519' | 'rsa' = 'ed25519'): KeyPair {
  if (type === 'rsa') return whole(() => utils.generateKeyPairSync('rsa', { bits: 2048 }));
  return whole(() => utils.generateKeyPairSync('ed25519'));
}

export function newLockedKeyPair(passphrase: string): KeyPair {
  return whole(() => utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-cbc', rounds: 4 }), passphrase);
}

/** ssh2 cuts a leading zero off the keys that it makes, one time in 256, and cannot read them then. */
function whole(make: () => { readonly private: string; readonly public: string }, passphrase?: string): KeyPair {
  for (;;) {
    const pair = make();
    const parsed = [utils.parseKey(pair.private, passphrase), utils.parseKey(pair.public)];
    if (!parsed.some((key) => key instanceof Error)) return { privateKey: pair.private, publicKey: pair.public };
  }
}

export async function startSftpServer(options: SftpStandInOptions = {}): Promise<SftpStandIn> {
  const faults: SftpFaults = { ...options.faults };
  const files: SftpStandIn['files'] = new Map();
  const folders = new Set(['/', ...(options.folders ?? ['/in'])]);
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const own = options.hostKeys === undefined ? newKeyPair() : null;
  let mostUnderWay = 0;

  function logIn(client: Connection): void {
    let passed = 0;
    const methods = [
      ...(options.methods ?? [
        ...(options.publicKey ? ['publickey' as const] : []),
        ...(options.password ? ['password' as const] : []),
      ]),
    ];
    client.on('authentication', (attempt) => {
      // A key is first offered and then used; only the use is a login.
      if (attempt.method !== 'publickey' || attempt.signature) requests.push(`LOGIN ${attempt.method}`);
      const accept = () => {
        passed += 1;
        if (options.needsBoth && passed < 2)
          attempt.reject(
            methods.filter((method) => method !== attempt.method),
            true,
          );
        else attempt.accept();
      };
      const refuse = () => attempt.reject(methods);
      if (!methods.some((method) => method === attempt.method)) return refuse();
      if (attempt.method === 'password') return attempt.password === options.password ? accept() : refuse();
      if (attempt.method === 'keyboard-interactive') {
        return attempt.prompt([{ prompt: 'Password: ', echo: false }], (answers) =>
          answers[0] === options.password ? accept() : refuse(),
        );
      }
      if (attempt.method !== 'publickey' || options.publicKey === undefined) return refuse();
      const known = utils.parseKey(options.publicKey);
      if (known instanceof Error || !known.getPublicSSH().equals(attempt.key.data)) return refuse();
      if (attempt.signature === undefined || attempt.blob === undefined) return attempt.accept();
      return known.verify(attempt.blob, attempt.signature, attempt.hashAlgo) === true ? accept() : refuse();
    });
  }

  function serve(sftp: SFTPWrapper, reset: () => void): void {
    const handles = new Map<string, { path: string; file?: StoredFile; listed?: boolean }>();
    const held: (() => void)[] = [];
    let received = 0;
    let stalled = false;
    let handleCount = 0;

    /** Registers a request that is answered, unless the server has stalled. */
    const on = (name: string, handle: (id: number, ...args: never[]) => void) =>
      sftp.on(name, (id: number, ...args: never[]) => {
        if (!stalled) handle(id, ...args);
      });
    const opened = (path: string): Buffer => {
      handleCount += 1;
      const handle = Buffer.from(`handle-${handleCount}`);
      const file = files.get(path);
      handles.set(String(handle), file === undefined ? { path } : { path, file });
      return handle;
    };
    /** A file that is removed lives on for whoever has it open. */
    const fileOf = (handle: Buffer) => handles.get(String(handle))?.file;

    on('OPEN', (id: number, path: string, flags: number) => {
      requests.push(`OPEN ${path}`);
      if (!folders.has(posix.dirname(path))) return sftp.status(id, NO_SUCH_FILE);
      if ((flags & CREAT) === 0) {
        if (faults.denyRead) return sftp.status(id, PERMISSION_DENIED);
        return files.has(path) ? sftp.handle(id, opened(path)) : sftp.status(id, NO_SUCH_FILE);
      }
      if (posix.dirname(path) === faults.denyFolder) return sftp.status(id, PERMISSION_DENIED);
      if ((flags & EXCL) !== 0 && files.has(path)) return sftp.status(id, FAILURE);
      files.set(path, { data: Buffer.alloc(0), size: 0, modified: 1_800_000_000 });
      return sftp.handle(id, opened(path));
    });

    on('WRITE', (id: number, handle: Buffer, offset: number, data: Buffer) => {
      const file = fileOf(handle);
      if (file === undefined) return sftp.status(id, FAILURE, 'no such handle');
      received += data.length;
      if (faults.resetAfter !== undefined && received > faults.resetAfter) {
        delete faults.resetAfter;
        return reset();
      }
      if (faults.stallAfter !== undefined && received > faults.stallAfter) {
        stalled = true;
        return;
      }
      if (faults.failAfter !== undefined && received > faults.failAfter)
        return sftp.status(id, faults.failStatus ?? FAILURE, 'no space left');
      if (faults.refuseSeek && offset !== file.size) return sftp.status(id, FAILURE, 'seeking is not supported');
      store(file, offset, data);
      held.push(() => sftp.status(id, OK));
      mostUnderWay = Math.max(mostUnderWay, held.length);
      if (held.length >= (options.answerEvery ?? 1)) flush();
      else setImmediate(flush);
      return undefined;
    });
    const flush = () => {
      for (const answer of held.splice(0)) answer();
    };

    function store(file: StoredFile, offset: number, data: Buffer): void {
      const end = offset + data.length;
      if (faults.discard) {
        if (offset !== file.size) throw new Error(`a write at ${offset} where ${file.size} was due`);
        file.size = end;
        return;
      }
      if (end > file.data.length) file.data = Buffer.concat([file.data], Math.max(end, file.data.length * 2));
      data.copy(file.data, offset);
      if (faults.zeroAt !== undefined && faults.zeroAt >= offset && faults.zeroAt < end)
        file.data.fill(0, faults.zeroAt, Math.min(end, faults.zeroAt + ZEROS));
      file.size = Math.min(Math.max(file.size, end), faults.keepOnly ?? Number.POSITIVE_INFINITY);
    }

    on('READ', (id: number, handle: Buffer, offset: number, length: number) => {
      const file = fileOf(handle);
      if (file === undefined) return sftp.status(id, FAILURE);
      if (offset >= file.size) return sftp.status(id, EOF);
      const end = Math.min(offset + Math.min(length, faults.shortReads ?? length), file.size);
      return sftp.data(id, faults.discard ? Buffer.alloc(end - offset) : file.data.subarray(offset, end));
    });

    on('CLOSE', (id: number, handle: Buffer) => {
      flush();
      const isOpen = handles.delete(String(handle));
      sftp.status(id, isOpen && !faults.closeFails ? OK : FAILURE);
    });

    const look = (id: number, path: string) => {
      if (folders.has(posix.normalize(path)))
        return sftp.attrs(id, { mode: FOLDER_MODE, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 });
      const file = files.get(path);
      if (file === undefined) return sftp.status(id, NO_SUCH_FILE);
      return sftp.attrs(id, { mode: FILE_MODE, uid: 0, gid: 0, size: file.size, atime: file.modified, mtime: file.modified });
    };
    on('STAT', look);
    on('LSTAT', look);

    on('RENAME', (id: number, from: string, to: string) => {
      requests.push(`RENAME ${from} ${to}`);
      const file = files.get(from);
      if (faults.renameStatus !== undefined) return sftp.status(id, faults.renameStatus);
      if (file === undefined) return sftp.status(id, NO_SUCH_FILE);
      if (files.has(to)) return sftp.status(id, FAILURE);
      files.delete(from);
      files.set(to, file);
      if (faults.sweep && !posix.basename(to).startsWith('.')) files.delete(to);
      if (!faults.loseRenameReply) return sftp.status(id, OK);
      delete faults.loseRenameReply;
      return reset();
    });

    on('REMOVE', (id: number, path: string) => {
      requests.push(`REMOVE ${path}`);
      if (faults.denyRemove) return sftp.status(id, PERMISSION_DENIED);
      return sftp.status(id, files.delete(path) ? OK : NO_SUCH_FILE);
    });

    on('OPENDIR', (id: number, path: string) => {
      if (faults.denyList) return sftp.status(id, PERMISSION_DENIED);
      return folders.has(posix.normalize(path)) ? sftp.handle(id, opened(path)) : sftp.status(id, NO_SUCH_FILE);
    });
    on('READDIR', (id: number, handle: Buffer) => {
      const entry = handles.get(String(handle));
      if (entry === undefined || entry.listed) return sftp.status(id, EOF);
      entry.listed = true;
      const here = [...files].filter(([path]) => posix.dirname(path) === posix.normalize(entry.path));
      const entries = here.map(([path, { size, modified }]) => ({
        filename: posix.basename(path),
        longname: posix.basename(path),
        attrs: { mode: FILE_MODE, uid: 0, gid: 0, size, atime: modified, mtime: modified },
      }));
      return entries.length === 0 ? sftp.status(id, EOF) : sftp.name(id, entries);
    });
  }

  const hostKeys = own === null ? [...(options.hostKeys ?? [])] : [own.privateKey];
  const server = new Server({ hostKeys, ...(options.ident === undefined ? {} : { ident: options.ident }) }, (client) => {
    // Clients hang up as they like; that is what is being tested.
    client.on('error', () => {});
    logIn(client);
    client.on('ready', () =>
      client.on('session', (accept) => {
        const session: Session = accept();
        if (!options.noSftp) session.on('sftp', (acceptSftp) => serve(acceptSftp(), resetAll));
      }),
    );
  });
  const resetAll = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const listener = createServer((socket) => {
    requests.push('CONNECT');
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    server.injectSocket(socket);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    host: '127.0.0.1',
    port: address.port,
    hostKey: own?.publicKey ?? '',
    files,
    folders,
    faults,
    requests,
    mostUnderWay: () => mostUnderWay,
    async stop() {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}
