import { AquariusError } from '../../errors.ts';
import type { ReadableFile } from '../destination.ts';
import type { SftpConnection } from './sftp-connection.ts';
import type { FileWriter } from './write-file.ts';

/**
 * One large file written over several connections. It stays one file at the partner: each connection opens the unfinished file and writes
 * pieces of it at their offsets. A connection that has no file of its own left helps with what others are writing.
 */

/** Below this a file takes few round trips, and further connections would come when it is through. */
export const STRIPED_FROM_BYTES = 32 * 1024 * 1024;

/** A file in the midst of its writing. */
export interface SharedFile {
  readonly path: string;
  readonly chunkBytes: number;
  readonly writer: FileWriter;
}

export interface Stripes {
  /** Lets others help for as long as this file is written. */
  during<T>(file: ReadableFile, shared: SharedFile, writing: () => Promise<T>): Promise<T>;
  /** To be called when a file needs no help any more, however it ended. */
  done(file: ReadableFile): void;
  /** Helps until no large file is left to be written. Never rejects: a connection that cannot help costs speed only. */
  help(sftp: SftpConnection): Promise<void>;
}

export function shareStripes(files: readonly ReadableFile[], signal: AbortSignal): Stripes {
  const left = new Set(files.filter(({ bytes }) => bytes >= STRIPED_FROM_BYTES));
  const open = new Map<SharedFile, Promise<unknown>>();
  let change = Promise.withResolvers<void>();
  const changed = () => {
    change.resolve();
    change = Promise.withResolvers<void>();
  };
  signal.addEventListener('abort', changed, { once: true });

  function done(file: ReadableFile): void {
    if (left.delete(file)) changed();
  }

  async function join(sftp: SftpConnection, { path, chunkBytes, writer }: SharedFile, end: Promise<unknown>): Promise<void> {
    if (sftp.writeLimit < chunkBytes) return;
    try {
      const handle = await sftp.openWrite(path);
      if (writer.add({ sftp, handle })) await end;
      else await sftp.close(handle);
    } catch (error) {
      // It has written nothing. Why it could not is of no interest: whoever needs the connection next finds out.
      if (!(error instanceof AquariusError) && !signal.aborted) throw error;
    }
  }

  return {
    async during(file, shared, writing) {
      if (!left.has(file)) return writing();
      const written = writing();
      open.set(
        shared,
        written.catch(() => {}),
      );
      changed();
      try {
        return await written;
      } finally {
        open.delete(shared);
        done(file);
      }
    },
    done,
    async help(sftp) {
      const tried = new Set<SharedFile>();
      while (left.size > 0 && !signal.aborted) {
        const untried = [...open].filter(([shared]) => !tried.has(shared));
        const [next] = untried.sort(([a], [b]) => a.writer.lanes.length - b.writer.lanes.length);
        if (next === undefined) {
          await change.promise;
          continue;
        }
        tried.add(next[0]);
        await join(sftp, ...next);
      }
    },
  };
}
