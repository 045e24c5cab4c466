import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { promisify } from 'node:util';

const MKFIFO_TIMEOUT_MS = 10_000;
/** libuv's own. */
const DEFAULT_POOL_THREADS = 4;

/** A named pipe that this process reads, and that is written by path. */
export interface NamedPipe extends AsyncDisposable {
  readonly path: string;
  /**
   * What is written, until `end` has been called and everything is read; to be read once. Each chunk holds good until the next one is asked
   * for. Who stops reading must close the pipe.
   */
  readonly chunks: AsyncIterable<Buffer>;
  /** Says that nobody writes any more. Before that the reader waits, though no writer may have come yet. */
  end(): void;
  /** Stops reading: whoever still writes fails. */
  close(): void;
}

let isOneOpen = false;

/**
 * Makes a pipe for its owner alone and opens it for reading; null where there can be none. There is one at a time: its writer may hold
 * a thread of Node's pool for as long as nobody reads, and what reads needs such threads too, so with a pipe for each of them nothing
 * would ever move.
 */
export async function openNamedPipe(path: string): Promise<NamedPipe | null> {
  if (isOneOpen || poolThreads() < 2) return null;
  isOneOpen = true;
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', path], { timeout: MKFIFO_TIMEOUT_MS });
    const ends = openEnds(path);
    return pipeOf(path, ends);
  } catch {
    // No such command, or a file system without pipes.
    await rm(path, { force: true });
    isOneOpen = false;
    return null;
  }
}

function poolThreads(): number {
  return Number(process.env.UV_THREADPOOL_SIZE ?? DEFAULT_POOL_THREADS) || DEFAULT_POOL_THREADS;
}

interface Ends {
  readonly reading: number;
  readonly writing: number;
}

/** Neither waits for the other. The end for writing keeps the reader from taking the time before the first writer for the end. */
function openEnds(path: string): Ends {
  const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return { reading, writing: openSync(path, constants.O_WRONLY | constants.O_NONBLOCK) };
  } catch (error) {
    closeSync(reading);
    throw error;
  }
}

/** What a pipe of Linux holds at most, unless it is told otherwise. */
const CHUNK_BYTES = 65_536;

function pipeOf(path: string, { reading, writing }: Ends): NamedPipe {
  let chunk: Buffer | null = null;
  let wake = (): void => {};
  const socket = new Socket({
    fd: reading,
    readable: true,
    writable: false,
    // All chunks in one place: with a new one for each, much time goes into collecting them.
    onread: {
      buffer: Buffer.allocUnsafeSlow(CHUNK_BYTES),
      callback: (bytes, buffer) => {
        chunk = Buffer.from(buffer.buffer, buffer.byteOffset, bytes);
        wake();
        return false;
      },
    },
  });
  let failure: Error | null = null;
  let isOver = false;
  socket.on('error', (error) => {
    failure = error;
  });
  for (const event of ['end', 'close'])
    socket.on(event, () => {
      isOver = true;
      wake();
    });
  // A reader that fails leaves the pipe open, so that its failure is known before that of the writer which follows from it.
  async function* chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      while (chunk === null && !isOver) {
        const woken = Promise.withResolvers<void>();
        wake = woken.resolve;
        socket.resume();
        await woken.promise;
      }
      if (failure !== null) throw failure;
      if (chunk === null) return;
      const told = chunk;
      chunk = null;
      yield told;
    }
  }
  let isEnded = false;
  const end = (): void => {
    if (!isEnded) closeSync(writing);
    isEnded = true;
  };
  const close = (): void => {
    socket.destroy();
  };
  return {
    path,
    chunks: chunks(),
    end,
    close,
    async [Symbol.asyncDispose]() {
      end();
      close();
      await rm(path, { force: true });
      isOneOpen = false;
    },
  };
}
