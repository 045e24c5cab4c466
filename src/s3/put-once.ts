import { type AquariusError, configError, transientError } from '../errors.ts';
import { type Bucket, type Head, headOf, removeKeys } from './bucket.ts';
import type { S3Put } from './s3-put.ts';
import { upload } from './upload.ts';
import { isCode } from './voice.ts';

// How often an upload is made anew after a race for its key or after it was aborted from outside.
const UPLOADS = 3;

/**
 * Puts bytes under a key that must not exist, and verifies them afterwards. The same bytes already there are success
 * (`created: false`); other bytes are the voice's conflict.
 */
export async function putOnce(bucket: Bucket, request: S3Put): Promise<{ readonly created: boolean }> {
  const { voice } = bucket.api;
  const found = await headOf(bucket, request.key, request.signal);
  if (found !== null) return accept(bucket, request, found);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await upload(bucket, request);
      break;
    } catch (error) {
      if (!isCode(error, voice, 'exists', 'busy', 'upload_gone')) throw error;
      // Somebody else was first, or our own completion arrived although its answer was lost.
      const there = await headOf(bucket, request.key, request.signal);
      if (there !== null) return accept(bucket, request, there);
      if (attempt === UPLOADS) throw isCode(error, voice, 'exists') ? vanished(bucket, request.key) : error;
    }
  }
  await verify(bucket, request);
  return { created: true };
}

/** Proves that the store refuses to write under a key that is taken: one that ignores If-None-Match would replace without a word. */
export async function proveConditional(bucket: Bucket, taken: S3Put): Promise<void> {
  const { noun, code } = bucket.api.voice;
  try {
    await upload(bucket, taken);
  } catch (error) {
    if (isCode(error, bucket.api.voice, 'exists')) return;
    throw error;
  }
  throw configError(
    `${code}_conditional_writes`,
    `The store of ${noun} ignores If-None-Match and would replace files that are there.`,
    {
      hint: 'A store with conditional writes is needed (Amazon S3, R2, recent MinIO and Ceph). Update it or use another one.',
    },
  );
}

/** What a put answers when the key is taken. */
function accept({ api }: Bucket, request: S3Put, head: Head): { created: boolean } {
  if (head.sha256 === request.sha256 && head.bytes === request.bytes) return { created: false };
  throw api.voice.conflict(request.key);
}

/** Looks at what was just written, and takes it back when it is not what was meant. */
async function verify(bucket: Bucket, request: S3Put): Promise<void> {
  const head = await headOf(bucket, request.key, request.signal);
  const problem = problemOf(bucket, request, head);
  if (problem === null) return;
  // Ours since a moment, and useless; if it stays, the next put reports a conflict instead of trusting it.
  await removeKeys(bucket, [request.key], request.signal).catch(() => undefined);
  throw problem;
}

function problemOf({ api: { voice }, settings: { sse } }: Bucket, request: S3Put, head: Head | null): AquariusError | null {
  const { key, bytes, sha256 } = request;
  if (head === null) return request.acceptVanished === true ? null : voice.gone(key);
  if (head.bytes !== bytes) return voice.verify(key, `${head.bytes} bytes arrived instead of ${bytes}`);
  if (head.sha256 !== sha256) return voice.verify(key, 'the store did not keep its SHA-256');
  if (sse === 'none' || head.encryption === sse) return null;
  return configError(`${voice.code}_not_encrypted`, `The store did not encrypt "${key}" with ${sse} as the settings demand.`, {
    hint: `Use a store and bucket that do, or set ${voice.noun}'s sse to what it offers.`,
  });
}

function vanished({ api: { voice } }: Bucket, key: string): AquariusError {
  return transientError(
    `${voice.code}_busy`,
    `Cannot write "${key}" into ${voice.noun}: the store says that it exists and that it does not.`,
    {
      hint: `Something removes and writes under the prefix of ${voice.noun} at the same time; it is tried again later.`,
    },
  );
}
