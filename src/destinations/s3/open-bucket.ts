import { configError, rejectedError, transientError } from '../../errors.ts';
import { type Bucket, bucketOf } from '../../s3/bucket.ts';
import { openS3Api } from '../../s3/client.ts';
import type { Voice } from '../../s3/voice.ts';
import type { CheckCtx } from '../destination.ts';
import type { S3DestinationSettings } from './settings.ts';

const MAX_KEY_BYTES = 1024;

const VOICE: Voice = {
  noun: 'the destination',
  code: 's3',
  conflict: (key) =>
    rejectedError('s3_conflict', `The bucket has another object under "${key}". It was not touched.`, {
      hint: 'Names must be unique for each run: check nameTemplate, and who else writes under this prefix.',
    }),
  verify: (key, found) =>
    transientError('s3_incomplete', `The store did not keep "${key}" as it was sent: ${found}.`, {
      hint: 'It is tried again. If it stays, the store is at fault.',
    }),
  // Not tried again: the partner may have it, and would get it twice.
  gone: (key) =>
    configError('s3_vanished', `"${key}" was gone from the bucket before it could be looked at.`, {
      hint: 'If the partner takes objects away at once, set acceptVanished. Ask whether it has this one before sending it again.',
    }),
};

/** Works with a destination's bucket. Nothing is sent before the first call. */
export async function withBucket<T>(
  settings: S3DestinationSettings,
  { secrets, clock }: Pick<CheckCtx, 'secrets' | 'clock'>,
  work: (bucket: Bucket) => Promise<T>,
): Promise<T> {
  const api = openS3Api(settings, { secrets, clock, voice: VOICE });
  try {
    return await work(bucketOf(api, settings));
  } finally {
    api[Symbol.dispose]();
  }
}

/** Refuses a name that S3 could not store behind the prefix: `config` error `s3_key`. */
export function checkName({ base }: Bucket, name: string): void {
  if (name !== '' && Buffer.byteLength(base + name) <= MAX_KEY_BYTES) return;
  throw configError('s3_key', `"${name.slice(0, 80)}" behind the prefix is not a key of 1 to ${MAX_KEY_BYTES} bytes.`, {
    hint: 'Shorten prefix or nameTemplate.',
  });
}
