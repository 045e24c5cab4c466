import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkS3 } from '../src/destinations/s3/check.ts';
import { deliverToS3 } from '../src/destinations/s3/deliver.ts';
import { type AquariusError, transientError } from '../src/errors.ts';
import { systemClock } from '../src/lib/clock.ts';
import { destinationConformance } from './conformance/destination.ts';
import { bucketDestination, bucketSecrets, bucketSettings, S3_SECRET } from './support/s3-destination.ts';
import { BUCKET_OWNER, type S3Server, type SeenRequest, s3Error, startS3Server } from './support/s3-server.ts';
import { failureOf, patternedBytes } from './support/stage-files.ts';
import { stagedFile, stagedSet, testCtx } from './support/staged-set.ts';

let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
});
afterAll(() => server[Symbol.asyncDispose]());

destinationConformance('a bucket', bucketDestination, async () => {
  const bucket = server.newBucket();
  const settings = { type: 'bucket', ...bucketSettings(server, bucket), prefix: 'in/aquarius' };
  const at = (name: string) => `in/aquarius/${name}`;
  return {
    settings,
    secrets: bucketSecrets(server),
    canaries: [],
    broken: [
      { name: 'bucket', settings: { ...settings, bucket: 'no-such' }, kind: 'config', code: 's3_bucket_missing' },
      { name: 'port', settings: { ...settings, endpoint: 'http://127.0.0.1:1' }, kind: 'transient', code: 's3_unreachable' },
    ],
    read: (name) => server.read(bucket, at(name)),
    put: (name, content) => server.seed(bucket, at(name), content),
    snapshot: async () => {
      expect(server.pendingUploads(bucket)).toEqual([]);
      const objects = await server.objects(bucket);
      return Object.fromEntries(
        Object.entries(objects).map(([key, tag]) => {
          expect(key).toMatch(/^in\/aquarius\//);
          return [key.slice('in/aquarius/'.length), tag];
        }),
      );
    },
    [Symbol.asyncDispose]: async () => {},
  };
});

describe('uploads into a bucket of a partner', () => {
  const MIB = 1 << 20;
  const large = () => stagedFile('large.psv.gz', patternedBytes(12 * MIB + 7), 100);

  function place(more: object = {}) {
    const bucket = server.newBucket();
    const settings = bucketDestination.settings.parse({ type: 'bucket', ...bucketSettings(server, bucket), ...more });
    const ctx = testCtx({ secrets: bucketSecrets(server), now: systemClock.now().toISOString() });
    const deliver = (...files: ReturnType<typeof stagedFile>[]) => deliverToS3(stagedSet(files), settings, ctx);
    const seen = (...operations: string[]) =>
      server.requests.filter((request) => request.bucket === bucket && operations.includes(request.operation));
    const on =
      (operation: string) =>
      (request: SeenRequest): boolean =>
        request.bucket === bucket && request.operation === operation;
    return { bucket, settings, ctx, deliver, seen, on };
  }

  test('S3-01 each object is written on the condition that it is new, with its SHA-256 beside it', async () => {
    const { bucket, deliver, seen } = place({
      acl: 'bucket-owner-full-control',
      sse: 'AES256',
      expectedBucketOwner: BUCKET_OWNER,
    });
    const small = stagedFile('small.psv', Buffer.from('DEVICE_ID\n'), 1);
    const receipt = await deliver(small, large());
    expect(receipt).toMatchObject({ accepted: 101, reference: `s3://${bucket}/`, details: { region: 'us-east-1' } });
    expect(receipt.files.map(({ remote }) => remote)).toEqual(['small.psv', 'large.psv.gz']);
    for (const request of seen('PutObject', 'CompleteMultipartUpload')) expect(request.headers['if-none-match']).toBe('*');
    for (const request of seen('PutObject', 'CreateMultipartUpload'))
      expect(request.headers).toMatchObject({
        'x-amz-meta-sha256': request.key === 'small.psv' ? small.sha256 : large().sha256,
        'x-amz-acl': 'bucket-owner-full-control',
        'x-amz-server-side-encryption': 'AES256',
        'x-amz-expected-bucket-owner': BUCKET_OWNER,
      });
    expect(seen('PutObject', 'CreateMultipartUpload')).toHaveLength(2);
    expect((await server.read(bucket, 'large.psv.gz'))?.equals(patternedBytes(12 * MIB + 7))).toBe(true);
  });

  test('S3-02 412 over the same SHA-256 means that it is there already, over another one a conflict', async () => {
    const { bucket, deliver, on } = place();
    const file = stagedFile('a.psv', Buffer.from('ours'));
    for (const [content, sha256] of [
      ['ours', file.sha256],
      ['them', '0'.repeat(64)],
    ] as const) {
      // It appears between the look and the write.
      server.inject({
        when: on('PutObject'),
        async answer({ forward }) {
          await server.seed(bucket, 'a.psv', content, { 'x-amz-meta-sha256': sha256 });
          return forward();
        },
      });
      if (content === 'ours') {
        expect((await deliver(file)).files[0]?.outcome).toBe('already');
        await server.remove(bucket, 'a.psv');
      } else expect(await failureOf(deliver(file))).toMatchObject({ kind: 'rejected', code: 's3_conflict' });
    }
    expect(String(await server.read(bucket, 'a.psv'))).toBe('them');
  });

  test('S3-03 409 on completion makes a new multipart upload from the source opened anew', async () => {
    const { bucket, deliver, on, seen } = place();
    server.inject({ when: on('CompleteMultipartUpload'), answer: () => s3Error(409, 'ConditionalRequestConflict') });
    let opened = 0;
    const file = large();
    const receipt = await deliver({
      ...file,
      open: () => {
        opened += 1;
        return file.open();
      },
    });
    expect(receipt.files[0]?.outcome).toBe('sent');
    expect(opened).toBe(2);
    expect(seen('CreateMultipartUpload')).toHaveLength(2);
    expect(server.pendingUploads(bucket)).toEqual([]);
  });

  test('S3-05 only the part that failed is sent again', async () => {
    const { deliver, on, seen } = place({ partSizeMiB: 5 });
    const third = on('UploadPart');
    server.inject({
      when: (request) => third(request) && request.query.get('partNumber') === '3',
      answer: () => s3Error(500, 'InternalError'),
    });
    await deliver(large());
    expect(
      seen('UploadPart')
        .map(({ query }) => query.get('partNumber'))
        .toSorted(),
    ).toEqual(['1', '2', '3', '3']);
  });

  test('S3-06 a store without checksums is told of with the setting', async () => {
    const { deliver, on } = place();
    server.inject({ when: on('PutObject'), times: 5, answer: () => s3Error(501, 'NotImplemented') });
    expect(await failureOf(deliver(stagedFile('a.psv', Buffer.from('a'))))).toMatchObject({
      kind: 'config',
      code: 's3_checksums_unsupported',
      hint: expect.stringContaining("`checksums: when-required` in the destination's settings"),
    });
  });

  test('S3-07 bytes damaged on the way are sent again', async () => {
    const { bucket, deliver, on } = place();
    server.inject({
      when: on('PutObject'),
      answer({ request, forward }) {
        request.body[0] = (request.body[0] ?? 0) ^ 1;
        return forward();
      },
    });
    expect((await deliver(stagedFile('a.psv', Buffer.from('a')))).files[0]?.outcome).toBe('sent');
    expect(String(await server.read(bucket, 'a.psv'))).toBe('a');
  });

  test('S3-08 a refusal is not tried again, and tells neither key nor secret', async () => {
    const { deliver, on, seen } = place();
    server.inject({
      when: on('PutObject'),
      times: 5,
      answer: () => s3Error(403, 'AccessDenied', 'not for AKIAIOSFODNN7EXAMPLE'),
    });
    const error = (await failureOf(deliver(stagedFile('a.psv', Buffer.from('a'))))) as AquariusError;
    expect(error).toMatchObject({ kind: 'config', code: 's3_access_denied', hint: expect.stringMatching(/s3:PutObject/) });
    expect(seen('PutObject')).toHaveLength(1);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(new RegExp(`AKIAIOSFODNN7EXAMPLE|${S3_SECRET}|stage`));
  });

  test('S3-10 what a crash left between create and complete is swept by the next try, and uploads of others are not', async () => {
    const { bucket, deliver, on } = place();
    // The first tries die before they complete, and abort nothing.
    let isDead = true;
    const dies = (operation: string) => (request: SeenRequest) => isDead && on(operation)(request);
    for (const operation of ['CompleteMultipartUpload', 'AbortMultipartUpload'])
      server.inject({ when: dies(operation), times: 99, answer: () => s3Error(403, 'AccessDenied') });
    await failureOf(deliver(large()));
    await failureOf(deliver({ ...large(), name: 'large.psv.gz.other' }));
    expect(server.pendingUploads(bucket)).toHaveLength(2);
    isDead = false;
    expect(await deliver(large())).toMatchObject({ files: [{ outcome: 'sent' }], details: { unfinishedRemoved: 1 } });
    expect(server.pendingUploads(bucket).map(({ key }) => key)).toEqual(['large.psv.gz.other']);
  });

  test('a partner who lets no uploads be listed keeps what a crash left, and the delivery is none the worse', async () => {
    const { deliver, on } = place();
    server.inject({ when: on('ListMultipartUploads'), answer: () => s3Error(403, 'AccessDenied') });
    expect(await deliver(large())).toMatchObject({ files: [{ outcome: 'sent' }], details: { unfinishedRemoved: 0 } });
  });

  test('S3-13 a key above 1,024 bytes is refused before anything is sent', async () => {
    const { deliver, seen } = place({ prefix: 'p'.repeat(500) });
    expect(await failureOf(deliver(stagedFile('n'.repeat(524), Buffer.from('a'))))).toMatchObject({
      kind: 'config',
      code: 's3_key',
    });
    expect(seen('HeadObject', 'PutObject')).toEqual([]);
  });

  test.each([
    ['ends early', (whole: Buffer) => whole.subarray(0, -1), 'staged_file_size'],
    ['has more bytes than it should', (whole: Buffer) => Buffer.concat([whole, whole]), 'staged_file_size'],
    ['has other bytes in its first part', (whole: Buffer) => flipped(whole, 10), 'staged_file_changed'],
    ['has other bytes in its last part', (whole: Buffer) => flipped(whole, whole.length - 1), 'staged_file_changed'],
  ])('a source that %s is never published, in one piece or in parts', async (_how, change, code) => {
    for (const size of [1000, 12 * MIB + 7]) {
      const { bucket, deliver, seen } = place({ partSizeMiB: 5 });
      const whole = patternedBytes(size);
      const file = { ...stagedFile('a.psv', whole), open: async () => Readable.from([change(whole)], { objectMode: false }) };
      expect(await failureOf(deliver(file))).toMatchObject({ code });
      expect(seen('PutObject', 'CompleteMultipartUpload')).toEqual([]);
      expect(server.pendingUploads(bucket)).toEqual([]);
      expect(await server.objects(bucket)).toEqual({});
    }
  });

  test('nothing is published by a worker that has lost its run', async () => {
    for (const file of [stagedFile('a.psv', Buffer.from('a')), large()]) {
      const { bucket, settings, ctx } = place();
      const lost = transientError('lease_lost', 'Another worker has taken the run.');
      const fence = () => Promise.reject(lost);
      expect(await failureOf(deliverToS3(stagedSet([file]), settings, { ...ctx, fence }))).toBe(lost);
      expect(await server.objects(bucket)).toEqual({});
      expect(server.pendingUploads(bucket)).toEqual([]);
    }
  });

  test('a failing part ends the wait for a source that gives nothing more', async () => {
    const { deliver, on } = place({ partSizeMiB: 5 });
    server.inject({ when: on('UploadPart'), times: 5, answer: () => s3Error(403, 'AccessDenied') });
    const whole = patternedBytes(20 * MIB);
    const file = {
      ...stagedFile('a.psv', whole),
      open: async (signal?: AbortSignal) =>
        Readable.from(
          (async function* () {
            yield whole.subarray(0, 11 * MIB);
            await wait(600_000, undefined, { signal });
          })(),
          { objectMode: false },
        ),
    };
    expect(await failureOf(deliver(file))).toMatchObject({ code: 's3_access_denied' });
  });

  test('an object that the partner takes away at once is accepted only where the settings say so', async () => {
    for (const acceptVanished of [false, true]) {
      const { bucket, deliver, on } = place({ acceptVanished });
      server.inject({
        when: on('PutObject'),
        async answer({ forward }) {
          const reply = await forward();
          await server.remove(bucket, 'a.psv');
          return reply;
        },
      });
      const work = deliver(stagedFile('a.psv', Buffer.from('a')));
      if (acceptVanished) expect((await work).files[0]?.outcome).toBe('sent');
      else expect(await failureOf(work)).toMatchObject({ kind: 'config', code: 's3_vanished' });
    }
  });

  test('a check says that a store ignores the condition, and leaves nothing', async () => {
    const { bucket, settings, ctx, on } = place();
    server.inject({
      when: on('PutObject'),
      times: 2,
      answer({ request, forward }) {
        delete request.headers['if-none-match'];
        return forward();
      },
    });
    expect(await failureOf(checkS3(settings, ctx))).toMatchObject({ kind: 'config', code: 's3_conditional_writes' });
    expect(await server.objects(bucket)).toEqual({});
  });

  test('a wrong key and a wrong owner are named by the check, and no delivery goes there', async () => {
    for (const [more, code] of [
      [{ accessKeyId: 'env:S3_SECRET' }, 's3_credentials'],
      [{ expectedBucketOwner: '999999999999' }, 's3_access_denied'],
    ] as const) {
      const { settings, ctx, deliver } = place(more);
      expect(await failureOf(checkS3(settings, ctx))).toMatchObject({ kind: 'config', code });
      // A look is refused with a bare 403.
      const error = await failureOf(deliver(stagedFile('a.psv', Buffer.from('a'))));
      expect(error).toMatchObject({ kind: 'config', code: 's3_access_denied' });
    }
  });

  test('a check that may not write only lists', async () => {
    const { settings, ctx, seen } = place({ checkByWriting: false });
    await checkS3(settings, ctx);
    expect(seen('PutObject', 'DeleteObjects')).toEqual([]);
    const missing = { ...settings, bucket: 'no-such' };
    expect(await failureOf(checkS3(missing, ctx))).toMatchObject({ code: 's3_bucket_missing' });
  });
});

function flipped(whole: Buffer, at: number): Buffer {
  const bytes = Buffer.from(whole);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}
