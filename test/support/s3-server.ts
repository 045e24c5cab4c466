import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { startFauxqs } from 'fauxqs';
import { systemClock } from '../../src/lib/clock.ts';

/**
 * An S3 server for tests: the fauxqs emulator keeps buckets, objects and parts, and in front of it stands a proxy that is as
 * strict as S3 where fauxqs is lenient (conditional writes, checksums, credentials, bucket owner, encryption, pending uploads)
 * and that breaks on demand. What it does not do: verify signatures, versions, policies.
 */
export interface S3Server extends AsyncDisposable {
  readonly endpoint: string;
  /** The one access key that is accepted; any secret goes with it. `expire` and `accept` change that. */
  readonly accessKeyId: string;
  /** Every request so far, in order of arrival, without bodies. */
  readonly requests: readonly SeenRequest[];
  /** Makes an empty bucket and gives its name. */
  newBucket(): string;
  /** Writes an object past all checks, as somebody else would. */
  seed(bucket: string, key: string, body: string | Buffer, headers?: Readonly<Record<string, string>>): Promise<void>;
  /** What is under a key, or null, as the bucket's owner sees it. */
  read(bucket: string, key: string): Promise<Buffer | null>;
  /** Takes an object away, as the bucket's owner would. */
  remove(bucket: string, key: string): Promise<void>;
  /** Every key of a bucket, with what would tell that it was written again. */
  objects(bucket: string): Promise<Readonly<Record<string, string>>>;
  /** From now on requests that match are answered by the fault, `times` times (default once). */
  inject(fault: Fault): void;
  /** Answers ExpiredToken to an access key from now on. */
  expire(accessKeyId: string): void;
  /** Accepts another access key. */
  accept(accessKeyId: string): void;
  /** Multipart uploads that were begun and neither completed nor aborted. */
  pendingUploads(bucket: string): readonly { readonly key: string; readonly uploadId: string }[];
}

type Operation =
  | 'PutObject'
  | 'GetObject'
  | 'HeadObject'
  | 'DeleteObject'
  | 'DeleteObjects'
  | 'ListObjects'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'
  | 'ListMultipartUploads'
  | 'Other';

export interface SeenRequest {
  readonly operation: Operation;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Milliseconds on a clock that only goes forward. */
  readonly at: number;
}

interface LiveRequest extends SeenRequest {
  readonly method: string;
  /** A fault may replace path, query and body, as a proxy or a damaged line would. */
  url: string;
  body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Fault {
  when(request: SeenRequest): boolean;
  readonly times?: number;
  /** Gives the answer, or takes over the connection and gives null. `forward` does what would have been done without the fault. */
  answer(exchange: {
    request: LiveRequest;
    response: ServerResponse;
    forward: () => Promise<Reply>;
  }): Promise<Reply | null> | Reply | null;
}

/** The account that owns all buckets. */
export const BUCKET_OWNER = '111122223333';

/** An error as S3 words it. */
export function s3Error(
  status: number,
  code: string,
  message = code,
  more: { headers?: Record<string, string>; xml?: string } = {},
): Reply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${more.xml ?? ''}<RequestId>4442587FB7D0A2F9</RequestId></Error>`;
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': '4442587FB7D0A2F9', ...more.headers },
    body,
  };
}

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
  readonly initiated: string;
  readonly encryption: string | null;
}

export async function startS3Server(): Promise<S3Server> {
  const store = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1' });
  const upstream = `http://127.0.0.1:${store.port}`;
  const requests: SeenRequest[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  const accepted = new Set(['AKIAIOSFODNN7EXAMPLE']);
  const expired = new Set<string>();
  const uploads = new Map<string, Upload>();
  const encryption = new Map<string, string>();
  let buckets = 0;

  async function passOn(request: LiveRequest): Promise<Reply> {
    const hopByHop = ['host', 'connection', 'expect', 'transfer-encoding', 'content-length'];
    const headers = Object.entries(request.headers).filter(([name]) => !hopByHop.includes(name));
    const answer = await fetch(upstream + request.url, {
      method: request.method,
      headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
      body: request.body.length > 0 ? new Uint8Array(request.body) : null,
    });
    const kept = Object.fromEntries(
      [...answer.headers].filter(([name]) => !['connection', 'keep-alive', 'transfer-encoding'].includes(name)),
    );
    return { status: answer.status, headers: kept, body: Buffer.from(await answer.arrayBuffer()) };
  }

  const urlOf = (bucket: string, key: string) => `${upstream}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;

  async function exists({ bucket, key }: SeenRequest): Promise<boolean> {
    const answer = await fetch(urlOf(bucket, key), { method: 'HEAD' });
    return answer.ok;
  }

  /** Conditional writes look and write as one step. */
  const writing = new Map<string, Promise<unknown>>();
  async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = writing.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    writing.set(
      name,
      mine.catch(() => undefined),
    );
    return mine;
  }

  async function serve(request: LiveRequest): Promise<Reply> {
    const refusal = refuse(request, accepted, expired);
    if (refusal !== null) return refusal;
    const { operation, bucket, key, headers } = request;
    const object = `${bucket}/${key}`;
    const uploadId = request.query.get('uploadId') ?? '';
    const sse = headers['x-amz-server-side-encryption'];
    switch (operation) {
      case 'PutObject':
      case 'CompleteMultipartUpload':
        return alone(object, async () => {
          if (headers['if-none-match'] === '*' && (await exists(request)))
            return s3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
          const reply = await passOn(request);
          if (reply.status !== 200) return reply;
          const with_ = operation === 'PutObject' ? sse : uploads.get(uploadId)?.encryption;
          if (typeof with_ === 'string') encryption.set(object, with_);
          else encryption.delete(object);
          uploads.delete(uploadId);
          return reply;
        });
      case 'HeadObject': {
        const reply = await passOn(request);
        const with_ = encryption.get(object);
        if (reply.status !== 200 || with_ === undefined) return reply;
        return { ...reply, headers: { ...reply.headers, 'x-amz-server-side-encryption': with_ } };
      }
      case 'CreateMultipartUpload': {
        const reply = await passOn(request);
        const id = /<UploadId>([^<]+)</.exec(String(reply.body))?.[1];
        if (id !== undefined)
          uploads.set(id, {
            bucket,
            key,
            uploadId: id,
            initiated: systemClock.now().toISOString(),
            encryption: typeof sse === 'string' ? sse : null,
          });
        return reply;
      }
      case 'AbortMultipartUpload': {
        const reply = await passOn(request);
        uploads.delete(uploadId);
        return reply;
      }
      case 'ListMultipartUploads':
        return listUploads(
          request,
          [...uploads.values()].filter((upload) => upload.bucket === bucket),
        );
      default:
        return passOn(request);
    }
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    const { body: _body, ...seen } = request;
    requests.push(seen);
    const active = faults.find(({ fault, left }) => left > 0 && fault.when(request));
    if (active !== undefined) active.left -= 1;
    const forward = () => serve(request);
    const reply = active === undefined ? await forward() : await active.fault.answer({ request, response, forward });
    if (reply === null) return;
    const body = Buffer.from(reply.body ?? '');
    response.writeHead(reply.status, { 'content-length': String(body.length), ...reply.headers });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  const server = createServer((incoming, response) => {
    // A client that hangs up in the middle is part of the tests.
    handle(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    requests,
    newBucket() {
      buckets += 1;
      return store.createBucket(`stage-${buckets}`).bucketName;
    },
    async seed(bucket, key, body, headers = {}) {
      const answer = await fetch(urlOf(bucket, key), {
        method: 'PUT',
        body: typeof body === 'string' ? body : new Uint8Array(body),
        headers,
      });
      if (!answer.ok) throw new Error(`seeding ${key}: ${answer.status}`);
    },
    async read(bucket, key) {
      const answer = await fetch(urlOf(bucket, key));
      return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
    },
    async remove(bucket, key) {
      await fetch(urlOf(bucket, key), { method: 'DELETE' });
    },
    async objects(bucket) {
      const list = await (await fetch(`${upstream}/${bucket}?list-type=2`)).text();
      const entries = list.matchAll(/<Contents><Key>([^<]*)<\/Key>.*?<ETag>([^<]*)<\/ETag><LastModified>([^<]*)</g);
      return Object.fromEntries([...entries].map(([, key = '', tag, modified]) => [key, `${modified} ${tag}`]));
    },
    inject(fault) {
      faults.push({ fault, left: fault.times ?? 1 });
    },
    expire(accessKeyId) {
      expired.add(accessKeyId);
    },
    accept(accessKeyId) {
      accepted.add(accessKeyId);
    },
    pendingUploads: (bucket) => [...uploads.values()].filter((upload) => upload.bucket === bucket),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await store.stop();
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<LiveRequest> {
  const url = incoming.url ?? '/';
  const { pathname, searchParams: query } = new URL(url, 'http://store');
  const [, bucket = '', ...rest] = pathname.split('/');
  const key = rest.map(decodeURIComponent).join('/');
  const method = incoming.method ?? '';
  const at = performance.now();
  const operation = operationOf(method, key, query);
  return { operation, bucket, key, query, headers: incoming.headers, at, method, url, body: await buffer(incoming) };
}

function operationOf(method: string, key: string, query: URLSearchParams): Operation {
  if (key === '') {
    if (method === 'POST' && query.has('delete')) return 'DeleteObjects';
    if (method === 'GET') return query.has('uploads') ? 'ListMultipartUploads' : 'ListObjects';
    return 'Other';
  }
  if (method === 'POST') return query.has('uploads') ? 'CreateMultipartUpload' : 'CompleteMultipartUpload';
  if (method === 'PUT') return query.has('partNumber') ? 'UploadPart' : 'PutObject';
  if (method === 'DELETE') return query.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject';
  if (method === 'HEAD') return 'HeadObject';
  return method === 'GET' ? 'GetObject' : 'Other';
}

/** What S3 refuses and fauxqs would let through. */
function refuse(request: LiveRequest, accepted: ReadonlySet<string>, expired: ReadonlySet<string>): Reply | null {
  const { headers, body, operation } = request;
  const accessKeyId = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
  if (expired.has(accessKeyId)) return s3Error(400, 'ExpiredToken', 'The provided token has expired.');
  if (!accepted.has(accessKeyId))
    return s3Error(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', {
      xml: `<AWSAccessKeyId>${accessKeyId}</AWSAccessKeyId>`,
    });
  const owner = headers['x-amz-expected-bucket-owner'];
  if (owner !== undefined && owner !== BUCKET_OWNER) return s3Error(403, 'AccessDenied', 'Access Denied');
  if (Buffer.byteLength(request.key) > 1024) return s3Error(400, 'KeyTooLongError', 'Your key is too long');
  const condition = headers['if-none-match'];
  if (condition !== undefined && condition !== '*')
    return s3Error(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented');
  const crc = headers['x-amz-checksum-crc32'];
  if (typeof crc === 'string' && crc !== crc32Of(body))
    return s3Error(400, 'BadDigest', 'The CRC32 you specified did not match what we received.');
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64'))
    return s3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  const sha256 = headers['x-amz-content-sha256'];
  if (typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && sha256 !== createHash('sha256').update(body).digest('hex'))
    return s3Error(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  if (operation === 'DeleteObjects' && crc === undefined && md5 === undefined)
    return s3Error(400, 'InvalidRequest', 'Missing required header for this request: Content-MD5');
  const part = Number(request.query.get('partNumber') ?? 1);
  if (!(part >= 1 && part <= 10_000))
    return s3Error(400, 'InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  return null;
}

function crc32Of(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

// Small, so that two pending uploads already need two pages.
const UPLOADS_PER_PAGE = 1;

function listUploads(request: LiveRequest, all: readonly Upload[]): Reply {
  const prefix = request.query.get('prefix') ?? '';
  const marker = request.query.get('upload-id-marker');
  const matching = all.filter(({ key }) => key.startsWith(prefix));
  const start = marker === null ? 0 : matching.findIndex(({ uploadId }) => uploadId === marker) + 1;
  const page = matching.slice(start, start + UPLOADS_PER_PAGE);
  const last = page.at(-1);
  const isTruncated = start + page.length < matching.length && last !== undefined;
  const entries = page.map(
    ({ key, uploadId, initiated }) =>
      `<Upload><Key>${key}</Key><UploadId>${uploadId}</UploadId><Initiated>${initiated}</Initiated></Upload>`,
  );
  const next = isTruncated
    ? `<NextKeyMarker>${last.key}</NextKeyMarker><NextUploadIdMarker>${last.uploadId}</NextUploadIdMarker>`
    : '';
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<ListMultipartUploadsResult><Bucket>${request.bucket}</Bucket><IsTruncated>${isTruncated}</IsTruncated>${next}${entries.join('')}</ListMultipartUploadsResult>`,
  };
}
