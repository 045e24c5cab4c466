import { createHash } from 'node:crypto';
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { partBytes, partsInFlight } from '../src/s3/parts.ts';
import { stageConformance } from './conformance/stage.ts';
import { BUCKET_OWNER, type S3Server, startS3Server } from './support/s3-server.ts';
import { SECRET, stageIn } from './support/s3-stage.ts';
import { failureOf, localFiles, patternedBytes } from './support/stage-files.ts';

let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
});
afterAll(() => server[Symbol.asyncDispose]());

const requestsOf = (bucket: string, ...operations: string[]) =>
  server.requests.filter((request) => request.bucket === bucket && operations.includes(request.operation));

stageConformance('a bucket', async () => stageIn(server, server.newBucket()));
stageConformance('a prefix in a bucket of a store without checksums', async () => {
  const bucket = server.newBucket();
  await server.seed(bucket, 'somebody/else', 'not ours');
  return stageIn(server, bucket, { prefix: 'aqua/prod', checksums: 'when-required' });
});

describe('a stage in a bucket', () => {
  test('a file of 40 MB goes up in parts of 8 MiB and comes back byte for byte', async () => {
    using files = localFiles();
    const bucket = server.newBucket();
    await using stage = stageIn(server, bucket);
    const file = files.file(patternedBytes(40_000_003));
    const progress: number[] = [];
    expect(await stage.put({ key: 'runs/1/big.gz', ...file, onProgress: (bytes) => progress.push(bytes) })).toEqual({
      created: true,
    });

    const sizes = requestsOf(bucket, 'UploadPart').map(({ query, headers }) => [
      Number(query.get('partNumber')),
      Number(headers['content-length']),
    ]);
    expect(sizes.toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
      [1, 8_388_608],
      [2, 8_388_608],
      [3, 8_388_608],
      [4, 8_388_608],
      [5, 40_000_003 - 4 * 8_388_608],
    ]);
    expect(progress).toHaveLength(5);
    expect(progress.at(-1)).toBe(40_000_003);
    expect(server.pendingUploads(bucket)).toEqual([]);

    const hash = createHash('sha256');
    for await (const chunk of await stage.open('runs/1/big.gz')) hash.update(chunk);
    expect(hash.digest('hex')).toBe(file.sha256);
    const tail: Buffer[] = [];
    for await (const chunk of await stage.open('runs/1/big.gz', { start: 30_000_000 })) tail.push(chunk);
    expect(Buffer.concat(tail).equals(file.content.subarray(30_000_000))).toBe(true);
  });

  test('S3-01 a new key is written only on the condition that it is new', async () => {
    using files = localFiles();
    const bucket = server.newBucket();
    await using stage = stageIn(server, bucket);
    await stage.put({ key: 'small', ...files.file('small') });
    await stage.put({ key: 'large', ...files.file(patternedBytes(9_000_000)) });
    const conditions = requestsOf(bucket, 'PutObject', 'CompleteMultipartUpload').map(({ operation, headers }) => [
      operation,
      headers['if-none-match'],
    ]);
    expect(conditions).toEqual([
      ['PutObject', '*'],
      ['CompleteMultipartUpload', '*'],
    ]);
  });

  test('S3-11 a part below 5 MiB that is not the last is refused by the store, and the stage never makes one', async () => {
    const bucket = server.newBucket();
    const client = new S3Client({
      endpoint: server.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: server.accessKeyId, secretAccessKey: SECRET },
    });
    const one = { Bucket: bucket, Key: 'k' };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...one, ChecksumAlgorithm: 'CRC32' }));
    const parts = [];
    for (const [index, size] of [5_242_880, 5_242_880, 5_242_880, 5_242_879, 7].entries()) {
      const sent = await client.send(
        new UploadPartCommand({ ...one, UploadId, PartNumber: index + 1, Body: Buffer.alloc(size) }),
      );
      parts.push({ PartNumber: index + 1, ETag: sent.ETag, ChecksumCRC32: sent.ChecksumCRC32 });
    }
    const complete = client.send(new CompleteMultipartUploadCommand({ ...one, UploadId, MultipartUpload: { Parts: parts } }));
    expect(await failureOf(complete)).toMatchObject({ name: 'EntityTooSmall' });
    client.destroy();

    const MIB = 1_048_576;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 48 * 1024 ** 4 }),
        fc.option(fc.integer({ min: 5, max: 512 }), { nil: undefined }),
        (bytes, configured) => {
          const size = partBytes(bytes, configured);
          expect(size % MIB).toBe(0);
          expect(size).toBeGreaterThanOrEqual(5 * MIB);
          expect(size).toBeLessThanOrEqual(6 * 1024 * MIB);
          expect(Math.ceil(bytes / size)).toBeLessThanOrEqual(9500);
          expect(partsInFlight(size, 4) * Math.min(size, 512 * MIB)).toBeLessThanOrEqual(512 * MIB);
        },
      ),
    );
    expect([partBytes(1), partBytes(9500 * 8 * MIB), partBytes(9500 * 8 * MIB + 1), partBytes(1, 64)]).toEqual([
      8 * MIB,
      8 * MIB,
      9 * MIB,
      64 * MIB,
    ]);
  });

  test('encryption is asked for on both ways of writing, and its absence is noticed', async () => {
    using files = localFiles();
    const bucket = server.newBucket();
    await using stage = stageIn(server, bucket, { sse: 'aws:kms', kmsKeyId: 'alias/aquarius' });
    await stage.put({ key: 'small', ...files.file('small') });
    await stage.put({ key: 'large', ...files.file(patternedBytes(9_000_000)) });
    for (const { headers } of requestsOf(bucket, 'PutObject', 'CreateMultipartUpload'))
      expect(headers).toMatchObject({
        'x-amz-server-side-encryption': 'aws:kms',
        'x-amz-server-side-encryption-aws-kms-key-id': 'alias/aquarius',
      });

    server.inject({
      when: (request) => request.bucket === bucket && request.operation === 'HeadObject' && request.key === 'plain',
      times: 2,
      answer: async ({ forward }) => {
        const reply = await forward();
        const { 'x-amz-server-side-encryption': _dropped, ...headers } = reply.headers ?? {};
        return { ...reply, headers };
      },
    });
    const error = await failureOf(stage.put({ key: 'plain', ...files.file('plain') }));
    expect(error).toMatchObject({ kind: 'config', code: 'stage_not_encrypted' });
    expect(await stage.stat('plain')).toBeNull();
  });

  test('the expected owner goes with every request, and another owner is refused', async () => {
    using files = localFiles();
    const bucket = server.newBucket();
    await using stage = stageIn(server, bucket, { expectedBucketOwner: BUCKET_OWNER });
    await stage.put({ key: 'runs/small', ...files.file('small') });
    await stage.put({ key: 'runs/large', ...files.file(patternedBytes(9_000_000)) });
    (await stage.open('runs/small')).destroy();
    await stage.list('');
    await stage.sweepMultiparts(new Date(0));
    await stage.remove('runs');
    const seen = server.requests.filter((request) => request.bucket === bucket);
    expect(new Set(seen.map(({ operation }) => operation)).size).toBe(9);
    for (const { headers } of seen) expect(headers['x-amz-expected-bucket-owner']).toBe(BUCKET_OWNER);

    await using foreign = stageIn(server, bucket, { expectedBucketOwner: '999999999999' });
    expect(await failureOf(foreign.list(''))).toMatchObject({ kind: 'config', code: 'stage_access_denied' });
  });

  test('checksums are CRC32 by default and Content-MD5 where the store does not know them', async () => {
    using files = localFiles();
    const bucket = server.newBucket();
    const large = files.file(patternedBytes(9_000_000));
    await using modern = stageIn(server, bucket, { prefix: 'modern' });
    await using plain = stageIn(server, bucket, { prefix: 'plain', checksums: 'when-required' });
    for (const stage of [modern, plain]) {
      await stage.put({ key: 'runs/small', ...files.file('small') });
      await stage.put({ key: 'runs/large', ...large });
      await stage.remove('runs');
    }
    const seen = (prefix: string) => requestsOf(bucket, 'PutObject', 'UploadPart').filter(({ key }) => key.startsWith(prefix));
    expect(seen('modern')).toHaveLength(3);
    expect(seen('plain')).toHaveLength(3);
    for (const { headers } of seen('modern')) expect(headers['x-amz-checksum-crc32']).toMatch(/=$/);
    for (const { headers } of seen('plain')) expect(headers['content-md5']).toMatch(/==$/);
    const checksums = (headers: object) =>
      Object.keys(headers).filter((name) => name.startsWith('x-amz-checksum') || name === 'x-amz-trailer');
    for (const { key, operation, headers } of server.requests.filter((request) => request.bucket === bucket))
      if (key.startsWith('plain') || operation === 'DeleteObject') expect(checksums(headers)).toEqual([]);
    expect(requestsOf(bucket, 'DeleteObject')).toHaveLength(2);
    expect(requestsOf(bucket, 'DeleteObjects')).toHaveLength(1);
  });

  test('lists and removals go on over pages and batches', async () => {
    const bucket = server.newBucket();
    await using stage = stageIn(server, bucket);
    const keys = Array.from({ length: 1005 }, (_, n) => `runs/1/part-${String(n).padStart(4, '0')}`);
    const sha256 = createHash('sha256').update('x').digest('hex');
    for (const key of keys) await server.seed(bucket, key, 'x', { 'x-amz-meta-sha256': sha256 });
    expect(await stage.list('runs')).toEqual(keys.map((key) => ({ key, bytes: 1, sha256 })));
    expect(requestsOf(bucket, 'ListObjects')).toHaveLength(2);
    expect(await stage.remove('runs')).toBe(1005);
    expect(requestsOf(bucket, 'DeleteObjects')).toHaveLength(2);
    expect(await stage.list('')).toEqual([]);
  });

  test('what somebody else put among the staged files is named, never trusted, and folder markers do not matter', async () => {
    using files = localFiles();
    const bucket = server.newBucket();
    await using stage = stageIn(server, bucket, { prefix: 'aqua/' });
    await server.seed(bucket, 'aqua/', '');
    await server.seed(bucket, 'aqua/runs/', '');
    await stage.put({ key: 'runs/ours', ...files.file('ours') });
    expect(await stage.list('')).toHaveLength(1);

    await server.seed(bucket, 'aqua/runs/theirs', 'theirs');
    expect(await failureOf(stage.stat('runs/theirs'))).toMatchObject({ kind: 'config', code: 'stage_foreign' });
    expect(await failureOf(stage.list(''))).toMatchObject({ kind: 'config', code: 'stage_foreign' });
    expect(await failureOf(stage.put({ key: 'runs/theirs', ...files.file('theirs') }))).toMatchObject({ code: 'stage_conflict' });
    expect(await stage.remove('runs')).toBe(3);
  });

  test('the check notices a store that ignores If-None-Match', async () => {
    const bucket = server.newBucket();
    await using stage = stageIn(server, bucket);
    server.inject({
      when: (request) => request.bucket === bucket && request.operation === 'PutObject',
      times: 2,
      answer: async ({ request, forward }) => {
        delete request.headers['if-none-match'];
        return forward();
      },
    });
    expect(await failureOf(stage.check())).toMatchObject({ kind: 'config', code: 'stage_conditional_writes' });
    expect(await stage.list('')).toEqual([]);
    await stage.check();
  });
});
