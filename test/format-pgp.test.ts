import { readdir, readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import * as openpgp from 'openpgp';
import { describe, expect, test } from 'vitest';
import { headerLine } from '../src/format/header-line.ts';
import { eventLogLayout } from '../src/format/layouts/event-log.ts';
import { readPgpRecipient } from '../src/format/pgp-recipient.ts';
import { writeRows } from '../src/format/write-rows.ts';
import { clockAt } from '../src/lib/clock.ts';
import { collect, contextOf, inBatches, memberships, PLANNED_AT, packLines, scratch } from './support/format.ts';

const DAY_MS = 86_400_000;
const made = new Date(PLANNED_AT.getTime() - 100 * DAY_MS);
const userIDs = [{ name: 'Partner', email: 'files@partner.example' }];

/** A partner's key pair, made a hundred days before; it expires after so many days, if at all. */
function keyPair(options: { readonly days?: number; readonly subkeys?: openpgp.SubkeyOptions[] } = {}) {
  return openpgp.generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs,
    date: made,
    keyExpirationTime: (options.days ?? 0) * 86_400,
    ...(options.subkeys === undefined ? {} : { subkeys: options.subkeys }),
    format: 'object',
  });
}

const { publicKey, privateKey, revocationCertificate } = await keyPair();
const armored = publicKey.armor();
const plainLayout = eventLogLayout();
const ROWS = 50_000;
const lines = await collect(writeRows(plainLayout, contextOf(), inBatches(memberships(ROWS))));
const plain = Buffer.concat([Buffer.from(`${headerLine(plainLayout, contextOf())}\n`), lines]);
const runs = [{ type: 'IDFA' as const, rows: ROWS }];

async function decrypt(bytes: Uint8Array): Promise<Buffer> {
  const message = await openpgp.readMessage({ binaryMessage: bytes });
  const { data } = await openpgp.decrypt({ message, decryptionKeys: privateKey, format: 'binary' });
  return Buffer.from(data);
}

test('a file is compressed first, then encrypted to the subkey, and says so in its name', async () => {
  await using directory = await scratch();
  const layout = eventLogLayout({ compression: 'gzip', pgpPublicKey: armored });
  const [file] = await packLines(directory.path, layout, lines, runs);
  const bytes = await readFile(file?.path ?? '');
  expect(file?.name).toMatch(/\.psv\.gz\.gpg$/);
  expect(file).toMatchObject({ bytes: bytes.length, plainBytes: plain.length, rows: ROWS });
  expect(gunzipSync(await decrypt(bytes)).equals(plain)).toBe(true);
  const message = await openpgp.readMessage({ binaryMessage: bytes });
  const ids = message.getEncryptionKeyIDs().map((id) => id.toHex());
  expect(ids).toEqual(publicKey.subkeys.map((subkey) => subkey.getKeyID().toHex()));
  expect(ids).not.toContain(publicKey.getKeyID().toHex());
});

test('without compression the plain file is what is encrypted', async () => {
  await using directory = await scratch();
  const [file] = await packLines(directory.path, eventLogLayout({ pgpPublicKey: armored }), lines, runs);
  expect(file?.name).toMatch(/\.psv\.gpg$/);
  expect((await decrypt(await readFile(file?.path ?? ''))).equals(plain)).toBe(true);
});

test('two files of the same rows differ when encrypted, and their plain hashes do not', async () => {
  await using directory = await scratch();
  const layout = eventLogLayout({ pgpPublicKey: armored });
  const [one] = await packLines(directory.path, layout, lines, runs);
  const [two] = await packLines(directory.path, layout, lines, runs);
  expect(one?.sha256).not.toBe(two?.sha256);
  expect(one?.plainSha256).toBe(two?.plainSha256);
});

test('a failure below the encryption comes through as itself, and nothing is left', async () => {
  await using directory = await scratch();
  const layout = eventLogLayout({ compression: 'gzip', pgpPublicKey: armored });
  const withLongRow = Buffer.concat([lines, Buffer.from(`${'x'.repeat(10_001)}\n`)]);
  const packing = packLines(directory.path, layout, withLongRow, [{ type: 'IDFA', rows: ROWS + 1 }]);
  await expect(packing).rejects.toMatchObject({ kind: 'config', code: 'row_too_long' });
  expect(await readdir(directory.path)).toEqual(['lines']);
});

test('an aborted encryption stops with the reason and leaves nothing', async () => {
  await using directory = await scratch();
  const abort = new AbortController();
  const reason = new Error('deadline');
  const packing = packLines(directory.path, eventLogLayout({ pgpPublicKey: armored }), lines, runs, {
    signal: abort.signal,
    onProgress: () => abort.abort(reason),
  });
  await expect(packing).rejects.toBe(reason);
  expect(await readdir(directory.path)).toEqual(['lines']);
});

describe('a key that must not be used is refused before anything is written (PM-12)', () => {
  async function refusal(key: string, at = PLANNED_AT): Promise<unknown> {
    await using directory = await scratch();
    const layout = eventLogLayout({ compression: 'gzip', pgpPublicKey: key });
    const failure = await packLines(directory.path, layout, lines, runs, { clock: clockAt(at) }).catch((error: unknown) => error);
    expect(await readdir(directory.path)).toEqual(['lines']);
    return failure;
  }
  const refused = { kind: 'config', code: 'pgp_key' };

  test('an expired key, and the same key on the day before', async () => {
    const expiring = (await keyPair({ days: 100 })).publicKey.armor();
    expect(await refusal(expiring, PLANNED_AT)).toMatchObject(refused);
    await expect(readPgpRecipient(expiring, new Date(PLANNED_AT.getTime() - DAY_MS))).resolves.toBeDefined();
  });

  test('a revoked key', async () => {
    const revoked = await openpgp.revokeKey({ key: publicKey, revocationCertificate, date: made, format: 'object' });
    expect(await refusal(revoked.publicKey.armor())).toMatchObject(refused);
  });

  test('a key with a signing subkey only', async () => {
    const signing = await keyPair({ subkeys: [{ sign: true }] });
    expect(await refusal(signing.publicKey.armor())).toMatchObject(refused);
  });

  test('a key whose primary key can encrypt, without any subkey', async () => {
    // Made by GnuPG with `--quick-gen-key … rsa2048 sign,cert,encr`.
    const primary = await readFile(new URL('golden/format/primary-encrypts.asc', import.meta.url), 'utf8');
    const failure = await refusal(primary);
    expect(failure).toMatchObject(refused);
    expect(failure).toHaveProperty('message', expect.stringContaining('no encryption subkey'));
  });

  test('a private key, of which nothing is told', async () => {
    const failure = await refusal(privateKey.armor());
    expect(failure).toMatchObject(refused);
    expect(JSON.stringify(failure)).not.toContain('PRIVATE KEY BLOCK');
  });

  test('text that is no key, and two keys at once', async () => {
    expect(await refusal('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nnonsense\n-----END PGP PUBLIC KEY BLOCK-----')).toMatchObject(
      refused,
    );
    expect(await refusal('')).toMatchObject(refused);
  });
});
