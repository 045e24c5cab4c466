import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** One connection through the proxy. */
export interface Passing {
  /** Bytes that the client has sent. */
  readonly sent: () => number;
  readonly isOpen: () => boolean;
  /** Resets it on both sides. */
  cut(): void;
}

export interface DelayProxy extends AsyncDisposable {
  readonly port: number;
  /** Every connection that was passed on, in the order of their coming. */
  readonly passed: readonly Passing[];
  /** Connections that came, refused ones included. */
  readonly came: () => number;
  /** The most that were open at the same time. */
  readonly mostOpen: () => number;
}

/**
 * A TCP proxy on loopback that holds every byte for half a round trip, in both directions, as distance does. After `most` connections in
 * all it hangs up on further ones.
 */
export async function startDelayProxy(target: number, roundTripMs: number, most = Number.POSITIVE_INFINITY): Promise<DelayProxy> {
  const passed: Passing[] = [];
  let came = 0;
  let mostOpen = 0;

  function pass(from: Socket, to: Socket): void {
    from.setNoDelay(true);
    from.on('data', (data) => setTimeout(() => to.writable && to.write(data), roundTripMs / 2));
    from.on('end', () => setTimeout(() => to.end(), roundTripMs / 2));
    from.on('error', () => to.destroy());
  }

  const server = createServer((near) => {
    came += 1;
    if (passed.length >= most) {
      near.destroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    pass(near, far);
    pass(far, near);
    passed.push({
      sent: () => near.bytesRead,
      isOpen: () => !near.destroyed && !near.readableEnded,
      cut: () => {
        near.resetAndDestroy();
        far.resetAndDestroy();
      },
    });
    // Once the ends of earlier ones, which came before it, have been seen too.
    setImmediate(() => {
      mostOpen = Math.max(mostOpen, passed.filter((each) => each.isOpen()).length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    passed,
    came: () => came,
    mostOpen: () => mostOpen,
    async [Symbol.asyncDispose]() {
      for (const each of passed) each.cut();
      server.close();
      await once(server, 'close');
    },
  };
}
