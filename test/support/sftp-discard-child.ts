import { startSftpServer } from '../standins/sftp-server.ts';

/** A server that keeps nothing and checks offsets, in a process of its own, so that it and its client have a processor each. */

const [publicKey = ''] = process.argv.slice(2);
const server = await startSftpServer({ publicKey, ident: 'OpenSSH_stand-in', faults: { discard: true } });
process.on('message', () => {
  process.send?.([...server.files].map(([path, { size }]) => [path, size]));
});
process.on('disconnect', () => process.exit());
process.send?.({ host: server.host, port: server.port, hostKey: server.hostKey });
