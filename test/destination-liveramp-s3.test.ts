import * as openpgp from 'openpgp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReadableFile } from '../src/destinations/destination.ts';
import { liverampS3 } from '../src/destinations/liveramp-s3/liveramp-s3.ts';
import { liverampSftp } from '../src/destinations/liveramp-sftp/liveramp-sftp.ts';
import { systemClock } from '../src/lib/clock.ts';
import { destinationConformance } from './conformance/destination.ts';
import { bucketSecrets, bucketSettings } from './support/s3-destination.ts';
import { type S3Server, startS3Server } from './support/s3-server.ts';
import { sftpPlace } from './support/sftp-settings.ts';
import { failureOf } from './support/stage-files.ts';
import { stagedFile, stagedSet, testCtx } from './support/staged-set.ts';

let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
});
afterAll(() => server[Symbol.asyncDispose]());

destinationConformance('liveramp-s3', liverampS3, async () => {
  const bucket = server.newBucket();
  const settings = { type: 'liveramp-s3', ...bucketSettings(server, bucket), prefix: 'acme' };
  return {
    settings,
    secrets: bucketSecrets(server),
    canaries: [],
    broken: [
      { name: 'bucket', settings: { ...settings, bucket: 'no-such' }, kind: 'config', code: 's3_bucket_missing' },
      { name: 'port', settings: { ...settings, endpoint: 'http://127.0.0.1:1' }, kind: 'transient', code: 's3_unreachable' },
    ],
    read: (name) => server.read(bucket, `acme/${name}`),
    put: (name, content) => server.seed(bucket, `acme/${name}`, content),
    snapshot: async () =>
      Object.fromEntries(Object.entries(await server.objects(bucket)).map(([key, tag]) => [key.replace('acme/', ''), tag])),
    [Symbol.asyncDispose]: async () => {},
  };
});

const LEAST = { type: 'liveramp-s3', bucket: 'acme', region: 'us-east-1' };
const parse = (more: object = {}) => liverampS3.settings.parse({ ...LEAST, ...more });
const problems = (more: object) =>
  liverampS3.settings.safeParse({ ...LEAST, ...more }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('settings of LiveRamp', () => {
  test('the least that must be written is safe', () => {
    expect(parse()).toMatchObject({
      liverampRegion: 'us',
      updateMode: 'incremental',
      audiencePer: 'destination',
      forFacebook: false,
      minRows: 25,
      checkByWriting: true,
    });
  });

  test.each([
    ['us', 500_000_000, 10_000],
    ['uk', 100_000_000, 1_000],
    ['eu', 30_000_000, 1_000],
  ])('in %s a file has at most %i rows of %i characters', async (liverampRegion, maxRows, maxRowCharacters) => {
    const { limits } = await liverampS3.layout(parse({ liverampRegion }), testCtx().secrets);
    expect(limits).toMatchObject({ maxRows, maxRowCharacters, minRows: 25, maxBytes: 50_000_000_000 });
    expect(problems({ liverampRegion, maxRows: maxRows + 1 })).toEqual([
      expect.stringMatching(/^maxRows: LiveRamp takes at most/),
    ]);
    expect(problems({ liverampRegion, maxRows })).toBeUndefined();
  });

  test('a full refresh is refused where it would empty other segments', () => {
    expect(problems({ updateMode: 'full' })).toEqual([expect.stringMatching(/^updateMode: full replaces the whole audience/)]);
    expect(problems({ updateMode: 'full', audiencePer: 'segment' })).toBeUndefined();
    expect(problems({ updateMode: 'segment' })).toBeUndefined();
  });

  test('RampIDs have a place of their own only where they have files of their own, and all problems are told together', () => {
    expect(problems({ rampIdFolder: 'onboard-idl' })).toEqual([expect.stringMatching(/^rampIdFolder: .*profile: activation/)]);
    expect(problems({ rampIdFolder: 'onboard-idl', profile: 'activation' })).toBeUndefined();
    expect(
      problems({ rampIdFolder: 'x', updateMode: 'full', accessKeyId: 'env:A', allowIpv6: true })?.map(
        (text) => text.split(':')[0],
      ),
    ).toEqual(['secretAccessKey', 'allowIpv6', 'updateMode', 'rampIdFolder']);
  });
});

/** A place in a bucket, and files as the engine makes them for each type. */
function place(more: object = {}) {
  const bucket = server.newBucket();
  const settings = parse({ ...bucketSettings(server, bucket), prefix: 'in', profile: 'activation', ...more });
  const deliver = (files: readonly ReadableFile[], segmentId = '1480_4711') => {
    const set = stagedSet(files);
    return liverampS3.deliver(
      { ...set, manifest: { ...set.manifest, segmentId } },
      settings,
      testCtx({ secrets: bucketSecrets(server), now: systemClock.now().toISOString() }),
    );
  };
  return { bucket, deliver, keys: async () => Object.keys(await server.objects(bucket)).toSorted() };
}
const fileOf = (type: 'IDFA' | 'GAID' | 'RAMPID', part = 1): ReadableFile => ({
  ...stagedFile(`${type}_${part}.psv`, Buffer.from(`${type} ${part}\n`), 30),
  identifiers: { [type]: 30 },
});

describe('files of RampIDs', () => {
  test('go to a folder of their own where one is named, and the receipt is of all', async () => {
    const { deliver, keys } = place({ rampIdFolder: 'onboard-idl' });
    const receipt = await deliver([fileOf('IDFA'), fileOf('RAMPID'), fileOf('GAID')]);
    expect(await keys()).toEqual(['in/GAID_1.psv', 'in/IDFA_1.psv', 'onboard-idl/RAMPID_1.psv']);
    expect(receipt).toMatchObject({ accepted: 90, rejected: 0, reference: expect.stringMatching(/\/in\/$/) });
    expect(receipt.files.map(({ remote }) => remote)).toEqual(['in/IDFA_1.psv', 'onboard-idl/RAMPID_1.psv', 'in/GAID_1.psv']);
  });

  test('alone need the other place not at all', async () => {
    const { bucket, deliver, keys } = place({ rampIdFolder: 'onboard-idl' });
    expect(await deliver([fileOf('RAMPID')])).toMatchObject({ accepted: 30, reference: `s3://${bucket}/onboard-idl/` });
    expect(await keys()).toEqual(['onboard-idl/RAMPID_1.psv']);
  });

  test('go over SFTP to their folder, which a check looks at too', async () => {
    await using sftp = await sftpPlace({ folders: ['/in', '/idl'] });
    const own = (rampIdFolder: string) => liverampSftp.settings.parse({ ...sftp.written, profile: 'activation', rampIdFolder });
    await liverampSftp.check(own('/idl'), sftp.ctx());
    expect(await failureOf(liverampSftp.check(own('/none'), sftp.ctx()))).toMatchObject({ code: 'sftp_folder_missing' });
    await liverampSftp.deliver(stagedSet([fileOf('IDFA'), fileOf('RAMPID')]), own('/idl'), sftp.ctx());
    expect([...sftp.server.files.keys()].toSorted()).toEqual(['/idl/RAMPID_1.psv', '/in/IDFA_1.psv']);
  });
});

describe('what LiveRamp would take and do the wrong thing with', () => {
  test.each(['segment', 'full'])(
    'parts of one audience are not sent with updateMode %s, since the last one would replace the others',
    async (updateMode) => {
      const { deliver, keys } = place({ updateMode, audiencePer: 'segment' });
      expect(await failureOf(deliver([fileOf('IDFA', 1), fileOf('IDFA', 2)]))).toMatchObject({
        kind: 'config',
        code: 'refresh_parts',
        message: expect.stringContaining('2 parts'),
        hint: expect.stringMatching(/maxRows/),
      });
      expect(await keys()).toEqual([]);
      // Each type has an audience of its own.
      expect(await deliver([fileOf('IDFA'), fileOf('GAID')])).toMatchObject({ accepted: 60 });
    },
  );

  test('members to take away are never sent as members', async () => {
    const { deliver, keys } = place();
    expect(await failureOf(deliver([{ ...fileOf('IDFA'), action: 'remove' }]))).toBeInstanceOf(Error);
    expect(await keys()).toEqual([]);
  });

  test('in the log all types are one audience', async () => {
    const { deliver } = place({ updateMode: 'segment', profile: 'event-log' });
    expect(await failureOf(deliver([fileOf('IDFA'), fileOf('GAID')]))).toMatchObject({ code: 'refresh_parts' });
  });

  test('parts are in order with updateMode incremental', async () => {
    expect(await place().deliver([fileOf('IDFA', 1), fileOf('IDFA', 2)])).toMatchObject({ accepted: 60 });
  });

  test.each([
    ['activation', false, 149],
    ['activation', true, 99],
    ['event-log', false, 140],
    ['event-log', true, 90],
  ])('with %s, for Facebook %s, a segment is called with at most %i characters', async (profile, forFacebook, most) => {
    const { deliver, keys } = place({ profile, forFacebook });
    expect(await failureOf(deliver([fileOf('IDFA')], 's'.repeat(most + 1)))).toMatchObject({
      kind: 'config',
      code: 'segment_name',
    });
    expect(await keys()).toEqual([]);
    expect(await deliver([fileOf('IDFA')], 's'.repeat(most))).toMatchObject({ accepted: 30 });
  });
});

describe("the partner's PGP key", () => {
  const NOW = '2026-11-23T06:00:00Z';
  const made = new Date(Date.parse(NOW) - 100 * 86_400_000);
  const userIDs = [{ name: 'LiveRamp', email: 'files@partner.example' }];
  const keyPair = (options: object = {}) =>
    openpgp.generateKey({ type: 'ecc', curve: 'curve25519Legacy', userIDs, date: made, format: 'object', ...options });

  async function revoked(): Promise<string> {
    const { privateKey } = await keyPair();
    const { publicKey } = await openpgp.revokeKey({
      key: privateKey,
      date: new Date(Date.parse(NOW) - 86_400_000),
      format: 'object',
    });
    return publicKey.armor();
  }

  test.each<[string, () => Promise<string>]>([
    ['has expired', async () => (await keyPair({ keyExpirationTime: 86_400 })).publicKey.armor()],
    ['was revoked', revoked],
    ['has no subkey for encryption', async () => (await keyPair({ subkeys: [{ sign: true }] })).publicKey.armor()],
    ['is garbage', async () => 'no key at all'],
    ['is private', async () => (await keyPair()).privateKey.armor()],
  ])('is refused by a check before anything is connected to when it %s', async (_how, make) => {
    const secrets = { 'file:/keys/liveramp.asc': await make(), 'env:KEY': 'x' };
    const ctx = testCtx({ secrets, now: NOW });
    const pgp = { pgpPublicKey: 'file:/keys/liveramp.asc' };
    const sftp = { type: 'liveramp-sftp', host: '127.0.0.1', port: 1, username: 'u', password: 'env:KEY', folder: '/in' };
    const hostKeys = [`SHA256:${'A'.repeat(43)}`];
    const checks: readonly (() => Promise<void>)[] = [
      () => liverampS3.check(parse(pgp), ctx),
      () => liverampSftp.check(liverampSftp.settings.parse({ ...sftp, hostKeys, ...pgp }), ctx),
    ];
    for (const check of checks)
      expect(await failureOf(check())).toMatchObject({ kind: 'config', code: 'pgp_key', hint: expect.stringMatching(/\S/) });
  });

  test('stops a delivery before anything is sent when it is in force no more', async () => {
    const bucket = server.newBucket();
    const secrets = { ...bucketSecrets(server), 'file:/keys/liveramp.asc': await revoked() };
    const own = parse({ ...bucketSettings(server, bucket), pgpPublicKey: 'file:/keys/liveramp.asc' });
    const set = stagedSet([stagedFile('a.psv.gpg', Buffer.from('cut while the key was in force'), 30)]);
    const now = systemClock.now().toISOString();
    expect(await failureOf(liverampS3.deliver(set, own, testCtx({ secrets, now })))).toMatchObject({ code: 'pgp_key' });
    expect(await server.objects(bucket)).toEqual({});
  });

  test('is no obstacle when it is in force', async () => {
    const bucket = server.newBucket();
    const secrets = { ...bucketSecrets(server), 'file:/keys/liveramp.asc': (await keyPair()).publicKey.armor() };
    const own = parse({ ...bucketSettings(server, bucket), pgpPublicKey: 'file:/keys/liveramp.asc' });
    await liverampS3.check(own, testCtx({ secrets, now: systemClock.now().toISOString() }));
  });
});
