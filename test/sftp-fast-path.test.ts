import { createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SFTPWrapper } from 'ssh2';
import { describe, expect, test } from 'vitest';
import { liverampSftp } from '../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { connectPinned } from '../src/destinations/sftp/connect.ts';
import { useFastCipher } from '../src/destinations/sftp/fast-cipher.ts';
import { writeDirectly } from '../src/destinations/sftp/ssh2-internals.ts';
import { startSshd } from './support/sshd.ts';
import { testCtx } from './support/staged-set.ts';

/** ssh2's cipher as far as it is used, with what it has written. */
function gcmState(key: Buffer, iv: Buffer) {
  const written: Buffer[] = [];
  const cipher = {
    _encSSLName: `aes-${key.length * 8}-gcm`,
    _encKey: key,
    _encIV: Buffer.from(iv),
    // As a batched socket does, this copies: what is passed is used again.
    _onWrite: (data: Buffer) => {
      written.push(Buffer.from(data));
    },
    outSeqno: 0xffffffff,
    allocPacket: (_bytes: number): Buffer => Buffer.alloc(0),
    encrypt: (_packet: Buffer) => {},
    free: () => {},
  };
  return { connection: { _protocol: { _cipher: cipher, _decipher: { _decipherKey: key } } }, written };
}

/** Opens one SSH packet (RFC 5647), and gives its payload. */
function open(sealed: Buffer, key: Buffer, iv: Buffer): Buffer {
  const decipher = createDecipheriv(`aes-${key.length * 8}-gcm` as 'aes-128-gcm', key, iv);
  decipher.setAAD(sealed.subarray(0, 4));
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(4, -16)), decipher.final()]);
  expect(sealed.readUInt32BE(0)).toBe(plain.length);
  expect(plain.length % 16).toBe(0);
  const padding = plain[0] ?? 0;
  expect(padding).toBeGreaterThanOrEqual(4);
  return plain.subarray(1, plain.length - padding);
}

describe('the cipher for what is sent', () => {
  test('seals packets of every size as the RFC says, each under the next nonce', () => {
    for (const keyBytes of [16, 32]) {
      const key = randomBytes(keyBytes);
      // The counter is about to carry through all its bytes; the fixed part must not change.
      const iv = Buffer.from('01020304fffffffffffffffd', 'hex');
      const nonces = [
        '01020304fffffffffffffffd',
        '01020304fffffffffffffffe',
        '01020304ffffffffffffffff',
        '010203040000000000000000',
      ];
      const { connection, written } = gcmState(key, iv);
      useFastCipher(connection);
      const cipher = connection._protocol._cipher;
      for (const [round, bytes] of [32_777, 5, 4_200, 32_768, ...Array.from({ length: 40 }, (_, n) => n)].entries()) {
        const payload = randomBytes(bytes);
        const packet = cipher.allocPacket(bytes);
        packet.set(payload, 5);
        cipher.encrypt(packet);
        const nonce =
          nonces[round] ??
          `01020304${BigInt(round - 3)
            .toString(16)
            .padStart(16, '0')}`;
        expect(open(Buffer.concat(written.splice(0)), key, Buffer.from(nonce, 'hex')).equals(payload)).toBe(true);
      }
      // Packets are counted modulo 2^32.
      expect(cipher.outSeqno).toBe(43);
    }
  });

  test('sends nothing more once it is freed', () => {
    const { connection, written } = gcmState(randomBytes(16), randomBytes(12));
    useFastCipher(connection);
    const cipher = connection._protocol._cipher;
    cipher.free();
    cipher.encrypt(cipher.allocPacket(10));
    expect(written).toEqual([]);
  });

  test('leaves ciphers that it does not know as they are', () => {
    const { connection } = gcmState(randomBytes(16), randomBytes(12));
    const other = { ...connection._protocol._cipher, _encSSLName: 'aes-128-ctr' };
    const unknown = { _protocol: { _cipher: other } };
    useFastCipher(unknown);
    expect(unknown._protocol._cipher).toBe(other);
    expect(() => useFastCipher({})).not.toThrow();
  });
});

describe('ssh2 as it is installed', () => {
  test('has the parts that make uploads fast', async () => {
    const sshd = await startSshd();
    try {
      const settings = liverampSftp.settings.parse({
        type: 'liveramp-sftp',
        host: sshd.host,
        port: sshd.port,
        username: sshd.username,
        privateKey: 'file:/key',
        hostKeys: [sshd.hostKeys.ed25519],
        folder: sshd.root,
      });
      const ssh = await connectPinned(settings, testCtx({ secrets: { 'file:/key': readFileSync(sshd.privateKey, 'utf8') } }));
      const { _protocol: protocol } = ssh.client as unknown as { _protocol: { _cipher: object } };
      expect(Object.keys(protocol._cipher).sort()).toEqual(['allocPacket', 'encrypt', 'free', 'outSeqno']);

      const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
        ssh.client.sftp((error, session) => (error === undefined ? resolve(session) : reject(error)));
      });
      const path = join(sshd.root, 'direct');
      const handle = await new Promise<Buffer>((resolve, reject) =>
        sftp.open(path, 'xw+', (error, opened) => (error ? reject(error) : resolve(opened))),
      );
      const data = randomBytes(100_000);
      let sent = false;
      await new Promise<void>((resolve, reject) => {
        sent = writeDirectly(sftp, handle, data, 5_000_000_000, (error) => (error ? reject(error) : resolve()));
        if (!sent) resolve();
      });
      expect(sent).toBe(true);
      // More than the window can hold is left to ssh2.
      expect(writeDirectly(sftp, handle, Buffer.alloc(4_000_000), 0, () => {})).toBe(false);
      const size = await new Promise<number>((resolve, reject) =>
        sftp.fstat(handle, (error, stats) => (error ? reject(error) : resolve(stats.size))),
      );
      expect(size).toBe(5_000_100_000);
      const back = Buffer.alloc(data.length);
      await new Promise<void>((resolve, reject) =>
        sftp.read(handle, back, 0, back.length, 5_000_000_000, (error) => (error ? reject(error) : resolve())),
      );
      expect(back.equals(data)).toBe(true);
      await ssh.close();
    } finally {
      await sshd.stop();
    }
  });
});
