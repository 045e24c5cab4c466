import { mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as openpgp from 'openpgp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changedHeaders } from '../src/delivery/changed-headers.ts';
import type { Destination, ReadableSet } from '../src/destinations/destination.ts';
import { liverampS3 } from '../src/destinations/liveramp-s3/liveramp-s3.ts';
import { liverampSftp } from '../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { systemClock } from '../src/lib/clock.ts';
import { type Found, type IngestionOptions, inBucket, inFolder, liverampIngestion } from './standins/liveramp-ingestion.ts';
import { PLANNED_AT, scratch } from './support/format.ts';
import { liverampSet, type Wanted } from './support/liveramp-files.ts';
import { bucketSecrets, bucketSettings } from './support/s3-destination.ts';
import { type S3Server, startS3Server } from './support/s3-server.ts';
import { type SshServer, startSshd } from './support/sshd.ts';
import { failureOf } from './support/stage-files.ts';
import { testCtx } from './support/staged-set.ts';

let sshd: SshServer;
let server: S3Server;
let work: Awaited<ReturnType<typeof scratch>>;
const pgp = await openpgp.generateKey({
  type: 'ecc',
  curve: 'curve25519Legacy',
  userIDs: [{ name: 'LiveRamp', email: 'files@partner.example' }],
  date: new Date(PLANNED_AT.getTime() - 86_400_000),
  format: 'object',
});
beforeAll(async () => {
  [sshd, server, work] = await Promise.all([startSshd(), startS3Server(), scratch()]);
});
afterAll(() => Promise.all([sshd.stop(), server[Symbol.asyncDispose](), work[Symbol.asyncDispose]()]));

const decrypt = async (content: Buffer): Promise<Buffer> => {
  const message = await openpgp.readMessage({ binaryMessage: content });
  const { data } = await openpgp.decrypt({ message, decryptionKeys: pgp.privateKey, format: 'binary' });
  return Buffer.from(data);
};

interface Place {
  /** What lies there, as LiveRamp finds it. */
  readonly list: () => Promise<readonly Found[]>;
  make(wanted: Wanted, more?: object, context?: object): Promise<ReadableSet>;
  deliver(set: ReadableSet, more?: object): Promise<unknown>;
  /** Somebody else puts a file there. */
  put(name: string, content: Buffer | string, at?: number): Promise<void>;
}

function placeOf<S>(
  adapter: Destination<S>,
  written: object,
  secrets: Readonly<Record<string, string>>,
  rest: Pick<Place, 'list' | 'put'>,
): Place {
  const known = { ...secrets, 'file:/keys/liveramp.asc': pgp.publicKey.armor() };
  const parse = (more: object): S => adapter.settings.parse({ ...written, ...more });
  const ctx = testCtx({ secrets: known, now: systemClock.now().toISOString() });
  return {
    ...rest,
    make: (wanted, more = {}, context = {}) =>
      liverampSet(work.path, adapter, parse(more), wanted, { secrets: known, context: { ...context } }),
    deliver: (set, more = {}) => adapter.deliver(set, parse(more), ctx),
  };
}

function sftpPlace(): Place {
  const folder = mkdtempSync(join(sshd.root, 'uploads-'));
  sshd.grant(folder);
  const written = {
    type: 'liveramp-sftp',
    host: sshd.host,
    port: sshd.port,
    username: sshd.username,
    privateKey: 'file:/keys/partner',
    hostKeys: [sshd.hostKeys.ed25519],
    folder,
  };
  return placeOf(
    liverampSftp,
    written,
    { 'file:/keys/partner': readFileSync(sshd.privateKey, 'utf8') },
    {
      list: inFolder(folder),
      async put(name, content, at) {
        writeFileSync(join(folder, name), content);
        if (at !== undefined) utimesSync(join(folder, name), at, at);
      },
    },
  );
}

function s3Place(): Place {
  const bucket = server.newBucket();
  const written = { type: 'liveramp-s3', ...bucketSettings(server, bucket), prefix: 'acme' };
  return placeOf(liverampS3, written, bucketSecrets(server), {
    list: inBucket(server, bucket, 'acme/'),
    put: (name, content) => server.seed(bucket, `acme/${name}`, Buffer.from(content)),
  });
}

const HEADER = ['AUDIENCE_KEY', 'IDFA', 'SEG'];
const uuid = (n: number) => `${n.toString(16).padStart(8, '0').toUpperCase()}-03EE-455A-B3C4-E57283966239`;
const line = (fields: readonly string[]) => fields.map((field) => `"${field}"`).join('|');
/** A file that is in order, unless something is changed about it. */
function audience({ rows = 30, header = HEADER, row = (n: number) => [`key-${n}`, uuid(n), '1'] } = {}): string {
  return `${[line(header), ...Array.from({ length: rows }, (_, n) => line(row(n)))].join('\n')}\n`;
}
const NAME = 'acme_IDFA_2026-02-16_run-1.psv';

/** What LiveRamp says of files that somebody else made. */
async function verdicts(files: readonly (readonly [string, string | Buffer])[], options: IngestionOptions = {}) {
  const place = sftpPlace();
  let time = 1_800_000_000;
  for (const [name, content] of files) {
    time += 60;
    await place.put(name, content, time);
  }
  return liverampIngestion(place.list, options).sweep();
}
const verdict = async (content: string | Buffer, name = NAME, options: IngestionOptions = {}) =>
  (await verdicts([[name, content]], options))[0];

test('a file that is in order is taken in, so that refusals below have their one reason', async () => {
  expect(await verdict(audience())).toMatchObject({ status: 'ingested', rows: 30, invalid: 0, segments: ['SEG=1'] });
});

describe.each([
  ['over SFTP', sftpPlace],
  ['from a bucket', s3Place],
])('files for LiveRamp %s', (_how, newPlace) => {
  test.each([
    ['event-log', { compression: 'gzip' }, { IDFA: 30, GAID: 40, MAID: 5 }, ['SEGMENT_ID=1480_4711_30D']],
    ['activation', { compression: 'gzip' }, { IDFA: 30, GAID: 40, MAID: 25, RAMPID: 26 }, ['1480_4711_30D=1']],
    ['activation', { compression: 'gzip', pgpPublicKey: 'file:/keys/liveramp.asc' }, { IDFA: 30 }, ['1480_4711_30D=1']],
  ])('LR-01 a %s file %o is taken in with the rows of its manifest', async (profile, more, wanted, segments) => {
    const place = newPlace();
    const set = await place.make(wanted, { profile, ...more });
    await place.deliver(set, { profile, ...more });
    const results = await liverampIngestion(place.list, { decrypt }).sweep();
    expect(results.map(({ name, status }) => ({ name, status })).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
      set.files.map(({ name }) => ({ name, status: 'ingested' })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
    for (const file of set.files)
      expect(results.find(({ name }) => name === file.name)).toMatchObject({
        rows: file.rows,
        invalid: 0,
        unmatched: 0,
        segments,
      });
  });

  test('LR-03 each run has the header of the one before it, so that no queue stops', async () => {
    const place = newPlace();
    const liveramp = liverampIngestion(place.list);
    for (const runId of ['run-1', 'run-2']) {
      const set = await place.make({ IDFA: 30, GAID: 30 }, { profile: 'activation' }, { runId });
      await place.deliver(set, { profile: 'activation' });
      expect((await liveramp.sweep()).map(({ status }) => status)).toEqual(['ingested', 'ingested']);
    }
  });

  test('LR-14 a set that is delivered again is no second file', async () => {
    const place = newPlace();
    const liveramp = liverampIngestion(place.list);
    const set = await place.make({ IDFA: 30 });
    await place.deliver(set);
    expect(await liveramp.sweep()).toHaveLength(1);
    await place.deliver(set);
    expect(await liveramp.sweep()).toEqual([]);
  });
});

test('LR-02 24 rows are refused, and no such file is made', async () => {
  expect(await verdict(audience({ rows: 24 }))).toMatchObject({ status: 'rejected', reason: 'min_rows' });
  expect((await s3Place().make({ IDFA: 24, GAID: 25 }, { profile: 'activation' })).files.map(({ rows }) => rows)).toEqual([25]);
});

test.each([
  ['in case', ['AUDIENCE_KEY', 'idfa', 'SEG']],
  ['in order', ['IDFA', 'AUDIENCE_KEY', 'SEG']],
])('LR-03 a header that differs %s stops the audience, and good files wait behind it', async (_how, header) => {
  const swapped = header[0] === 'IDFA' ? (n: number) => [uuid(n), `key-${n}`, '1'] : undefined;
  const bad = audience({ header, ...(swapped === undefined ? {} : { row: swapped }) });
  const names = ['run-1', 'run-2', 'run-3'].map((run) => `acme_IDFA_2026-02-16_${run}.psv`);
  const results = await verdicts([
    [names[0] ?? '', audience()],
    [names[1] ?? '', bad],
    [names[2] ?? '', audience()],
    ['other_IDFA_2026-02-16_run-1.psv', audience()],
  ]);
  expect(results.map(({ status }) => status)).toEqual(['ingested', 'paused', 'queued', 'ingested']);
});

test('LR-03 a set whose header would stop the queue is known before it is sent', async () => {
  const place = s3Place();
  const before = await place.make({ IDFA: 30 }, {}, { runId: 'run-1' });
  const same = await place.make({ IDFA: 30, GAID: 30 }, {}, { runId: 'run-2' });
  const other = await place.make({ IDFA: 30 }, { profile: 'activation' }, { runId: 'run-3' });
  expect(changedHeaders(before.manifest, same.manifest)).toEqual([]);
  expect(changedHeaders(before.manifest, other.manifest)).toEqual([
    { file: other.files[0]?.name, columns: ['DEVICE_ID', 'DEVICE_TYPE', 'SEGMENT_ID', 'TIMESTAMP'] },
  ]);
  expect(
    liverampS3.capabilities(liverampS3.settings.parse({ type: 'liveramp-s3', bucket: 'acme', region: 'us-east-1' })),
  ).toMatchObject({
    headersFixed: true,
  });
});

test('LR-04 two columns of one name stop the audience, and no such file is made', async () => {
  const twice = audience({ header: ['AUDIENCE_KEY', 'IDFA', 'SEG', 'SEG'], row: (n) => [`key-${n}`, uuid(n), '1', '1'] });
  expect(await verdict(twice)).toMatchObject({ status: 'paused', reason: 'duplicate_header' });
  for (const segmentId of ['IDFA', 'audience_key'])
    expect(await failureOf(s3Place().make({ IDFA: 30 }, { profile: 'activation' }, { segmentId }))).toMatchObject({
      kind: 'config',
      code: 'duplicate_header',
    });
});

test('LR-05 a row with a column too few or too many is refused by its line', async () => {
  for (const fields of [
    [uuid(7), '1'],
    ['key-7', uuid(7), '1', '1'],
  ]) {
    const content = audience({ row: (n) => (n === 7 ? fields : [`key-${n}`, uuid(n), '1']) });
    expect(await verdict(content)).toMatchObject({ status: 'rejected', reason: 'column_count', line: 9 });
  }
});

test('LR-06 an unquoted delimiter or an odd number of quotes is refused, and ours are quoted', async () => {
  const at = (bad: string) => audience().replace(line(['key-3', uuid(3), '1']), bad);
  expect(await verdict(at(`key|3|${uuid(3)}|1`))).toMatchObject({ status: 'rejected', reason: 'column_count', line: 5 });
  for (const bad of [`"key-3|${uuid(3)}|1`, `key"3|${uuid(3)}|1"`, `"key-3"x|${uuid(3)}|1`, `key,3|${uuid(3)}|1`])
    expect(await verdict(at(bad))).toMatchObject({ status: 'rejected', reason: 'quotes', line: 5 });
  const place = sftpPlace();
  const segmentId = 'a|b"c,d;e';
  await place.deliver(await place.make({ IDFA: 30 }, {}, { segmentId }));
  expect(await liverampIngestion(place.list).sweep()).toMatchObject([
    { status: 'ingested', rows: 30, segments: [`SEGMENT_ID=${segmentId}`] },
  ]);
});

test('LR-07 a byte order mark and CRLF are refused', async () => {
  expect(await verdict(`\ufeff${audience()}`)).toMatchObject({ status: 'rejected', reason: 'byte_order_mark' });
  expect(await verdict(audience().replaceAll('\n', '\r\n'))).toMatchObject({ status: 'rejected', reason: 'carriage_return' });
});

describe('LR-08 names', () => {
  test.each([
    ['a space', 'acme audience.psv'],
    ['a colon', 'acme_2026-01-01T00:00.psv'],
    ['an underscore first', '_acme.psv'],
    ['a dot first', '.acme.psv'],
    ['another letter than ASCII', 'acmé.psv'],
    ['251 characters', `${'a'.repeat(247)}.psv`],
    ['no extension', 'acme'],
    ['another extension', 'acme.xlsx'],
  ])('LR-08 a name with %s is refused', async (_what, name) => {
    expect(await verdict(audience(), name)).toMatchObject({ status: 'rejected', reason: 'name' });
  });

  test('LR-08 whatever a segment is called, ours are in order, or not made', async () => {
    const place = sftpPlace();
    for (const segmentId of ['a b:c?é*', '..x', `${'s'.repeat(120)}`])
      await place.deliver(await place.make({ IDFA: 25 }, { nameTemplate: 'x{segmentId}_{date}_{runId}_{part}' }, { segmentId }));
    expect((await liverampIngestion(place.list).sweep()).map(({ status }) => status)).toEqual([
      'ingested',
      'ingested',
      'ingested',
    ]);
    const long = { segmentId: 's'.repeat(220) };
    expect(await failureOf(place.make({ IDFA: 25 }, {}, long))).toMatchObject({ code: 'file_name' });
    const hidden = { nameTemplate: '_{segmentId}_{runId}_{part}' };
    expect(await failureOf(place.make({ IDFA: 25 }, hidden))).toMatchObject({ code: 'file_name' });
  });
});

test('LR-09 a gzip file that lacks a byte, or is none, is refused, and no such file of ours gets its name', async () => {
  const whole = gzipSync(audience());
  expect(await verdict(whole, `${NAME}.gz`)).toMatchObject({ status: 'ingested', rows: 30 });
  for (const content of [whole.subarray(0, -1), Buffer.from(audience())])
    expect(await verdict(content, `${NAME}.gz`)).toMatchObject({ status: 'rejected', reason: 'corrupt_archive' });
  expect(await verdict(whole)).toMatchObject({ status: 'rejected', reason: 'corrupt_archive' });
  expect(await verdict(Buffer.from('no message'), `${NAME}.gpg`, { decrypt })).toMatchObject({ reason: 'corrupt_archive' });
  for (const place of [sftpPlace(), s3Place()]) {
    const set = await place.make({ IDFA: 30 }, { compression: 'gzip' });
    const [file] = set.files;
    if (file === undefined) throw new Error('no file');
    const short = { ...file, open: async () => (await file.open()).take(0) };
    expect(await failureOf(place.deliver({ ...set, files: [short] }, { compression: 'gzip' }))).toMatchObject({
      code: 'staged_file_size',
    });
    expect(await place.list()).toEqual([]);
  }
});

describe('LR-10 addresses', () => {
  test('LR-10 an audience of addresses is refused, and an address without a TV device matches nobody', async () => {
    const addresses = audience({ header: ['AUDIENCE_KEY', 'IP', 'SEG'], row: (n) => [`key-${n}`, `8.8.8.${n}`, '1'] });
    expect(await verdict(addresses)).toMatchObject({ status: 'rejected', reason: 'ip_outside_ctv' });
    const header = ['DEVICE_ID', 'ID_TYPE', 'USER_AGENT', 'IP_ADDRESS', 'TIMESTAMP'];
    const row = (n: number) => [n < 20 ? uuid(n) : '', 'rida', 'tv', `8.8.8.${n}`, '1700000000'];
    expect(await verdict(audience({ header, row }))).toMatchObject({ status: 'ingested', rows: 30, unmatched: 10 });
  });

  test('LR-10 ours hold addresses only where the settings allow it, in the log, where LiveRamp counts them as unmatched', async () => {
    const least = { type: 'liveramp-s3', bucket: 'acme', region: 'us-east-1' };
    const can = (more: object) => liverampS3.capabilities(liverampS3.settings.parse({ ...least, ...more }));
    expect(can({}).identifiers).not.toContain('IP');
    expect(can({ allowIp: true }).identifiers).toContain('IP');
    const place = sftpPlace();
    await place.deliver(await place.make({ IDFA: 25, IP: 10 }, { allowIp: true }), { allowIp: true });
    expect(await liverampIngestion(place.list).sweep()).toMatchObject([{ status: 'ingested', rows: 35, unmatched: 10 }]);
  });
});

test('LR-11 ids in the wrong case, of all zeros and hashed with SHA-256 are counted as invalid', async () => {
  const broken = (value: string, header = HEADER) =>
    verdict(
      audience({
        header,
        row: (n) => [`key-${n}`, n === 0 ? value : header[1] === 'AAID' ? uuid(n).toLowerCase() : uuid(n), '1'],
      }),
    );
  const aaid = ['AUDIENCE_KEY', 'AAID', 'SEG'];
  for (const [value, header] of [
    [uuid(1).toLowerCase(), HEADER],
    [uuid(1), aaid],
    ['00000000-0000-0000-0000-000000000000', HEADER],
    ['a'.repeat(64), HEADER],
    [uuid(1).replaceAll('-', ''), HEADER],
  ] as const)
    expect(await broken(value, [...header])).toMatchObject({ status: 'ingested', rows: 30, invalid: 1 });
  expect(await broken(uuid(1).toLowerCase(), aaid)).toMatchObject({ invalid: 0 });
});

test('LR-12 e-mail addresses beside device ids, and two kinds of device ids, are refused', async () => {
  for (const header of [
    ['AUDIENCE_KEY', 'IDFA', 'EMAIL'],
    ['AUDIENCE_KEY', 'IDFA', 'AAID'],
  ])
    expect(await verdict(audience({ header }))).toMatchObject({ status: 'rejected', reason: 'mixed_identity' });
  const set = await s3Place().make({ IDFA: 30, GAID: 30 }, { profile: 'activation' });
  expect(set.files.map(({ columns, identifiers }) => [columns?.[1], Object.keys(identifiers)])).toEqual([
    ['IDFA', ['IDFA']],
    ['AAID', ['GAID']],
  ]);
});

describe('LR-13 limits', () => {
  const many = (count: number, cell: (n: number, at: number) => string) =>
    audience({
      header: ['AUDIENCE_KEY', 'IDFA', ...Array.from({ length: count }, (_, at) => `S${at}`)],
      row: (n) => [`key-${n}`, uuid(n), ...Array.from({ length: count }, (_, at) => cell(n, at))],
    });

  test('LR-13 501 segments, 5,001 pairs and 10,001 characters in a row are each refused', async () => {
    expect(await verdict(many(500, () => '1'))).toMatchObject({ status: 'ingested' });
    expect(await verdict(many(501, () => '1'))).toMatchObject({ status: 'rejected', reason: 'too_many_fields' });
    const pairs = (most: number) => many(200, (n, at) => (n * 200 + at < most ? String(n) : ''));
    expect(await verdict(pairs(5_000))).toMatchObject({ status: 'ingested' });
    expect(await verdict(pairs(5_001))).toMatchObject({ status: 'rejected', reason: 'too_many_pairs' });
    const row = (length: number) => (n: number) => [n === 4 ? 'k'.repeat(length - 45) : `key-${n}`, uuid(n), '1'];
    expect(await verdict(audience({ row: row(10_000) }))).toMatchObject({ status: 'ingested' });
    expect(await verdict(audience({ row: row(10_001) }))).toMatchObject({ status: 'rejected', reason: 'row_too_long', line: 6 });
    expect(await verdict(audience({ row: row(1_001) }), NAME, { maxRowCharacters: 1_000 })).toMatchObject({
      reason: 'row_too_long',
    });
  });

  test('LR-13 ours have one segment a file, and a row that is too long for the region is no file', async () => {
    const place = sftpPlace();
    const set = await place.make({ IDFA: 30 }, { profile: 'activation' });
    expect(set.files[0]?.columns).toHaveLength(3);
    const long = { segmentId: 's'.repeat(1_000) };
    const named = { nameTemplate: '{advertiserId}_{runId}_{part}' };
    expect(await failureOf(place.make({ IDFA: 30 }, { ...named, liverampRegion: 'eu' }, long))).toMatchObject({
      code: 'row_too_long',
    });
    expect((await place.make({ IDFA: 30 }, named, long)).files).toHaveLength(1);
  });
});

test('LR-14 of a name that is uploaded twice the second file counts, once, and later only with another time', async () => {
  const place = sftpPlace();
  const liveramp = liverampIngestion(place.list);
  await place.put(NAME, audience({ rows: 30 }), 1_800_000_000);
  await place.put(NAME, audience({ rows: 31 }), 1_800_000_060);
  expect(await liveramp.sweep()).toMatchObject([{ name: NAME, rows: 31 }]);
  expect(await liveramp.sweep()).toEqual([]);
  await place.put(NAME, audience({ rows: 32 }), 1_800_000_060);
  expect(await liveramp.sweep()).toEqual([]);
  await place.put(NAME, audience({ rows: 32 }), 1_800_000_120);
  expect(await liveramp.sweep()).toMatchObject([{ rows: 32 }]);
});
