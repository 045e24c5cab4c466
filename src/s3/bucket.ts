import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { configError } from '../errors.ts';
import { inParallel } from '../lib/in-parallel.ts';
import type { S3Api } from './client.ts';
import type { S3Settings } from './settings.ts';
import { isCode } from './voice.ts';

/** The part of a bucket below the prefix of the settings, by keys without that prefix. */
export interface Bucket {
  readonly api: S3Api;
  readonly settings: S3Settings;
  /** What goes before every key: '' or a folder with its slash. */
  readonly base: string;
  /** Members that every request about the bucket carries. */
  readonly target: { readonly Bucket: string; readonly ExpectedBucketOwner?: string };
}

/** What HEAD tells of an object. */
export interface Head {
  readonly bytes: number;
  /** Our own record; null for what somebody else wrote. */
  readonly sha256: string | null;
  readonly encryption: string | null;
  /** Another one for other bytes under the same key. */
  readonly etag: string | null;
}

// The most that one DeleteObjects request takes.
const DELETE_BATCH = 1000;

export function bucketOf(api: S3Api, settings: S3Settings): Bucket {
  const { bucket, prefix, expectedBucketOwner } = settings;
  return {
    api,
    settings,
    base: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
    target: { Bucket: bucket, ...(expectedBucketOwner === undefined ? {} : { ExpectedBucketOwner: expectedBucketOwner }) },
  };
}

/** What is under a key, or null. */
export async function headOf(bucket: Bucket, key: string, signal?: AbortSignal): Promise<Head | null> {
  try {
    const head = await bucket.api.call(`look at "${key}" in ${bucket.api.voice.noun}`, signal, (client, options) =>
      client.send(new HeadObjectCommand({ ...bucket.target, Key: bucket.base + key }), options),
    );
    return {
      bytes: head.ContentLength ?? 0,
      sha256: head.Metadata?.sha256 ?? null,
      encryption: head.ServerSideEncryption ?? null,
      etag: head.ETag ?? null,
    };
  } catch (error) {
    if (isCode(error, bucket.api.voice, 'missing')) return null;
    throw error;
  }
}

/** The bytes of an object from `start`, which lies before its end. */
export async function bodyOf(bucket: Bucket, key: string, start: number, signal?: AbortSignal): Promise<Readable> {
  const { noun, code } = bucket.api.voice;
  const what = `read "${key}" from ${noun}`;
  const range = start === 0 ? {} : { Range: `bytes=${start}-` };
  const answer = await bucket.api.call(what, signal, (client, options) =>
    client.send(new GetObjectCommand({ ...bucket.target, Key: bucket.base + key, ...range }), options),
  );
  if (!(answer.Body instanceof Readable)) throw new TypeError('GetObject gave no stream');
  if (start > 0 && !answer.ContentRange?.startsWith(`bytes ${start}-`)) {
    answer.Body.destroy();
    throw configError(`${code}_range`, `Cannot ${what}: the store ignored that only the bytes from ${start} were asked for.`, {
      hint: 'A store that answers range requests is needed; look for a proxy that drops the Range header.',
    });
  }
  return answer.Body;
}

/** Keys that begin with `start`, as the store lists them. */
export async function* keysFrom(bucket: Bucket, start: string, signal?: AbortSignal): AsyncGenerator<string> {
  const { api, base, target } = bucket;
  for (let token: string | undefined, more = true; more; more = token !== undefined) {
    const page = await api.call(`list "${start}" in ${api.voice.noun}`, signal, (client, options) =>
      client.send(new ListObjectsV2Command({ ...target, Prefix: base + start, ContinuationToken: token }), options),
    );
    for (const { Key: full } of page.Contents ?? []) {
      const key = full?.slice(base.length) ?? '';
      if (key !== '') yield key;
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  }
}

/** Removes objects; one that is not there any more counts as removed. */
export async function removeKeys(bucket: Bucket, keys: readonly string[], signal?: AbortSignal): Promise<void> {
  const what = `remove files from ${bucket.api.voice.noun}`;
  // DeleteObjects always carries a checksum, so stores that do not know those are asked for one at a time.
  if (bucket.settings.checksums === 'when-required') {
    await inParallel(
      () => keys,
      bucket.settings.concurrency,
      signal,
      async (key, either) => {
        await bucket.api.call(what, either, (client, options) =>
          client.send(new DeleteObjectCommand({ ...bucket.target, Key: bucket.base + key }), options),
        );
      },
    );
    return;
  }
  for (let start = 0; start < keys.length; start += DELETE_BATCH) {
    const objects = keys.slice(start, start + DELETE_BATCH).map((key) => ({ Key: bucket.base + key }));
    await bucket.api.call(what, signal, async (client, options) => {
      const answer = await client.send(
        new DeleteObjectsCommand({ ...bucket.target, Delete: { Objects: objects, Quiet: true } }),
        options,
      );
      const refused = answer.Errors?.[0];
      if (refused === undefined) return;
      // Refusals of single keys come in an answer 200; as errors they are told like any other.
      const httpStatusCode = refused.Code === 'AccessDenied' ? 403 : 500;
      throw Object.assign(new Error(refused.Message), { name: refused.Code, $metadata: { httpStatusCode } });
    });
  }
}
