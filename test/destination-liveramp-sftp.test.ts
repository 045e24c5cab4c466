import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { liverampSftp } from '../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { writeRows } from '../src/format/write-rows.ts';
import { destinationConformance } from './conformance/destination.ts';
import { newKeyPair } from './standins/sftp-server.ts';
import { collect, contextOf, inBatches, memberships, packLines, scratch } from './support/format.ts';
import { type SftpPlace, sftpPlace } from './support/sftp-settings.ts';
import { type SshServer, startSshd } from './support/sshd.ts';
import { stagedSet, testCtx } from './support/staged-set.ts';

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

const WRONG_PIN = `SHA256:${'A'.repeat(43)}`;
const CLOSED_PORT = 1;

describe('over OpenSSH', () => {
  let sshd: SshServer;
  const stranger = newKeyPair();
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  destinationConformance('liveramp-sftp', liverampSftp, async () => {
    const folder = mkdtempSync(join(sshd.root, 'in-'));
    sshd.grant(folder);
    const locked = mkdtempSync(join(sshd.root, 'locked-'));
    sshd.grant(locked);
    const shut = join(locked, 'shut');
    // Not granted: it belongs to whoever runs this, and if that is the one who logs in, nobody may write.
    mkdirSync(shut, { mode: 0o555 });
    const settings = {
      type: 'liveramp-sftp',
      host: sshd.host,
      port: sshd.port,
      username: sshd.username,
      privateKey: 'file:/keys/partner',
      hostKeys: [sshd.hostKeys.ed25519],
      folder,
    };
    return {
      settings,
      secrets: { 'file:/keys/partner': readFileSync(sshd.privateKey, 'utf8'), 'file:/keys/stranger': stranger.privateKey },
      canaries: [],
      broken: [
        { name: 'host key', settings: { ...settings, hostKeys: [WRONG_PIN] }, kind: 'config', code: 'sftp_host_key' },
        { name: 'login', settings: { ...settings, privateKey: 'file:/keys/stranger' }, kind: 'config', code: 'sftp_auth' },
        { name: 'port', settings: { ...settings, port: CLOSED_PORT }, kind: 'transient', code: 'sftp_unreachable' },
        { name: 'folder', settings: { ...settings, folder: `${folder}/missing` }, kind: 'config', code: 'sftp_folder_missing' },
        { name: 'permission', settings: { ...settings, folder: shut }, kind: 'config', code: 'sftp_permission' },
      ],
      read: async (name) => (readdirSync(folder).includes(name) ? readFileSync(join(folder, name)) : null),
      put: async (name, content) => writeFileSync(join(folder, name), content),
      snapshot: async () =>
        Object.fromEntries(
          readdirSync(folder).map((name) => {
            const { ino, mtimeNs } = statSync(join(folder, name), { bigint: true });
            return [name, `${ino} ${mtimeNs} ${sha256(readFileSync(join(folder, name)))}`];
          }),
        ),
      [Symbol.asyncDispose]: async () => {},
    };
  });
});

describe('files for LiveRamp', () => {
  const CONTEXT = contextOf();
  const settings = (place: SftpPlace, more: object) =>
    liverampSftp.settings.parse({ ...place.written, folder: '/uploads/acme', ...more });

  /** Packs as the engine does: the adapter's layout, the rows, finished files with their manifest entries. */
  async function pack(directory: string, place: SftpPlace, rows: number, more: object) {
    const layout = await liverampSftp.layout(settings(place, more), place.ctx().secrets);
    const lines = await collect(writeRows(layout, CONTEXT, inBatches(memberships(rows))));
    const files = await packLines(directory, layout, lines, [{ type: 'IDFA', rows }]);
    return files.map(({ path, ...file }) => ({ ...file, open: async () => createReadStream(path) }));
  }

  test('LR-01: a gzipped file of 25 rows arrives below /uploads as the manifest says, under a name that LiveRamp takes', async () => {
    await using place = await sftpPlace({ folders: ['/uploads', '/uploads/acme'] });
    await using work = await scratch();
    const files = await pack(work.path, place, 25, { compression: 'gzip' });
    const receipt = await liverampSftp.deliver(stagedSet(files), settings(place, { compression: 'gzip' }), place.ctx());
    expect(receipt).toMatchObject({ accepted: 25, rejected: 0, files: [{ outcome: 'sent', bytes: files[0]?.bytes }] });
    const [path = ''] = place.server.files.keys();
    expect(path).toBe(`/uploads/acme/${files[0]?.name}`);
    expect(basename(path)).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*\.psv\.gz$/);
    const lines = gunzipSync(place.stored(path) ?? '')
      .toString('latin1')
      .split('\n');
    expect(lines[0]).toBe('DEVICE_ID|DEVICE_TYPE|SEGMENT_ID|TIMESTAMP');
    expect(lines.slice(1, -1)).toHaveLength(files[0]?.rows ?? 0);
    expect(lines.at(-1)).toBe('');
  });

  test('LR-02: 24 rows are no file', async () => {
    await using place = await sftpPlace();
    await using work = await scratch();
    expect(await pack(work.path, place, 24, {})).toEqual([]);
    expect(liverampSftp.capabilities(settings(place, {})).minRows).toBe(25);
  });
});

describe('over a server without extensions', () => {
  destinationConformance('liveramp-sftp', liverampSftp, async () => {
    const password = 'correct horse battery staple';
    const place = await sftpPlace({ password });
    const settings = { ...place.written };
    return {
      settings,
      secrets: { ...place.secrets, 'env:WRONG_PASSWORD': 'wrong horse' },
      canaries: [password],
      broken: [
        { name: 'host key', settings: { ...settings, hostKeys: [WRONG_PIN] }, kind: 'config', code: 'sftp_host_key' },
        {
          name: 'password',
          settings: { ...settings, privateKey: undefined, password: 'env:WRONG_PASSWORD' },
          kind: 'config',
          code: 'sftp_auth',
        },
        { name: 'folder', settings: { ...settings, folder: '/out' }, kind: 'config', code: 'sftp_folder_missing' },
        { name: 'host', settings: { ...settings, host: 'no-such-host.invalid' }, kind: 'transient', code: 'sftp_unreachable' },
      ],
      read: async (name) => place.stored(`/in/${name}`),
      put: async (name, content) => {
        place.server.files.set(`/in/${name}`, { data: content, size: content.length, modified: 1_800_000_000 });
      },
      snapshot: async () =>
        Object.fromEntries(
          [...place.server.files.keys()].map((path) => [basename(path), sha256(place.stored(path) ?? Buffer.alloc(0))]),
        ),
      [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
    };
  });
});

describe('settings of liveramp-sftp', () => {
  const least = {
    type: 'liveramp-sftp',
    username: 'acme',
    privateKey: 'env:KEY',
    hostKeys: [WRONG_PIN],
    folder: '/uploads/acme',
  };
  const parse = (more: object = {}) => liverampSftp.settings.parse({ ...least, ...more });
  const problems = (more: object) =>
    liverampSftp.settings
      .safeParse({ ...least, ...more })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const layout = (more: object = {}, secrets = {}) => liverampSftp.layout(parse(more), testCtx({ secrets }).secrets);

  test('the least that must be written goes to files.liveramp.com, hidden until whole, with a pinned key', () => {
    expect(parse()).toMatchObject({
      host: 'files.liveramp.com',
      port: 22,
      profile: 'event-log',
      compression: 'none',
      temp: 'dot-suffix',
      verify: 'tail',
      allowIp: false,
      allowIpv6: false,
      minRows: 25,
      acceptVanished: false,
    });
  });

  test('what cannot work is refused, each with its place', () => {
    expect(problems({ hostKeys: [] })).toEqual([expect.stringMatching(/^hostKeys: /)]);
    expect(problems({ hostKeys: ['MD5:aa:bb'] })).toEqual([expect.stringMatching(/^hostKeys\.0: must be 'SHA256:/)]);
    expect(problems({ privateKey: undefined })).toEqual(['privateKey: privateKey or password is needed']);
    expect(problems({ privateKey: undefined, password: 'env:P', passphrase: 'env:Q' })).toEqual([
      'passphrase: passphrase needs privateKey',
    ]);
    expect(problems({ temp: 'sibling-folder' })).toEqual(["tempFolder: temp: 'sibling-folder' needs tempFolder"]);
    expect(problems({ tempFolder: '/tmp' })).toEqual(["tempFolder: tempFolder needs temp: 'sibling-folder'"]);
    expect(problems({ folder: '/uploads/../etc' })).toEqual([expect.stringMatching(/^folder: /)]);
    expect(problems({ privateKey: '-----BEGIN OPENSSH PRIVATE KEY-----' })).toEqual([
      expect.stringMatching(/^privateKey: must be a reference/),
    ]);
    expect(problems({ maxRows: 500_000_001 })).toEqual([expect.stringMatching(/^maxRows: /)]);
    expect(problems({ identifiers: ['IP'] })).toEqual(['identifiers: IP needs allowIp: true']);
  });

  test('IPs go there only where the settings allow it', () => {
    expect(liverampSftp.capabilities(parse()).identifiers).toEqual(['IDFA', 'GAID', 'MAID', 'RAMPID']);
    expect(liverampSftp.capabilities(parse({ allowIp: true }))).toMatchObject({
      identifiers: ['IDFA', 'GAID', 'MAID', 'RAMPID', 'IP'],
      allowIp: true,
      allowIpv6: false,
    });
  });

  test('event-log is the four-column layout, activation the audience layout', async () => {
    const log = await layout();
    expect(log).toMatchObject({
      name: 'event-log',
      delimiter: '|',
      extension: '.psv',
      compression: 'none',
      header: true,
      filePer: 'segment',
    });
    expect(log.columns.map(({ header }) => header)).toEqual(['DEVICE_ID', 'DEVICE_TYPE', 'SEGMENT_ID', 'TIMESTAMP']);
    expect(log.limits).toMatchObject({ minRows: 25, maxRows: 500_000_000, maxBytes: 50_000_000_000 });
    expect(await layout({ profile: 'activation' })).toMatchObject({ name: 'activation', filePer: 'identifierType' });
  });

  test('the settings reach the layout', async () => {
    const made = await layout(
      {
        compression: 'gzip',
        pgpPublicKey: 'file:/keys/liveramp.asc',
        quoting: 'all',
        header: false,
        timestampFormat: 'unix-seconds',
        nameTemplate: '{segmentId}_{runId}_{part}',
        minRows: 30,
        maxRows: 1000,
        maxBytes: 2_000_000,
      },
      { 'file:/keys/liveramp.asc': 'the armored key' },
    );
    expect(made).toMatchObject({
      compression: 'gzip',
      pgpPublicKey: 'the armored key',
      quoting: 'all',
      header: false,
      nameTemplate: '{segmentId}_{runId}_{part}',
      limits: { minRows: 30, maxRows: 1000, maxBytes: 2_000_000 },
    });
    expect(made.columns.at(-1)?.value).toEqual({ kind: 'lastSeen', format: 'unix-seconds' });
  });
});
