import { mkdirSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { SshServer } from './sshd.ts';

/** A real SFTP server behind a door: while it is shut, every connection is refused as by a server that is away. */
export interface Partner extends AsyncDisposable {
  /** Where files arrive. */
  readonly inbox: string;
  /** Connections since the start, whether or not they came through. */
  readonly knocks: () => number;
  shut(): void;
  open(): void;
  /** YAML of the destination, with further settings on its last line. */
  yaml(name: string, more?: string, hostKey?: string): string;
}

let serial = 0;

export async function openPartner(sshd: SshServer): Promise<Partner> {
  const inbox = join(sshd.root, `partner-${serial++}`);
  mkdirSync(inbox);
  sshd.grant(inbox);
  const sockets = new Set<Socket>();
  let isOpen = true;
  let knocks = 0;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const door = createServer((near) => {
    knocks += 1;
    keep(near);
    if (!isOpen) {
      near.destroy();
      return;
    }
    const far = keep(connect(sshd.port, sshd.host));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const address = door.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    inbox,
    knocks: () => knocks,
    shut: () => {
      isOpen = false;
    },
    open: () => {
      isOpen = true;
    },
    yaml: (name, more = '', hostKey = sshd.hostKeys.ed25519) => `
  ${name}:
    type: liveramp-sftp
    host: 127.0.0.1
    port: ${port}
    username: ${sshd.username}
    privateKey: file:${sshd.privateKey}
    hostKeys: ['${hostKey}']
    folder: ${inbox}
    minRows: 1
    ${more}
`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => door.close(resolve));
    },
  };
}
