import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { configError } from '../src/errors.ts';
import { clockAt, systemClock } from '../src/lib/clock.ts';
import { openS3Stage, type S3Stage } from '../src/stage/s3/s3-stage.ts';
import { s3StageSettings } from '../src/stage/settings.ts';
import { freePort } from './support/postgres.ts';
import { type Fault, type Reply, type S3Server, type SeenRequest, s3Error, startS3Server } from './support/s3-server.ts';
import { SECRET, stageIn } from './support/s3-stage.ts';
import { failureOf, type LocalFiles, localFiles, patternedBytes } from './support/stage-files.ts';

let server: S3Server;
let files: LocalFiles;
let bucket: string;
beforeAll(async () => {
  server = await startS3Server();
  files = localFiles();
});
afterAll(async () => {
  files[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  bucket = server.newBucket();
});

type Operation = SeenRequest['operation'];
const seen = (...operations: Operation[]) =>
  server.requests.filter((request) => request.bucket === bucket && operations.includes(request.operation));
const numbersOf = (requests: readonly SeenRequest[]) => requests.map(({ query }) => Number(query.get('partNumber')));

/** Breaks requests of one operation in this test's bucket. */
function breaking(
  operation: Operation,
  answer: Reply | Fault['answer'],
  times = 1,
  when: (request: SeenRequest) => boolean = () => true,
) {
  const in_ = bucket;
  server.inject({
    times,
    when: (request) => request.bucket === in_ && request.operation === operation && when(request),
    answer: typeof answer === 'function' ? answer : () => answer,
  });
}
const always = Number.POSITIVE_INFINITY;
// Three parts of the smallest size.
const LARGE = patternedBytes(2 * 5_242_880 + 7);
const largeFile = () => files.file(LARGE);
const openStage = (settings: Readonly<Record<string, unknown>> = {}, of = bucket) =>
  stageIn(server, of, { partSizeMiB: 5, ...settings });

describe('faults of S3', () => {
  test('S3-01 an object that appeared after the look makes 412, not a replacement', async () => {
    await using stage = openStage();
    await stage.put({ key: 'k', ...files.file('first') });
    breaking('HeadObject', { status: 404 });
    expect(await failureOf(stage.put({ key: 'k', ...files.file('other') }))).toMatchObject({
      kind: 'rejected',
      code: 'stage_conflict',
    });
    expect(seen('PutObject')).toHaveLength(2);
    expect(String(await buffer(await stage.open('k')))).toBe('first');
  });

  test.each([
    ['one piece', 'small bytes'],
    ['parts', LARGE],
  ])('S3-02 412 over the same SHA-256 means that it is staged already, in %s', async (_how, content) => {
    await using stage = openStage();
    const file = files.file(content);
    await stage.put({ key: 'k', ...file });
    breaking('HeadObject', { status: 404 });
    expect(await stage.put({ key: 'k', ...file })).toEqual({ created: false });
    expect(server.pendingUploads(bucket)).toEqual([]);
  });

  test('S3-02 412 over another SHA-256 in the metadata is a conflict even if the size is equal', async () => {
    await using stage = openStage();
    await stage.put({ key: 'k', ...files.file('aaaa') });
    breaking('HeadObject', { status: 404 });
    expect(await failureOf(stage.put({ key: 'k', ...files.file('bbbb') }))).toMatchObject({ code: 'stage_conflict' });
  });

  test('S3-03 409 on completion makes a new multipart upload', async () => {
    await using stage = openStage();
    breaking('CompleteMultipartUpload', s3Error(409, 'ConditionalRequestConflict'));
    expect(await stage.put({ key: 'k', ...largeFile() })).toEqual({ created: true });
    expect(seen('CreateMultipartUpload')).toHaveLength(2);
    expect(seen('AbortMultipartUpload')).toHaveLength(1);
    expect(numbersOf(seen('UploadPart')).sort()).toEqual([1, 1, 2, 2, 3, 3]);
    expect((await buffer(await stage.open('k'))).equals(LARGE)).toBe(true);
  });

  test('S3-03 409 again and again ends as a failure that passes, with nothing pending', async () => {
    await using stage = openStage();
    breaking('PutObject', s3Error(409, 'ConditionalRequestConflict'), always);
    expect(await failureOf(stage.put({ key: 'k', ...files.file('x') }))).toMatchObject({ kind: 'transient', code: 'stage_busy' });
    expect(seen('PutObject')).toHaveLength(3);
  });

  test('S3-04 SlowDown twice is answered by two more attempts after the pause that the store asks for', async () => {
    await using stage = openStage();
    breaking('PutObject', s3Error(503, 'SlowDown', 'Please reduce your request rate.', { headers: { 'retry-after': '1' } }), 2);
    expect(await stage.put({ key: 'k', ...files.file('x') })).toEqual({ created: true });
    const attempts = seen('PutObject');
    expect(attempts.map(({ headers }) => headers['amz-sdk-request'])).toEqual([
      'attempt=1; max=5',
      'attempt=2; max=5',
      'attempt=3; max=5',
    ]);
    for (const n of [1, 2]) expect((attempts[n]?.at ?? 0) - (attempts[n - 1]?.at ?? 0)).toBeGreaterThan(900);
  });

  test('S3-04 SlowDown without end is a failure that passes and says how long to wait', async () => {
    await using stage = openStage();
    breaking('HeadObject', { status: 503, headers: { 'retry-after': '1' } }, always);
    expect(await failureOf(stage.stat('k'))).toMatchObject({ kind: 'transient', retryAfterMs: 1000 });
    expect(seen('HeadObject')).toHaveLength(5);
  });

  test('S3-05 only the part that failed is sent again', async () => {
    await using stage = openStage();
    breaking('UploadPart', s3Error(500, 'InternalError'), 1, ({ query }) => query.get('partNumber') === '3');
    await stage.put({ key: 'k', ...largeFile() });
    expect(numbersOf(seen('UploadPart')).sort()).toEqual([1, 2, 3, 3]);
    expect((await buffer(await stage.open('k'))).equals(LARGE)).toBe(true);
  });

  test('S3-06 501 to the checksum header names the setting', async () => {
    await using stage = openStage();
    const answer = s3Error(501, 'NotImplemented', "Header 'x-amz-checksum-crc32' with value 'AAAAAA==' not implemented");
    breaking('PutObject', answer, always, ({ headers }) => headers['x-amz-checksum-crc32'] !== undefined);
    const error = await failureOf(stage.put({ key: 'k', ...files.file('x') }));
    expect(error).toMatchObject({
      kind: 'config',
      code: 'stage_checksums_unsupported',
      hint: expect.stringContaining('checksums: when-required'),
    });
    expect(seen('PutObject')).toHaveLength(1);
    await using plain = openStage({ checksums: 'when-required' });
    expect(await plain.put({ key: 'k', ...files.file('x') })).toEqual({ created: true });
  });

  test.each([
    ['one piece with CRC32', 'small', 'PutObject', 'when-supported'],
    ['one piece with Content-MD5', 'small', 'PutObject', 'when-required'],
    ['the last part', LARGE, 'UploadPart', 'when-supported'],
  ] as const)(
    'S3-07 bytes damaged on the way are read from the file and sent again: %s',
    async (_how, content, operation, checksums) => {
      await using stage = openStage({ checksums });
      breaking(
        operation,
        async ({ request, forward }) => {
          request.body = Buffer.from(request.body);
          request.body.writeUInt8(request.body.readUInt8(2) ^ 0x10, 2);
          const reply = await forward();
          expect(String(reply.body)).toContain('BadDigest');
          return reply;
        },
        2,
        ({ query }) => ['3', null].includes(query.get('partNumber')),
      );
      await stage.put({ key: 'k', ...files.file(content) });
      expect(seen(operation)).toHaveLength(operation === 'PutObject' ? 3 : 5);
      expect((await buffer(await stage.open('k'))).equals(Buffer.from(content))).toBe(true);
    },
  );

  test('S3-07 a line that always damages bytes ends as a failure that passes, with nothing staged or pending', async () => {
    await using stage = openStage();
    breaking('UploadPart', s3Error(400, 'BadDigest'), always);
    expect(await failureOf(stage.put({ key: 'k', ...largeFile() }))).toMatchObject({
      kind: 'transient',
      code: 'stage_corrupted',
    });
    expect(await stage.stat('k')).toBeNull();
    expect(server.pendingUploads(bucket)).toEqual([]);
  });

  test('S3-08 a KMS key that may not be used is reported at once and named', async () => {
    await using stage = openStage({ sse: 'aws:kms' });
    const message =
      'User: arn:aws:iam::111122223333:user/stage is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:us-east-1:111122223333:key/1 because no identity-based policy allows the action';
    breaking('PutObject', s3Error(403, 'AccessDenied', message), always);
    const error = await failureOf(stage.put({ key: 'k', ...files.file('x') }));
    expect(error).toMatchObject({
      kind: 'config',
      code: 'stage_access_denied',
      message: expect.stringContaining('KMS'),
      hint: expect.stringContaining('kms:GenerateDataKey'),
    });
    expect(seen('PutObject')).toHaveLength(1);
  });

  test('S3-09 a wrong clock is reported with its error, and nothing is tried again', async () => {
    const hourAhead = clockAt(new Date(systemClock.now().getTime() + 3_600_000));
    await using stage = openWith({}, hourAhead);
    breaking(
      'PutObject',
      s3Error(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'),
      always,
    );
    const error = await failureOf(stage.put({ key: 'k', ...files.file('x') }));
    expect(error).toMatchObject({
      kind: 'config',
      code: 'clock_skew',
      message: expect.stringMatching(/(59|60|61) minutes ahead of/),
    });
    expect(seen('PutObject')).toHaveLength(1);

    // A HEAD is told 403 and nothing else.
    breaking('HeadObject', { status: 403 });
    expect(await failureOf(stage.stat('k'))).toMatchObject({ code: 'clock_skew' });
  });

  test('S3-10 the upload that a crash left between create and complete is swept', async () => {
    await using stage = openStage({ prefix: 'aqua' });
    // Neither completion nor abortion arrives: what a killed process leaves.
    const lost: Fault['answer'] = ({ response }) => {
      response.destroy();
      return null;
    };
    breaking('CompleteMultipartUpload', lost, always);
    breaking('AbortMultipartUpload', lost, 10);
    for (const key of ['runs/1/a', 'runs/1/b'])
      expect(await failureOf(stage.put({ key, ...largeFile() }))).toMatchObject({ kind: 'transient', code: 'stage_unreachable' });
    expect(server.pendingUploads(bucket)).toHaveLength(2);

    const now = systemClock.now().getTime();
    expect(await stage.sweepMultiparts(new Date(now - 3_600_000))).toBe(0);
    await using neighbour = openStage({ prefix: 'other' });
    expect(await neighbour.sweepMultiparts(new Date(now + 3_600_000))).toBe(0);
    expect(server.pendingUploads(bucket)).toHaveLength(2);
    expect(await stage.sweepMultiparts(new Date(now + 3_600_000))).toBe(2);
    expect(server.pendingUploads(bucket)).toEqual([]);
  });

  test('S3-10 an upload that is gone before the sweep reaches it does not stop the sweep', async () => {
    await using stage = openStage();
    breaking('CompleteMultipartUpload', s3Error(403, 'AccessDenied'), always);
    breaking('AbortMultipartUpload', s3Error(403, 'AccessDenied'), 1);
    await failureOf(stage.put({ key: 'k', ...largeFile() }));
    breaking('AbortMultipartUpload', async ({ forward }) => {
      await forward();
      return s3Error(404, 'NoSuchUpload');
    });
    expect(await stage.sweepMultiparts(new Date(systemClock.now().getTime() + 3_600_000))).toBe(0);
    expect(server.pendingUploads(bucket)).toEqual([]);
  });

  test('an upload that was swept while it ran is made anew', async () => {
    await using stage = openStage();
    breaking('UploadPart', s3Error(404, 'NoSuchUpload'), 1, ({ query }) => query.get('partNumber') === '2');
    expect(await stage.put({ key: 'k', ...largeFile() })).toEqual({ created: true });
    expect(seen('CreateMultipartUpload')).toHaveLength(2);
    expect(server.pendingUploads(bucket)).toEqual([]);
  });

  test('S3-11 EntityTooSmall fails the put and leaves no upload pending', async () => {
    await using stage = openStage();
    breaking(
      'CompleteMultipartUpload',
      s3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size'),
    );
    const error = await failureOf(stage.put({ key: 'k', ...largeFile() }));
    expect(error).toMatchObject({ kind: 'config', code: 'stage_refused', message: expect.stringContaining('EntityTooSmall') });
    expect(server.pendingUploads(bucket)).toEqual([]);
  });

  test.each([
    ['as S3 sends it', ''],
    ['with white space behind it, which the SDK overlooks', '\n\n'],
  ])('S3-12 completion answered 200 with an Error element fails the put: %s', async (_how, behind) => {
    await using stage = openStage();
    const { headers, body } = s3Error(200, 'InternalError', 'We encountered an internal error. Please try again.');
    breaking('CompleteMultipartUpload', { status: 200, headers: headers ?? {}, body: `${body}${behind}` }, always);
    expect(await failureOf(stage.put({ key: 'k', ...largeFile() }))).toMatchObject({
      kind: 'transient',
      code: 'stage_unavailable',
    });
    expect(await stage.stat('k')).toBeNull();
    expect(server.pendingUploads(bucket)).toEqual([]);
  });

  test('S3-12 completion answered 200 with an Error element once is asked again', async () => {
    await using stage = openStage();
    const { headers, body } = s3Error(200, 'InternalError');
    breaking('CompleteMultipartUpload', { status: 200, headers: headers ?? {}, body: body ?? '' });
    expect(await stage.put({ key: 'k', ...largeFile() })).toEqual({ created: true });
    expect(seen('UploadPart')).toHaveLength(3);
  });

  test('S3-13 a bucket name with upper case and a key above 1,024 bytes are refused before anything is sent', async () => {
    const settings = { type: 's3', bucket: 'Stage', region: 'us-east-1' };
    expect(s3StageSettings.safeParse(settings).error?.issues.map(({ path }) => path)).toEqual([['bucket']]);
    await using stage = openStage({ prefix: `${'p'.repeat(500)}/` });
    const key = `${'a'.repeat(200)}/${'b'.repeat(200)}/${'c'.repeat(121)}`;
    expect(await failureOf(stage.put({ key: `${key}c`, ...files.file('x') }))).toMatchObject({
      kind: 'config',
      code: 'stage_key',
    });
    expect(server.requests.filter((request) => request.bucket === bucket)).toEqual([]);
    expect(await stage.put({ key, ...files.file('x') })).toEqual({ created: true });
  });

  test('S3-14 expired credentials are fetched again, once for all parts in flight', async () => {
    let fetched = 0;
    await using stage = openWith({}, systemClock, async (reference) => {
      if (reference !== 'env:STAGE_KEY') return SECRET;
      fetched += 1;
      return fetched === 1 ? 'ASIAOLDOLDOLDOLDOLD0' : 'ASIANEWNEWNEWNEWNEW0';
    });
    server.accept('ASIAOLDOLDOLDOLDOLD0');
    server.accept('ASIANEWNEWNEWNEWNEW0');
    // They expire in the middle of an upload.
    breaking('UploadPart', async ({ forward }) => {
      server.expire('ASIAOLDOLDOLDOLDOLD0');
      return forward();
    });
    expect(await stage.put({ key: 'k', ...largeFile() })).toEqual({ created: true });
    expect(fetched).toBe(2);
    expect((await buffer(await stage.open('k'))).equals(LARGE)).toBe(true);
  });

  test('S3-14 a HEAD, which is told only 400, has expired credentials fetched again too', async () => {
    const keys = ['ASIAOLDOLDOLDOLDOLD1', 'ASIANEWNEWNEWNEWNEW1'];
    server.accept('ASIANEWNEWNEWNEWNEW1');
    server.expire('ASIAOLDOLDOLDOLDOLD1');
    await using stage = openWith({}, systemClock, async (reference) =>
      reference === 'env:STAGE_KEY' ? (keys.shift() ?? '') : SECRET,
    );
    expect(await stage.stat('k')).toBeNull();
  });

  test('S3-14 credentials that are expired when they come are a matter of configuration', async () => {
    server.expire('ASIAOLDOLDOLDOLDOLD2');
    let fetched = 0;
    await using stage = openWith({}, systemClock, async (reference) => {
      if (reference === 'env:STAGE_KEY') fetched += 1;
      return reference === 'env:STAGE_KEY' ? 'ASIAOLDOLDOLDOLDOLD2' : SECRET;
    });
    expect(await failureOf(stage.list(''))).toMatchObject({ kind: 'config', code: 'stage_credentials_expired' });
    expect(fetched).toBe(2);
  });
});

describe('failures of a stage in a bucket', () => {
  test.each([
    [404, 'NoSuchBucket', 'config', 'stage_bucket_missing', 1],
    [403, 'AccessDenied', 'config', 'stage_access_denied', 1],
    [403, 'InvalidAccessKeyId', 'config', 'stage_credentials', 1],
    [403, 'SignatureDoesNotMatch', 'config', 'stage_credentials', 1],
    [400, 'AuthorizationHeaderMalformed', 'config', 'stage_region', 1],
    [301, 'PermanentRedirect', 'config', 'stage_region', 1],
    [400, 'KMS.DisabledException', 'config', 'stage_access_denied', 1],
    [411, 'MissingContentLength', 'config', 'stage_checksums_unsupported', 1],
    [400, 'InvalidRequest', 'config', 'stage_refused', 1],
    [400, 'RequestTimeout', 'transient', 'stage_timeout', 5],
    [500, 'InternalError', 'transient', 'stage_unavailable', 5],
    [503, 'ServiceUnavailable', 'transient', 'stage_throttled', 5],
    [429, 'TooManyRequests', 'transient', 'stage_throttled', 5],
  ])('%i %s is %s %s after %i attempts', async (status, name, kind, code, attempts) => {
    await using stage = openStage();
    breaking('PutObject', s3Error(status, name), always);
    const error = await failureOf(stage.put({ key: 'k', ...files.file('x') }));
    expect(error).toMatchObject({ kind, code, hint: expect.stringMatching(/\.$/) });
    expect(seen('PutObject')).toHaveLength(attempts);
  });

  test('a bucket that is not there is named', async () => {
    await using stage = openStage({}, 'no-such-bucket');
    const error = await failureOf(stage.check());
    expect(error).toMatchObject({
      kind: 'config',
      code: 'stage_bucket_missing',
      message: expect.stringContaining('no-such-bucket'),
    });
  });

  test('a store that cannot be reached is a failure that passes', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    await using stage = openStage({ endpoint });
    expect(await failureOf(stage.stat('k'))).toMatchObject({ kind: 'transient', code: 'stage_unreachable' });
  });

  test('a store that never answers is given up after the deadline', async () => {
    await using stage = openStage({ timeoutSeconds: 1 });
    breaking('HeadObject', () => null, always);
    expect(await failureOf(stage.stat('k'))).toMatchObject({ kind: 'transient', code: 'stage_timeout' });
  });

  test('a caller who gives up is not kept waiting by a store that never answers', async () => {
    await using stage = openStage();
    const abort = new AbortController();
    const reason = new Error('the slot is over');
    breaking('HeadObject', () => {
      abort.abort(reason);
      return null;
    });
    expect(await failureOf(stage.stat('k', abort.signal))).toBe(reason);
  });

  test('an upload that is given up is aborted at the store', async () => {
    await using stage = openStage();
    const abort = new AbortController();
    const reason = new Error('the slot is over');
    breaking('UploadPart', () => {
      abort.abort(reason);
      return null;
    });
    expect(await failureOf(stage.put({ key: 'k', ...largeFile(), signal: abort.signal }))).toBe(reason);
    expect(server.pendingUploads(bucket)).toEqual([]);
  });

  test('a part that fails for good aborts the upload', async () => {
    await using stage = openStage();
    breaking('UploadPart', s3Error(403, 'AccessDenied'), 1, ({ query }) => query.get('partNumber') === '2');
    expect(await failureOf(stage.put({ key: 'k', ...largeFile() }))).toMatchObject({ code: 'stage_access_denied' });
    expect(server.pendingUploads(bucket)).toEqual([]);
    expect(await stage.stat('k')).toBeNull();
  });

  test('a completion whose answer is lost is recognised as done', async () => {
    await using stage = openStage();
    breaking('CompleteMultipartUpload', async ({ forward, response }) => {
      await forward();
      response.destroy();
      return null;
    });
    const file = largeFile();
    expect(await stage.put({ key: 'k', ...file })).toEqual({ created: false });
    expect(await stage.stat('k')).toEqual({ key: 'k', bytes: file.bytes, sha256: file.sha256 });
    expect(seen('CreateMultipartUpload')).toHaveLength(1);
  });

  test('an object that is not what was sent is taken back, so that the next try can write', async () => {
    await using stage = openStage();
    const file = files.file('all of the bytes');
    breaking('PutObject', async ({ request, forward }) => {
      for (const name of ['x-amz-checksum-crc32', 'x-amz-content-sha256']) delete request.headers[name];
      request.body = request.body.subarray(0, 4);
      return forward();
    });
    expect(await failureOf(stage.put({ key: 'k', ...file }))).toMatchObject({ kind: 'transient', code: 'stage_verify' });
    expect(await stage.put({ key: 'k', ...file })).toEqual({ created: true });
  });

  test('a store that loses the metadata cannot be trusted with a file', async () => {
    await using stage = openStage();
    breaking('PutObject', async ({ request, forward }) => {
      delete request.headers['x-amz-meta-sha256'];
      return forward();
    });
    expect(await failureOf(stage.put({ key: 'k', ...files.file('x') }))).toMatchObject({
      kind: 'transient',
      code: 'stage_verify',
    });
  });

  const half: Fault['answer'] = async ({ forward, response }) => {
    const { status, headers = {}, body = '' } = await forward();
    response.writeHead(status, headers);
    response.write(Buffer.from(body).subarray(0, 1_000_000), () => response.socket?.destroy());
    return null;
  };

  test.each([0, 5_000_000])('a read from %i that is cut short is an error, never a short file', async (start) => {
    await using stage = openStage();
    await stage.put({ key: 'k', ...largeFile() });
    breaking('GetObject', half);
    const error = await failureOf(buffer(await stage.open('k', { start })));
    expect(error).toMatchObject({ kind: 'transient', code: 'stage_unreachable' });
    expect((await buffer(await stage.open('k', { start }))).equals(LARGE.subarray(start))).toBe(true);
  });

  test('a read that ends properly but too soon is an error', async () => {
    await using stage = openStage();
    await stage.put({ key: 'k', ...largeFile() });
    breaking('GetObject', async ({ forward }) => {
      const reply = await forward();
      const { 'content-length': _length, ...headers } = reply.headers ?? {};
      return { ...reply, headers, body: Buffer.from(reply.body ?? '').subarray(0, -1) };
    });
    expect(await failureOf(buffer(await stage.open('k')))).toMatchObject({ kind: 'transient', code: 'stage_truncated' });
  });

  test('a read whose bytes were damaged is an error', async () => {
    await using stage = openStage();
    await stage.put({ key: 'k', ...files.file('0123456789') });
    breaking('GetObject', async ({ forward }) => ({ ...(await forward()), body: '0123456780' }));
    expect(await failureOf(buffer(await stage.open('k')))).toMatchObject({ kind: 'transient', code: 'stage_corrupted' });
  });

  /** Sends the beginning of an object and then nothing more. */
  const stalling: Fault['answer'] = ({ response }) => {
    response.writeHead(200, { 'content-length': '10' });
    response.write('01234');
    return null;
  };

  test('a read that stalls is given up', async () => {
    await using stage = openStage({ timeoutSeconds: 1 });
    await using patient = openStage();
    await patient.put({ key: 'k', ...files.file('0123456789') });
    breaking('GetObject', stalling, always);
    expect(await failureOf(buffer(await stage.open('k')))).toMatchObject({ kind: 'transient', code: 'stage_timeout' });
  });

  test('a reader who has had enough closes the connection to a store that sends nothing more', async () => {
    await using stage = openStage();
    await stage.put({ key: 'k', ...files.file('0123456789') });
    const closed = Promise.withResolvers<void>();
    breaking('GetObject', (exchange) => {
      exchange.response.once('close', () => closed.resolve());
      return stalling(exchange);
    });
    const stream = await stage.open('k');
    for await (const _chunk of stream) break;
    await closed.promise;
    expect(stream.destroyed).toBe(true);
  });

  test('a store that ignores the range is noticed', async () => {
    await using stage = openStage();
    await stage.put({ key: 'k', ...files.file('0123456789') });
    breaking('GetObject', async ({ request, forward }) => {
      delete request.headers.range;
      return forward();
    });
    expect(await failureOf(stage.open('k', { start: 4 }))).toMatchObject({ kind: 'config', code: 'stage_range' });
  });

  test('a refusal of single keys in a batch of removals is a failure', async () => {
    await using stage = openStage();
    await stage.put({ key: 'runs/1', ...files.file('x') });
    const body =
      '<DeleteResult><Error><Key>runs/1</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error></DeleteResult>';
    breaking('DeleteObjects', { status: 200, headers: { 'content-type': 'application/xml' }, body });
    expect(await failureOf(stage.remove('runs'))).toMatchObject({ kind: 'config', code: 'stage_access_denied' });
  });

  test('errors hold neither access key nor secret nor what was signed', async () => {
    await using stage = openStage();
    const xml = `<AWSAccessKeyId>${server.accessKeyId}</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256 20261116</StringToSign>`;
    const answers = [
      s3Error(403, 'SignatureDoesNotMatch', `The signature of ${server.accessKeyId} does not match`, { xml }),
      s3Error(403, 'AccessDenied', `${server.accessKeyId} may not`, { xml }),
      s3Error(400, 'SomethingNew', `${server.accessKeyId} is odd`, { xml }),
    ];
    for (const answer of answers) {
      breaking('PutObject', answer);
      const error = await failureOf(stage.put({ key: 'k', ...files.file('x') }));
      const shown = `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)}`;
      expect(shown).toContain('request 4442587FB7D0A2F9');
      for (const secret of [server.accessKeyId, SECRET, 'StringToSign', 'HMAC']) expect(shown).not.toContain(secret);
    }
  });

  test('a machine without credentials is told so', async () => {
    const before = { ...process.env };
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: 'true', HOME: files.folder });
    try {
      await using stage = openWith({ accessKeyId: undefined, secretAccessKey: undefined });
      expect(await failureOf(stage.stat('k'))).toMatchObject({
        kind: 'config',
        code: 'stage_credentials',
        hint: expect.stringContaining('role'),
      });
    } finally {
      process.env = before;
    }
  });

  test('a secret that is missing is reported as such', async () => {
    const missing = configError('secret_missing', 'The environment has no STAGE_KEY.');
    await using stage = openWith({}, systemClock, async () => {
      throw missing;
    });
    expect(await failureOf(stage.stat('k'))).toBe(missing);
  });
});

function openWith(
  settings: Readonly<Record<string, unknown>>,
  clock = systemClock,
  secrets?: (reference: string) => Promise<string>,
): S3Stage {
  const parsed = s3StageSettings.parse({
    type: 's3',
    bucket,
    region: 'us-east-1',
    endpoint: server.endpoint,
    forcePathStyle: true,
    accessKeyId: 'env:STAGE_KEY',
    secretAccessKey: 'env:STAGE_SECRET',
    ...settings,
  });
  return openS3Stage(parsed, {
    secrets: secrets ?? (async (reference) => (reference === 'env:STAGE_KEY' ? server.accessKeyId : SECRET)),
    clock,
  });
}
