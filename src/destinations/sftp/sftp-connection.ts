import type { FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2';
import type { Ctx } from '../destination.ts';
import { connectionFailure, requestFailure, STATUS, statusOf } from './classify.ts';
import { connectPinned } from './connect.ts';
import type { HostKey } from './host-key.ts';
import { type Answer, openRequests } from './requests.ts';
import type { SftpSettings } from './settings.ts';
import type { SshConnection } from './ssh.ts';
import { offers, writeDirectly, writeLimit } from './ssh2-internals.ts';

export interface RemoteFile {
  readonly bytes: number;
  readonly isFolder: boolean;
}

/**
 * An SFTP session. Requests fail with typed errors, and all that wait fail at once when the connection breaks, or when nothing has been
 * answered for `stallSeconds`. Aborting the signal ends the waiting, not the session, so that what was begun can still be removed.
 */
export interface SftpConnection extends AsyncDisposable {
  /** Host and port, for messages. */
  readonly server: string;
  readonly software: string;
  readonly hostKey: HostKey;
  /** Most data bytes of one write request. */
  readonly writeLimit: number;
  readonly offersPosixRename: boolean;
  /** From now on it is this signal that ends a wait: for a connection that is used again. */
  within(signal: AbortSignal): void;
  /** What is under a path, or null. */
  stat(path: string): Promise<RemoteFile | null>;
  /** Opens a new file for writing; there must be none under the path. */
  create(path: string): Promise<Buffer>;
  /** Opens a file that is there for writing, and leaves what is in it. */
  openWrite(path: string): Promise<Buffer>;
  openRead(path: string): Promise<Buffer>;
  /** Sends a write request. The data is copied before this returns; `answer` comes once, with a typed error. */
  write(handle: Buffer, data: Buffer, position: number, answer: Answer<void>): void;
  /** Reads up to `length` bytes; fewer only if the server likes to, none at the end. */
  read(handle: Buffer, position: number, length: number): Promise<Buffer>;
  /** Makes what was written durable, where the server offers that. */
  sync(handle: Buffer): Promise<void>;
  /** `signal`, here and below, takes the place of the usual one. */
  close(handle: Buffer, signal?: AbortSignal): Promise<void>;
  /** SFTP's own rename, which refuses a name that is taken. */
  rename(from: string, to: string): Promise<void>;
  /** OpenSSH's other rename, which replaces. */
  posixRename(from: string, to: string): Promise<void>;
  /** Removes a file; one that is not there is no error. */
  remove(path: string, signal?: AbortSignal): Promise<void>;
  /** The entries of a folder. */
  list(folder: string): AsyncIterable<{ readonly name: string; readonly modified: Date }>;
}

const FSYNC = 'fsync@openssh.com';
const POSIX_RENAME = 'posix-rename@openssh.com';

/** Create, refuse a file that exists, write. */
const CREATE_NEW = 'wx';

/** Write, and nothing else: as a number, since the names of such flags all truncate or read. */
const WRITE_ONLY = 2;

export async function openSftp(settings: SftpSettings, ctx: Pick<Ctx, 'signal' | 'secrets'>): Promise<SftpConnection> {
  ctx.signal.throwIfAborted();
  const ssh = await connectPinned(settings, ctx);
  try {
    return await openSession(ssh, settings, ctx.signal);
  } catch (error) {
    await ssh.close();
    throw error;
  }
}

async function openSession(ssh: SshConnection, settings: SftpSettings, deadline: AbortSignal): Promise<SftpConnection> {
  const server = `${settings.host}:${settings.port}`;
  const { send, request, within, lose } = openRequests(server, settings.stallSeconds, deadline);
  const broken = (error: unknown) => connectionFailure(error, server, settings.username);
  ssh.onLost(lose);
  const sftp = await request<SFTPWrapper>('start SFTP', (answer) =>
    // Its errors carry exit codes, which are no SFTP status.
    ssh.client.sftp((error, session) => answer(error === undefined ? undefined : broken(error), session)),
  );
  sftp.on('error', (error: unknown) => lose(broken(error)));
  sftp.on('close', () => lose(broken(new Error('the SFTP session was closed'))));

  async function stat(path: string): Promise<RemoteFile | null> {
    try {
      const stats = await request<Stats>(`look at ${path}`, (answer) => sftp.stat(path, answer));
      return { bytes: stats.size, isFolder: stats.isDirectory() };
    } catch (error) {
      if (statusOf(error) === STATUS.NO_SUCH_FILE) return null;
      throw error;
    }
  }

  async function* list(folder: string) {
    const doing = `list ${folder}`;
    const handle = await request<Buffer>(doing, (answer) => sftp.opendir(folder, answer));
    const nextEntries = async (): Promise<FileEntryWithStats[] | null> => {
      try {
        // By handle, for one answer's entries at a time; ssh2's types know only the form that collects them all.
        return await request(doing, (answer) => sftp.readdir(handle, answer));
      } catch (error) {
        if (statusOf(error) === STATUS.END) return null;
        throw error;
      }
    };
    try {
      for (let entries = await nextEntries(); entries !== null; entries = await nextEntries()) {
        for (const { filename, attrs } of entries) yield { name: filename, modified: new Date(attrs.mtime * 1000) };
      }
    } finally {
      await request(doing, (answer) => sftp.close(handle, answer));
    }
  }

  return {
    server,
    software: ssh.software,
    hostKey: ssh.hostKey,
    writeLimit: writeLimit(sftp),
    offersPosixRename: offers(sftp, POSIX_RENAME),
    within,
    stat,
    create: (path) => request(`create ${path}`, (answer) => sftp.open(path, CREATE_NEW, answer)),
    openWrite: (path) => request(`open ${path} for writing`, (answer) => sftp.open(path, WRITE_ONLY, answer)),
    openRead: (path) => request(`open ${path} for reading`, (answer) => sftp.open(path, 'r', answer)),
    write: (handle, data, position, answer) =>
      send<void>(
        (done) => {
          if (!writeDirectly(sftp, handle, data, position, done)) sftp.write(handle, data, 0, data.length, position, done);
        },
        (error) => answer(error ? requestFailure(error, 'write a file', server) : undefined),
      ),
    read: (handle, position, length) =>
      request('read a file back', (answer) => {
        const buffer = Buffer.allocUnsafe(length);
        sftp.read(handle, buffer, 0, length, position, (error, bytes) =>
          answer(error, error ? undefined : buffer.subarray(0, bytes)),
        );
      }),
    sync: async (handle) => {
      if (offers(sftp, FSYNC)) await request('make a file durable', (answer) => sftp.ext_openssh_fsync(handle, answer));
    },
    close: (handle, signal) => request('finish a file', (answer) => sftp.close(handle, answer), signal),
    rename: (from, to) => request(`give ${to} its name`, (answer) => sftp.rename(from, to, answer)),
    posixRename: (from, to) => request(`give ${to} its name`, (answer) => sftp.ext_openssh_rename(from, to, answer)),
    remove: async (path, signal) => {
      try {
        await request(`remove ${path}`, (answer) => sftp.unlink(path, answer), signal);
      } catch (error) {
        if (statusOf(error) !== STATUS.NO_SUCH_FILE) throw error;
      }
    },
    list,
    [Symbol.asyncDispose]: async () => {
      await ssh.close();
      // Whatever still waits for an answer, as after an abort, stops the stall timer with it.
      lose(broken(new Error('closed')));
    },
  };
}
