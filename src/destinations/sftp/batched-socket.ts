import { Socket } from 'node:net';

/**
 * Opens a TCP connection whose writes of one turn of the event loop leave in one system call. ssh2 writes each packet in three
 * pieces, and an upload is tens of thousands of packets. There is no Nagle delay: waiting for acknowledgements is what makes SFTP slow.
 */
export function connectBatched(host: string, port: number): Socket {
  const socket = new Socket();
  socket.setNoDelay(true);
  socket.connect({ host, port });
  let batching = false;
  // An override in a subclass would be undone: `connect` puts the original method back.
  socket.write = function write(this: Socket, ...args: Parameters<Socket['write']>) {
    if (!batching) {
      batching = true;
      this.cork();
      process.nextTick(() => {
        batching = false;
        this.uncork();
      });
    }
    return Socket.prototype.write.apply(this, args);
  } as Socket['write'];
  return socket;
}
