import { connect, createServer, type Socket } from 'node:net';
import type { S3Server } from './s3-server.ts';
import type { SshServer } from './sshd.ts';

/** Kills somebody at the n-th time that something passes. */
export interface KillSwitch {
  arm(nth: number, moment: Moment, kill: () => void): void;
  disarm(): void;
  /** What passes now: null lets it pass, else it is the one. */
  tick(): { readonly moment: Moment; readonly kill: () => void } | null;
}

/** `half` is for what can be cut in two. */
export type Moment = 'before' | 'half' | 'after';

export function killSwitch(): KillSwitch {
  let armed: { left: number; moment: Moment; kill: () => void } | null = null;
  return {
    arm(nth, moment, kill) {
      armed = { left: nth, moment, kill };
    },
    disarm() {
      armed = null;
    },
    tick() {
      if (armed === null) return null;
      armed.left -= 1;
      if (armed.left > 0) return null;
      const { moment, kill } = armed;
      armed = null;
      return { moment, kill };
    },
  };
}

export interface Door extends AsyncDisposable {
  readonly port: number;
  /** While it is shut, callers wait before it. Resolves when one does. */
  shut(): Promise<void>;
  open(): void;
}

/** A door before the partner, through which everything passes piece by piece: the client may be killed at any of them. */
export async function openDoor(sshd: SshServer, trap: KillSwitch): Promise<Door> {
  const sockets = new Set<Socket>();
  let isOpen = true;
  let knock: () => void = () => {};
  const waiting: (() => void)[] = [];
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const letIn = (near: Socket): void => {
    if (near.destroyed) return;
    const far = keep(connect(sshd.port, sshd.host));
    near.on('data', (piece: Buffer) => {
      const hit = trap.tick();
      if (hit === null) {
        if (!far.write(piece)) near.pause();
        return;
      }
      if (hit.moment === 'before') hit.kill();
      else far.write(hit.moment === 'half' ? piece.subarray(0, piece.length >> 1) : piece, () => hit.kill());
    });
    far.on('drain', () => near.resume());
    far.on('data', (piece: Buffer) => {
      if (!near.destroyed && !near.write(piece)) far.pause();
    });
    near.on('drain', () => far.resume());
    // What the client has sent before it died still arrives.
    near.on('end', () => far.end());
    far.on('end', () => near.end());
    near.on('close', () => far.end());
    far.on('close', () => near.destroy());
  };
  const server = createServer((near) => {
    keep(near);
    if (isOpen) letIn(near);
    else {
      waiting.push(() => letIn(near));
      knock();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    shut() {
      isOpen = false;
      return new Promise((resolve) => {
        knock = resolve;
      });
    },
    open() {
      isOpen = true;
      for (const enter of waiting.splice(0)) enter();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The same for the requests that reach a bucket. */
export function trapBucket(s3: S3Server, bucket: string, trap: KillSwitch): void {
  let hit: ReturnType<KillSwitch['tick']> = null;
  s3.inject({
    times: Number.MAX_SAFE_INTEGER,
    when: (request) => {
      if (request.bucket !== bucket) return false;
      hit = trap.tick();
      return hit !== null;
    },
    async answer({ forward }) {
      const own = hit;
      if (own?.moment === 'before') {
        own.kill();
        return null;
      }
      const reply = await forward();
      own?.kill();
      return reply;
    },
  });
}
