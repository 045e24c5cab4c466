import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliverOutput } from '../src/shapes/shapes.ts';
import type { CliResult } from './support/cli.ts';
import { device, impression, makeProject, mapping, type Project } from './support/project.ts';
import { configRow, seed } from './support/seed.ts';
import { type SshServer, startSshd } from './support/sshd.ts';

/**
 * Canaries: identifiers and a secret that are unlike anything else. After plans, deliveries that go well and that fail, and everything
 * that tells of them, they are looked for in every output and every file (T22).
 */

const AT = '2026-02-18T12:00:00Z';
const WRONG_KEY = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

const SECRET = 'canary-Zx81-password';
const SENT_DEVICES = ['c0ffee01-1111-4aaa-8bbb-0123456789ab', 'c0ffee02-2222-4aaa-8bbb-0123456789ab'];
const SENT_ADDRESS = '93.184.216.77';
const SENT_ADDRESS_6 = '2606:4700:90c0:ffee::77';
/** Opted out: once as it is, once as the hash of it, and an address. */
const OUT_DEVICES = ['decade01-3333-4ccc-9ddd-ba9876543210', 'decade02-4444-4ccc-9ddd-ba9876543210'];
const OUT_ADDRESS = '151.101.65.213';
/** Not an identifier that can be sent: an error about it could quote it. */
const BROKEN = 'not-a-device-c0ffee99';

const hash = (algorithm: string, text: string): Buffer => createHash(algorithm).update(text).digest();

/** A device or an address as anybody might write it, hashed or not. */
function spellings(identifier: string): readonly Buffer[] {
  const plain = [
    identifier,
    identifier.toUpperCase(),
    identifier.replaceAll('-', ''),
    identifier.replaceAll('-', '').toUpperCase(),
  ];
  const texts = [...new Set(plain)];
  const hashes = texts.flatMap((text) => ['sha256', 'sha1', 'md5'].map((algorithm) => hash(algorithm, text)));
  const encoded = [...texts.map((text) => Buffer.from(text)), ...hashes].flatMap((bytes) => [
    bytes,
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
    Buffer.from(bytes.toString('base64').replace(/=+$/, '')),
  ]);
  // Raw bytes of a UUID, as a database's own type would keep it.
  const hex = identifier.replaceAll('-', '');
  return /^[0-9a-f]{32}$/.test(hex) ? [...encoded, Buffer.from(hex, 'hex')] : encoded;
}

const found = (bytes: Buffer, canaries: readonly string[]): readonly string[] =>
  canaries.filter((canary) => spellings(canary).some((spelling) => bytes.includes(spelling)));

const SENT = [...SENT_DEVICES, SENT_ADDRESS, SENT_ADDRESS_6];
const OPTED_OUT = [...OUT_DEVICES, OUT_ADDRESS];
const EVERYONE = [...SENT, ...OPTED_OUT, BROKEN];

let sshd: SshServer;
let project: Project;
let inbox: string;
/** Every command's output, by the command. */
const outputs = new Map<string, CliResult>();

function settings(hostKey: string): string {
  return `
destinations:
  partner:
    type: liveramp-sftp
    host: 127.0.0.1
    port: ${sshd.port}
    username: ${sshd.username}
    privateKey: file:${sshd.privateKey}
    password: env:PARTNER_PASSWORD
    hostKeys: ['${hostKey}']
    folder: ${inbox}
    minRows: 1
    allowIp: true
    allowIpv6: true
  archive: { type: folder, path: archive, compression: gzip }
policy: { minAudience: 1 }
`;
}

async function run(...args: readonly string[]): Promise<CliResult> {
  const result = await project.run(...args);
  outputs.set(`${outputs.size} ${args.join(' ')}`, result);
  return result;
}

beforeAll(async () => {
  sshd = await startSshd();
  inbox = join(sshd.root, 'inbox');
  mkdirSync(inbox);
  sshd.grant(inbox);
  project = makeProject(settings(WRONG_KEY));
  project.env.PARTNER_PASSWORD = SECRET;
  mkdirSync(project.path('.aquarius/archive'), { recursive: true });
  const seen = (identifier: string, address: string | null) => ({
    ...impression(identifier, { at: '2026-02-17T10:00:00Z' }),
    USER_IP_FROM_HTTP_REQUEST: address,
  });
  await seed(project, new Date(AT), {
    AD_IMPRESSION_LOG_V2: [
      seen(SENT_DEVICES[0]?.toUpperCase() ?? '', SENT_ADDRESS),
      seen(SENT_DEVICES[1] ?? '', SENT_ADDRESS_6),
      seen(OUT_DEVICES[0] ?? '', OUT_ADDRESS),
      seen(OUT_DEVICES[1]?.replaceAll('-', '') ?? '', null),
      seen(BROKEN, 'not-an-address'),
      seen(device(1), null),
    ],
    PIXEL_CAMPAIGN_MAPPING_V2: [mapping('4711')],
    SUPPRESSION: [
      { IDENTIFIER_TYPE: 'MAID', IDENTIFIER_VALUE: OUT_DEVICES[0]?.toUpperCase(), AGENCY_ID: null },
      { IDENTIFIER_TYPE: 'MAID', IDENTIFIER_VALUE: hash('sha256', OUT_DEVICES[1] ?? '').toString('hex'), AGENCY_ID: '1480' },
      { IDENTIFIER_TYPE: 'IP', IDENTIFIER_VALUE: OUT_ADDRESS, AGENCY_ID: '*' },
    ],
    REF_ADVERTISER_CONFIG: [configRow('4711', [{ destination: 'partner' }, { destination: 'archive' }])],
  });

  const debug = ['--log-level', 'debug'];
  await run('plan', '--at', AT);
  await run('plan', '--at', AT, '--json', ...debug);
  // The wrong host key stops one delivery; the folder gets its files.
  const failed = await run('deliver', '--at', AT, ...debug);
  expect(failed.code).toBe(78);
  project.write('aquarius.yaml', settings(sshd.hostKeys.ed25519));
  const delivered = await run('deliver', '--at', AT, '--json', ...debug);
  expect(delivered.code).toBe(0);
  const { runs } = deliverOutput.parse(delivered.json());
  expect(runs).toMatchObject([{ state: 'delivered', destination: 'partner', suppressed: 3, rows: 5 }]);
  await run('runs');
  await run('runs', 'show', runs[0]?.runId ?? '');
  await run('runs', 'show', runs[0]?.runId ?? '', '--json');
  await run('doctor', '--json', ...debug);
  // A login that fails with the secret itself.
  project.write('password.yaml', settings(sshd.hostKeys.ed25519).replace(/^ +privateKey: .*\n/m, ''));
  const refused = await run('--config', project.path('password.yaml'), 'doctor', ...debug);
  expect([refused.code, refused.stderr]).toEqual([78, '']);
  // Files with mistakes in them, whose messages must not quote the rows.
  project.writeRows('bad.jsonl', [{ ...seen(SENT_DEVICES[0] ?? '', SENT_ADDRESS), AUCTION_TIMESTAMP: SENT_DEVICES[1] }]);
  expect((await run('load', 'ad_impression_log_v2', 'bad.jsonl', ...debug)).code).toBe(65);
  project.write(
    'bad.csv',
    `IDENTIFIER_TYPE,IDENTIFIER_VALUE,SINCE\nMAID,${OUT_DEVICES[0]},${OUT_DEVICES[1]}\nMAID,"${OUT_ADDRESS}\n`,
  );
  expect((await run('load', 'suppression', 'bad.csv', ...debug)).code).toBe(65);
}, 300_000);
afterAll(async () => {
  project[Symbol.dispose]();
  await sshd.stop();
});

function filesBelow(folder: string): readonly { readonly name: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(folder, path), bytes: readFileSync(path) }))
    .map(({ name, bytes }) => ({ name, bytes: name.endsWith('.gz') ? gunzipSync(bytes) : bytes }));
}

/** The warehouse, which the identifiers came from. */
const isWarehouse = (name: string): boolean => name.startsWith('warehouse.duckdb');
const isData = (name: string): boolean => /\.psv(\.gz)?$/.test(name);

describe('ID-15: identifiers of people', () => {
  test('are found by this test where they belong: in the files for the partners', () => {
    const [file] = filesBelow(inbox);
    expect(found(file?.bytes ?? Buffer.alloc(0), EVERYONE)).toEqual(SENT);
    const staged = filesBelow(project.path('.aquarius/stage')).filter(({ name }) => isData(name));
    expect(staged.length).toBe(2);
    for (const { bytes } of staged) expect(found(bytes, SENT_DEVICES)).toEqual(SENT_DEVICES);
  });

  test('are in no output of any command', () => {
    expect(outputs.size).toBeGreaterThan(9);
    for (const [command, { stdout, stderr }] of outputs) {
      expect(stdout + stderr, command).not.toBe('');
      expect([command, found(Buffer.from(stdout + stderr), EVERYONE)]).toEqual([command, []]);
    }
  });

  test('are in no file of the data directory but the warehouse and the files for the partners', () => {
    const files = filesBelow(project.path('.aquarius')).filter(({ name }) => !isWarehouse(name) && !isData(name));
    const names = files.map(({ name }) => name);
    expect(names).toContain('control.db');
    expect(names.filter((name) => name.endsWith('manifest.json'))).toHaveLength(2);
    for (const { name, bytes } of files) expect([name, found(bytes, EVERYONE)]).toEqual([name, []]);
  });

  test('who have opted out, in whatever spelling, are in no file at all', () => {
    const files = [...filesBelow(project.path('.aquarius')).filter(({ name }) => !isWarehouse(name)), ...filesBelow(inbox)];
    expect(files.filter(({ name }) => isData(name)).length).toBe(4);
    for (const { name, bytes } of files) expect([name, found(bytes, OPTED_OUT)]).toEqual([name, []]);
  });

  test('are in no name of a file', () => {
    const names = [project.path('.aquarius'), inbox].flatMap((folder) => filesBelow(folder).map(({ name }) => name));
    expect(found(Buffer.from(names.join('\n')), EVERYONE)).toEqual([]);
  });
});

describe('a secret', () => {
  test('is in no output, and in no file but where a person put it', () => {
    for (const [command, { stdout, stderr }] of outputs) {
      expect([command, found(Buffer.from(stdout + stderr), [SECRET])]).toEqual([command, []]);
    }
    const key = readFileSync(sshd.privateKey, 'utf8').split('\n')[3] ?? '';
    expect(key.length).toBeGreaterThan(30);
    for (const { name, bytes } of [...filesBelow(project.folder), ...filesBelow(inbox)]) {
      expect([name, found(bytes, [SECRET])]).toEqual([name, []]);
      expect(bytes.includes(key), name).toBe(false);
    }
  });
});
