import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { liverampSftp } from '../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { newKeyPair } from './standins/sftp-server.ts';
import { stagedFile, stagedSet, testCtx } from './support/staged-set.ts';

/** More than 32 bits can count, and no multiple of any block. */
const BYTES = 4_400_000_007;

/** Of that many zeros: `head -c 4400000007 /dev/zero | sha256sum`. */
const SHA256 = 'd83a492bcdf0a878d2219e93093fe1eb123614e8beaee3c04b26ef22c16ff6d1';

const PIECE = Buffer.alloc(4 * 1024 * 1024);

function* zeros(): Iterable<Buffer> {
  for (let left = BYTES; left > 0; left -= PIECE.length) yield PIECE.subarray(0, Math.min(left, PIECE.length));
}

test('SF-15: a file larger than 32 bits can count arrives to its last byte, in order', { timeout: 1_800_000 }, async () => {
  const key = newKeyPair();
  const server = fork(join(import.meta.dirname, 'support', 'sftp-discard-child.ts'), [key.publicKey]);
  const [{ host, port, hostKey }] = await once(server, 'message');
  try {
    const settings = liverampSftp.settings.parse({
      type: 'liveramp-sftp',
      host,
      port,
      username: 'acme',
      privateKey: 'env:KEY',
      hostKeys: [hostKey],
      folder: '/in',
      // One after the other: what does not come in order is what this looks for.
      connections: 1,
    });
    const file = {
      ...stagedFile('large.psv', Buffer.alloc(0)),
      bytes: BYTES,
      sha256: SHA256,
      // Pieces as they are: a stream of bytes would join them anew, and have the garbage collector look at every one.
      open: async () => Readable.from(zeros()),
    };
    let acknowledged = 0;
    const ctx = testCtx({ secrets: { 'env:KEY': key.privateKey }, onProgress: (bytes) => (acknowledged = bytes) });
    const receipt = await liverampSftp.deliver(stagedSet([file]), settings, ctx);
    expect(receipt.files).toMatchObject([{ bytes: BYTES, outcome: 'sent' }]);
    expect(acknowledged).toBe(BYTES);
    server.send('files');
    const [files] = await once(server, 'message');
    expect(files).toEqual([['/in/large.psv', BYTES]]);
  } finally {
    server.disconnect();
    await once(server, 'exit');
  }
});
