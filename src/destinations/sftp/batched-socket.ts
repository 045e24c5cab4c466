import { Socket } from 'node:net';

/** Bytes that leave in one system call at most. */
const BATCH_BYTES = 256 * 1024;

/**
 * Opens a TCP connection that gathers what is written in one turn of the event loop, in buffers that are used again. ssh2 writes each
 * packet in three pieces, and an upload is tens of thousands of packets. `write` has copied its data when it returns. There is no Nagle
 * delay: waiting for acknowledgements is what makes SFTP slow.
 */
export function connectBatched(host: string, port: number): Socket {
  const socket = new Socket();
  socket.setNoDelay(true);
  socket.connect({ host, port });
  const free: Buffer[] = [];
  let batch: Buffer | undefined;
  let filled = 0;
  let isDue = false;

  const writeNow = (data: Buffer, done: () => void) => Reflect.apply(Socket.prototype.write, socket, [data, done]);

  function flush(): void {
    if (batch === undefined) return;
    const full = batch;
    batch = undefined;
    if (socket.writable) writeNow(full.subarray(0, filled), () => free.push(full));
  }

  function write(data: Uint8Array): boolean {
    for (let used = 0; used < data.length; ) {
      if (batch === undefined) {
        batch = free.pop() ?? Buffer.allocUnsafeSlow(BATCH_BYTES);
        filled = 0;
      }
      const piece = data.subarray(used, used + BATCH_BYTES - filled);
      batch.set(piece, filled);
      filled += piece.length;
      used += piece.length;
      if (filled === BATCH_BYTES) flush();
    }
    if (!isDue) {
      isDue = true;
      process.nextTick(() => {
        isDue = false;
        flush();
      });
    }
    return true;
  }

  // Overrides in a subclass would be undone: `connect` puts the original `write` back.
  socket.write = write as Socket['write'];
  socket.end = (() => {
    flush();
    return Reflect.apply(Socket.prototype.end, socket, []);
  }) as Socket['end'];
  return socket;
}
