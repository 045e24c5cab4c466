import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { transientError } from '../errors.ts';
import { inParallel } from '../lib/in-parallel.ts';
import type { Bucket } from './bucket.ts';
import { type Part, partBytes, partsInFlight } from './parts.ts';
import type { S3Put } from './s3-put.ts';
import { isCode } from './voice.ts';

// How often bytes that arrived damaged are read and sent again before the put fails.
const TRIES_OF_DAMAGED = 3;
const ABORT_TIMEOUT_MS = 30_000;

/**
 * Sends bytes under a key that must not exist. Fails with the code `exists` of the bucket's voice when it does, and with `busy` or
 * `upload_gone` when the whole upload has to be made again. Whatever is wrong with the source fails before anything is published.
 */
export async function upload(bucket: Bucket, request: S3Put): Promise<void> {
  const partSize = partBytes(request.bytes, bucket.settings.partSizeMiB);
  if (request.bytes > partSize) return uploadParts(bucket, request, partSize);
  for await (const part of request.parts(partSize, request.signal)) {
    await request.beforePublish?.();
    await resendingDamaged(bucket, part, (body) =>
      bucket.api.call(writing(bucket, request), request.signal, (client, options) =>
        client.send(
          new PutObjectCommand({ ...objectOf(bucket, request), ...digestOf(bucket, body), Body: body, IfNoneMatch: '*' }),
          options,
        ),
      ),
    );
    request.onProgress?.(part.body.length);
  }
}

async function uploadParts(bucket: Bucket, request: S3Put, partSize: number): Promise<void> {
  const { api, target, base, settings } = bucket;
  const what = writing(bucket, request);
  const created = await api.call(what, request.signal, (client, options) =>
    client.send(
      new CreateMultipartUploadCommand({
        ...objectOf(bucket, request),
        ...(settings.checksums === 'when-supported' ? { ChecksumAlgorithm: 'CRC32' } : {}),
      }),
      options,
    ),
  );
  const one = { ...target, Key: base + request.key, UploadId: created.UploadId };
  try {
    const parts: CompletedPart[] = [];
    let moved = 0;
    await inParallel(
      (signal) => request.parts(partSize, signal),
      partsInFlight(partSize, settings.concurrency),
      request.signal,
      async (part, signal) => {
        const sent = await resendingDamaged(bucket, part, (body) =>
          api.call(what, signal, (client, options) =>
            client.send(
              new UploadPartCommand({ ...one, ...digestOf(bucket, body), PartNumber: part.number, Body: body }),
              options,
            ),
          ),
        );
        parts.push({ PartNumber: part.number, ETag: sent.ETag, ChecksumCRC32: sent.ChecksumCRC32 });
        moved += part.body.length;
        request.onProgress?.(moved);
      },
    );
    await request.beforePublish?.();
    parts.sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
    const completed = await api.call(what, request.signal, (client, options) =>
      client.send(new CompleteMultipartUploadCommand({ ...one, MultipartUpload: { Parts: parts }, IfNoneMatch: '*' }), options),
    );
    // The store answers 200 before it has joined the parts, and may then say in the body that it failed.
    if (completed.ETag === undefined)
      throw transientError(
        `${api.voice.code}_unavailable`,
        `Cannot ${what}: the store accepted the parts and then did not join them.`,
        {
          hint: 'It is tried again later. If it persists, look at the status page or the logs of the store.',
        },
      );
  } catch (error) {
    await abort(bucket, one);
    throw error;
  }
}

/** Frees the parts of an upload that failed. What cannot be aborted now is left to the sweeper and the lifecycle rule. */
async function abort(bucket: Bucket, one: { Bucket: string; Key: string; UploadId: string | undefined }): Promise<void> {
  const signal = AbortSignal.timeout(ABORT_TIMEOUT_MS);
  await bucket.api
    .call('abort an upload', signal, (client, options) => client.send(new AbortMultipartUploadCommand(one), options))
    .catch(() => undefined);
}

/** Sends a part, and fetches it again when the store says that other bytes arrived. */
async function resendingDamaged<T>(bucket: Bucket, part: Part, send: (body: Buffer) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(attempt === 1 ? part.body : await part.reread());
    } catch (error) {
      if (!isCode(error, bucket.api.voice, 'corrupted') || attempt === TRIES_OF_DAMAGED) throw error;
    }
  }
}

const writing = ({ api }: Bucket, { key }: S3Put): string => `write "${key}" into ${api.voice.noun}`;

function objectOf({ target, base, settings }: Bucket, request: S3Put) {
  return {
    ...target,
    Key: base + request.key,
    ContentType: request.contentType ?? 'application/octet-stream',
    Metadata: { sha256: request.sha256 },
    ...(request.acl === undefined ? {} : { ACL: request.acl }),
    ...(settings.sse === 'none' ? {} : { ServerSideEncryption: settings.sse }),
    ...(settings.kmsKeyId === undefined ? {} : { SSEKMSKeyId: settings.kmsKeyId }),
  };
}

/** Stores that know no other checksum still compare Content-MD5. */
function digestOf({ settings }: Bucket, body: Buffer): { ContentMD5?: string } {
  return settings.checksums === 'when-required' ? { ContentMD5: createHash('md5').update(body).digest('base64') } : {};
}
