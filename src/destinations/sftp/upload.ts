import { posix } from 'node:path';
import { type AquariusError, configError, rejectedError, transientError } from '../../errors.ts';
import type { FileReceipt, ReadableFile } from '../destination.ts';
import { type MeasuredSource, openMeasured } from '../measured-source.ts';
import { STATUS, statusOf } from './classify.ts';
import { renameToFree } from './rename.ts';
import { hasSameBytes, isTornUpload, tailOf } from './same-file.ts';
import type { SftpSettings } from './settings.ts';
import type { RemoteFile, SftpConnection } from './sftp-connection.ts';
import type { Stripes } from './stripes.ts';
import { tempPath } from './temp-path.ts';
import { fileWriter, type Lane } from './write-file.ts';

export interface Upload {
  readonly sftp: SftpConnection;
  readonly file: ReadableFile;
  readonly settings: SftpSettings;
  readonly signal: AbortSignal;
  /** Told the bytes that the partner has acknowledged, as they come. */
  readonly onAcknowledged: (bytes: number) => void;
  /** Awaited before anything comes under the final name. */
  readonly fence: () => Promise<void>;
  /** Where several connections may write one file. */
  readonly stripes: Stripes | null;
  /** What is under the final name, if that has just been asked. */
  readonly seen: RemoteFile | null | undefined;
}

/** How long the removal of an unfinished file may take after a failure. */
const DISCARD_MS = 5_000;

const PAGE_BYTES = 4096;

/**
 * Puts one staged file under its final name: written under another, made durable, compared, then renamed without replacing anything.
 * Whatever fails, no unfinished file is ever under the final name, except with `temp: 'none'`, where there is no other. A file that
 * is there already and is the same is left alone; one that is not the same is never touched.
 */
export async function uploadFile(upload: Upload): Promise<FileReceipt> {
  const { sftp, file, settings } = upload;
  const remote = posix.join(settings.folder, file.name);
  const receipt = (outcome: FileReceipt['outcome']): FileReceipt => ({ name: file.name, remote, bytes: file.bytes, outcome });

  if (await isThere(upload, remote)) {
    upload.onAcknowledged(file.bytes);
    return receipt('already');
  }
  const temp = tempPath(settings, file.name);
  if (temp === remote) await upload.fence();
  const handle = await sftp.create(temp);
  let outcome: FileReceipt['outcome'];
  try {
    const source = await openMeasured(file, upload.signal);
    await write(upload, temp, handle, source);
    const tail = () => source.tail();
    const isWhole = await prove(upload, temp, tail);
    if (temp === remote) return receipt('sent');
    await upload.fence();
    outcome = isWhole ? await publish(upload, temp, remote, tail) : await findPublished(upload, temp, remote, tail);
    if (outcome === 'already') await discard(sftp, handle, temp);
  } catch (error) {
    await discard(sftp, handle, temp);
    throw error;
  }
  await proveFinal(upload, remote);
  return receipt(outcome);
}

/** Whether the file is at the partner already. What a broken connection left of it is removed, where it had no name of its own. */
async function isThere(upload: Upload, remote: string): Promise<boolean> {
  const { sftp, file, settings, signal, seen } = upload;
  const present = seen === undefined ? await sftp.stat(remote) : seen;
  if (present === null) return false;
  if (await isStaged(upload, remote, present.bytes, () => tailOf(file, signal))) return true;
  if (settings.temp !== 'none' || !(await isTornUpload(sftp, remote, present.bytes, file, signal))) throw conflict(sftp, remote);
  await sftp.remove(remote);
  return false;
}

type Tail = () => Buffer | Promise<Buffer>;

async function isStaged({ sftp, file, settings }: Upload, path: string, bytes: number, tail: Tail): Promise<boolean> {
  return bytes === file.bytes && (await hasSameBytes(sftp, path, file, settings.verify, tail));
}

async function write(upload: Upload, path: string, handle: Buffer, source: MeasuredSource): Promise<void> {
  const { sftp, file, settings, signal, onAcknowledged, stripes } = upload;
  const limit = Math.min(sftp.writeLimit, settings.chunkKiB === undefined ? sftp.writeLimit : settings.chunkKiB * 1024);
  // Whole pages, so that on a shared disk no two servers write into one of them.
  const chunkBytes = stripes === null || limit < PAGE_BYTES ? limit : limit - (limit % PAGE_BYTES);
  const options = { chunkBytes, concurrency: settings.concurrency, signal, onAcknowledged };
  const writer = fileWriter({ sftp, handle }, options);
  const finish = async () => {
    await writer.write(source);
    await Promise.all(writer.lanes.map(settle));
  };
  await (stripes === null ? finish() : stripes.during(file, { path, chunkBytes, writer }, finish));
}

/** Makes durable and closes. The protocol has requests for one file done in order: the second need not wait for the first's answer. */
async function settle({ sftp, handle }: Lane): Promise<void> {
  await Promise.all([sftp.sync(handle), sftp.close(handle)]);
}

/** Proves that the server has stored what it has acknowledged. False when the file is gone, which may be in order. */
async function prove(upload: Upload, path: string, tail: Tail): Promise<boolean> {
  const { sftp, file, settings } = upload;
  // What is short is compared at the same time, which saves a round trip.
  const early = settings.verify === 'tail' ? compare() : null;
  const stored = await sftp.stat(path);
  if (stored !== null && stored.bytes !== file.bytes)
    throw incomplete(sftp, path, `it has ${stored.bytes} bytes of ${file.bytes}`);
  // Another attempt that has just published the file sweeps this one away, also between two looks at it.
  const isSame = stored === null ? null : await (early ?? compare());
  if (isSame === false) throw incomplete(sftp, path, 'its bytes are not those that were sent');
  if (isSame === true) return true;
  const isFinal = path === posix.join(settings.folder, file.name);
  if (isFinal && !settings.acceptVanished) throw vanished(sftp, path);
  return false;

  function compare(): Promise<boolean | null> {
    const compared = hasSameBytes(sftp, path, file, settings.verify, tail).catch(nullIfGone);
    // Another failure may be told before it.
    compared.catch(() => {});
    return compared;
  }
}

function nullIfGone(error: unknown): null {
  if (statusOf(error) === STATUS.NO_SUCH_FILE) return null;
  throw error;
}

/** Gives the file its final name, unless another attempt was faster. */
async function publish(upload: Upload, temp: string, remote: string, tail: Tail): Promise<FileReceipt['outcome']> {
  const renamed = await renameToFree(upload.sftp, temp, remote);
  return renamed === 'done' ? 'sent' : findPublished(upload, temp, remote, tail);
}

/** The name is taken, or the unfinished file is gone: if this very file is under its name, another attempt put it there. */
async function findPublished(upload: Upload, temp: string, remote: string, tail: Tail): Promise<'already'> {
  const { sftp } = upload;
  const present = await sftp.stat(remote);
  if (present === null) throw vanished(sftp, temp);
  if (!(await isStaged(upload, remote, present.bytes, tail))) throw conflict(sftp, remote);
  return 'already';
}

async function proveFinal({ sftp, file, settings }: Upload, remote: string): Promise<void> {
  const final = await sftp.stat(remote);
  if (final === null && !settings.acceptVanished) throw vanished(sftp, remote);
  if (final !== null && final.bytes !== file.bytes)
    throw incomplete(sftp, remote, `it has ${final.bytes} bytes of ${file.bytes}`);
}

/** Removes an unfinished file. If that fails too, the failure that led here is the one to tell; a later delivery sweeps what is left. */
async function discard(sftp: SftpConnection, handle: Buffer, path: string): Promise<void> {
  const signal = AbortSignal.timeout(DISCARD_MS);
  // Some servers do not remove a file that is open, and refuse to close one that is closed.
  await sftp.close(handle, signal).catch(() => {});
  await sftp.remove(path, signal).catch(() => {});
}

function conflict(sftp: SftpConnection, path: string): AquariusError {
  return rejectedError('sftp_conflict', `${sftp.server} has another file under ${path}. It was not touched.`, {
    hint: 'Names must be unique for each run: check nameTemplate, and who else writes into this folder.',
  });
}

function incomplete(sftp: SftpConnection, path: string, how: string): AquariusError {
  return transientError('sftp_incomplete', `${sftp.server} did not store ${path} as it was sent: ${how}.`, {
    hint: 'It is tried again. If it stays, the server is at fault; a smaller concurrency and chunkKiB help with some.',
  });
}

function vanished(sftp: SftpConnection, path: string): AquariusError {
  return configError('sftp_vanished', `${path} was gone from ${sftp.server} before it could be proved.`, {
    hint: 'If the partner collects files at once, set acceptVanished; if it collects unfinished ones, set temp and tempFolder. Ask whether it has this file before sending it again.',
  });
}
