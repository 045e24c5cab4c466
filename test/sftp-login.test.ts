import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { liverampSftp } from '../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { fetchHostKeys } from '../src/destinations/sftp/fetch-host-keys.ts';
import { describeHostKey, isPinned, parseHostKeyPin } from '../src/destinations/sftp/host-key.ts';
import { openSftp } from '../src/destinations/sftp/sftp-connection.ts';
import { newKeyPair, newLockedKeyPair } from './standins/sftp-server.ts';
import { type SftpPlace, sftpPlace } from './support/sftp-settings.ts';
import { failureOf } from './support/stage-files.ts';

const logins = (place: SftpPlace) => place.server.requests.filter((request) => request.startsWith('LOGIN'));

/** The parts of a public key line that count. */
const keyOf = (line: string) => line.split(' ').slice(0, 2).join(' ');

async function open(place: SftpPlace, more: object = {}, secrets: Record<string, string> = {}) {
  const settings = liverampSftp.settings.parse({ ...place.written, ...more });
  const sftp = await openSftp(settings, place.ctx({ secrets: { ...place.secrets, ...secrets } }));
  await sftp[Symbol.asyncDispose]();
  return sftp;
}

describe('host keys', () => {
  const { publicKey } = newKeyPair();
  const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
  const { fingerprint } = describeHostKey(blob);

  test('a pin is a fingerprint or a public key line, with or without a comment', () => {
    for (const text of [fingerprint, `${fingerprint}=`, publicKey, `${keyOf(publicKey)} root@partner`, ` ${fingerprint} `]) {
      const pin = parseHostKeyPin(text);
      expect(pin).not.toBeNull();
      expect(pin !== null && isPinned(blob, [pin])).toBe(true);
    }
  });

  test('what is neither is no pin', () => {
    const other = Buffer.concat([Buffer.from([0, 0, 0, 7]), Buffer.from('ssh-rsa'), blob.subarray(15)]).toString('base64');
    for (const text of [
      '',
      'SHA256:short',
      'MD5:00:11',
      'ssh-dss AAAA',
      `ssh-ed25519 ${other}`,
      'ssh-ed25519 AAAA',
      `sha256:${fingerprint.slice(7)}`,
    ]) {
      expect(parseHostKeyPin(text)).toBeNull();
    }
  });

  test('a key that differs in one bit is not the pinned one', () => {
    const pins = [parseHostKeyPin(fingerprint), parseHostKeyPin(publicKey)].filter((pin) => pin !== null);
    const changed = Buffer.from(blob);
    changed[blob.length - 1] = (changed[blob.length - 1] ?? 0) ^ 1;
    expect(pins.map((pin) => [isPinned(blob, [pin]), isPinned(changed, [pin])])).toEqual([
      [true, false],
      [true, false],
    ]);
  });

  test('SF-01: a server whose key is not pinned is refused before anything is sent, and its fingerprint is shown', async () => {
    await using place = await sftpPlace({ password: 'hunter2' });
    const shown = describeHostKey(Buffer.from(place.server.hostKey.split(' ')[1] ?? '', 'base64')).fingerprint;
    for (const pin of [fingerprint, publicKey]) {
      const error = await failureOf(open(place, { hostKeys: [pin], password: 'env:P' }, { 'env:P': 'hunter2' }));
      expect(error).toMatchObject({
        kind: 'config',
        code: 'sftp_host_key',
        hint: expect.stringContaining('aquarius doctor --pin'),
      });
      expect(String(error)).toContain(shown);
    }
    expect(logins(place)).toEqual([]);
  });

  test('SF-02: with the old and the new key pinned, a server with either is connected to', async () => {
    const [old, next] = [newKeyPair(), newKeyPair()];
    for (const { privateKey } of [old, next]) {
      await using place = await sftpPlace({ hostKeys: [privateKey] });
      const sftp = await open(place, { hostKeys: [old.publicKey, next.publicKey] });
      expect([old, next].map((pair) => keyOf(pair.publicKey))).toContain(sftp.hostKey.publicKeyLine);
    }
  });

  test('a fingerprint of any of the keys that a server has will do', async () => {
    const [ed25519, rsa] = [newKeyPair(), newKeyPair('rsa')];
    await using place = await sftpPlace({ hostKeys: [ed25519.privateKey, rsa.privateKey] });
    for (const { publicKey } of [ed25519, rsa]) {
      const pinned = describeHostKey(Buffer.from(publicKey.split(' ')[1] ?? '', 'base64'));
      expect((await open(place, { hostKeys: [pinned.fingerprint] })).hostKey).toEqual(pinned);
      expect((await open(place, { hostKeys: [publicKey] })).hostKey).toEqual(pinned);
    }
  });

  test('a pinned key of a type that the server has not is a config error', async () => {
    await using place = await sftpPlace();
    expect(await failureOf(open(place, { hostKeys: [newKeyPair('rsa').publicKey] }))).toMatchObject({
      kind: 'config',
      code: 'sftp_algorithms',
    });
    expect(logins(place)).toEqual([]);
  });

  test('a server tells its keys of every type without anybody logging in', async () => {
    const [ed25519, rsa] = [newKeyPair(), newKeyPair('rsa')];
    await using place = await sftpPlace({ hostKeys: [ed25519.privateKey, rsa.privateKey] });
    const keys = await fetchHostKeys(place.server.host, place.server.port, new AbortController().signal);
    expect(keys.map(({ type }) => type)).toEqual(['ssh-ed25519', 'ssh-rsa']);
    expect(keys.map(({ publicKeyLine }) => publicKeyLine)).toEqual([ed25519, rsa].map(({ publicKey }) => keyOf(publicKey)));
    for (const { publicKeyLine, fingerprint: shown } of keys) {
      expect(shown).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
      expect(parseHostKeyPin(publicKeyLine)).not.toBeNull();
    }
    expect(logins(place)).toEqual([]);
  });

  test('no server, no keys: the reason is told', async () => {
    const reason = new Error('enough');
    expect(await failureOf(fetchHostKeys('127.0.0.1', 1, new AbortController().signal))).toMatchObject({
      kind: 'transient',
      code: 'sftp_unreachable',
    });
    expect(await failureOf(fetchHostKeys('127.0.0.1', 1, AbortSignal.abort(reason)))).toBe(reason);
  });
});

describe('logging in', () => {
  test('SF-03, LR-15: a wrong key is one attempt and a config error', async () => {
    await using place = await sftpPlace();
    const error = await failureOf(open(place, { privateKey: 'env:OTHER' }, { 'env:OTHER': newKeyPair().privateKey }));
    expect(error).toMatchObject({ kind: 'config', code: 'sftp_auth' });
    // The server never accepts the offer of that key, so that it is not even used.
    expect(logins(place)).toEqual([]);
    expect(place.server.requests.filter((request) => request === 'CONNECT')).toHaveLength(1);
  });

  test('SF-03, LR-15: a wrong password is one attempt and a config error', async () => {
    await using place = await sftpPlace({ password: 'right', methods: ['password', 'keyboard-interactive'] });
    const error = await failureOf(open(place, { privateKey: undefined, password: 'env:P' }, { 'env:P': 'wrong' }));
    expect(error).toMatchObject({ kind: 'config', code: 'sftp_auth' });
    expect(logins(place)).toEqual(['LOGIN password']);
  });

  test('the right password logs in', async () => {
    await using place = await sftpPlace({ password: 'right', methods: ['password'] });
    await open(place, { privateKey: undefined, password: 'env:P' }, { 'env:P': 'right' });
    expect(logins(place)).toEqual(['LOGIN password']);
  });

  test('a server that takes passwords by keyboard-interactive alone gets it that way', async () => {
    await using place = await sftpPlace({ password: 'right', methods: ['keyboard-interactive'] });
    await open(place, { privateKey: undefined, password: 'env:P' }, { 'env:P': 'right' });
    expect(logins(place)).toEqual(['LOGIN password', 'LOGIN keyboard-interactive']);
  });

  test('a server that wants the key and the password gets both', async () => {
    await using place = await sftpPlace({ password: 'right', needsBoth: true });
    await open(place, { password: 'env:P' }, { 'env:P': 'right' });
    expect(logins(place)).toEqual(['LOGIN publickey', 'LOGIN password']);
  });

  test('the password is kept back from a server that refuses the key', async () => {
    await using place = await sftpPlace({ password: 'right' });
    const secrets = { 'env:OTHER': newKeyPair().privateKey, 'env:P': 'right' };
    expect(await failureOf(open(place, { privateKey: 'env:OTHER', password: 'env:P' }, secrets))).toMatchObject({
      code: 'sftp_auth',
    });
    expect(logins(place)).toEqual([]);
  });

  test('a locked key opens with its passphrase, and is a config error without, before anything is connected', async () => {
    const locked = newLockedKeyPair('opensesame');
    await using place = await sftpPlace({ publicKey: locked.publicKey });
    const secrets = {
      'env:LOCKED': locked.privateKey,
      'env:PASS': 'opensesame',
      'env:BAD': 'abracadabra',
      'env:PUBLIC': locked.publicKey,
      'env:JUNK': 'junk',
    };
    for (const more of [
      { privateKey: 'env:LOCKED' },
      { privateKey: 'env:LOCKED', passphrase: 'env:BAD' },
      { privateKey: 'env:PUBLIC' },
      { privateKey: 'env:JUNK' },
    ]) {
      const error = await failureOf(open(place, more, secrets));
      expect(error).toMatchObject({ kind: 'config', code: 'sftp_private_key' });
      for (const secret of [secrets['env:BAD'], 'junk.']) expect(String(error)).not.toContain(secret);
    }
    expect(place.server.requests).toEqual([]);
    await open(place, { privateKey: 'env:LOCKED', passphrase: 'env:PASS' }, secrets);
    expect(logins(place)).toEqual(['LOGIN publickey']);
  });

  test('a secret that is missing is told as it is', async () => {
    await using place = await sftpPlace();
    expect(String(await failureOf(open(place, { privateKey: 'env:MISSING' })))).toContain('no secret env:MISSING');
    expect(place.server.requests).toEqual([]);
  });
});

describe('connecting', () => {
  /** A server that does this to every connection. */
  async function rawServer(greet: (socket: import('node:net').Socket) => void) {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      greet(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const sockets = new Set<import('node:net').Socket>();
    server.on('connection', (socket) => sockets.add(socket));
    return {
      port: address.port,
      async [Symbol.asyncDispose]() {
        for (const socket of sockets) socket.destroy();
        server.close();
        await once(server, 'close');
      },
    };
  }

  test('a server that hangs up at once, resets, or speaks another protocol is a transient error, and nothing escapes', async () => {
    await using place = await sftpPlace();
    for (const greet of [
      (socket: import('node:net').Socket) => socket.end(),
      (socket: import('node:net').Socket) => socket.resetAndDestroy(),
      (socket: import('node:net').Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      (socket: import('node:net').Socket) => socket.write('SSH-2.0-Odd\r\n', () => socket.resetAndDestroy()),
    ]) {
      await using server = await rawServer(greet);
      expect(await failureOf(open(place, { port: server.port }))).toMatchObject({ kind: 'transient', code: 'sftp_connection' });
    }
  });

  test('a server that accepts and says nothing is given up after connectSeconds', async () => {
    await using place = await sftpPlace();
    await using server = await rawServer(() => {});
    const settings = { ...liverampSftp.settings.parse({ ...place.written, port: server.port }), connectSeconds: 0.05 };
    expect(await failureOf(openSftp(settings, place.ctx()))).toMatchObject({ kind: 'transient', code: 'sftp_unreachable' });
  });

  test('an abort ends a connection that is being made', async () => {
    await using place = await sftpPlace();
    const stop = new AbortController();
    const reason = new Error('the deadline has come');
    await using server = await rawServer(() => stop.abort(reason));
    const settings = liverampSftp.settings.parse({ ...place.written, port: server.port });
    expect(await failureOf(openSftp(settings, place.ctx({ signal: stop.signal })))).toBe(reason);
  });

  test('a host that is not known is transient, and the hint speaks of its name', async () => {
    await using place = await sftpPlace();
    expect(await failureOf(open(place, { host: 'no-such-host.invalid' }))).toMatchObject({
      kind: 'transient',
      code: 'sftp_unreachable',
      hint: expect.stringContaining('spelled'),
    });
  });

  test('a server without SFTP is a config error', async () => {
    await using place = await sftpPlace({ noSftp: true });
    expect(await failureOf(open(place))).toMatchObject({ kind: 'config', code: 'sftp_unsupported' });
  });
});
