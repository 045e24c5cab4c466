import { createHash, randomUUID } from 'node:crypto';
import { keysFrom, removeKeys } from '../../s3/bucket.ts';
import { proveConditional, putOnce } from '../../s3/put-once.ts';
import type { S3Put } from '../../s3/s3-put.ts';
import type { CheckCtx } from '../destination.ts';
import { withBucket } from './open-bucket.ts';
import type { S3DestinationSettings } from './settings.ts';

const PROBE = Buffer.from('Aquarius checks that it can write here, and removes this object.\n');

/**
 * Proves that a delivery could be made: writes a small object in the way that deliveries do it, sees that it cannot be replaced, and
 * removes it. Without `checkByWriting` it only proves that the bucket can be listed.
 */
export async function checkS3(settings: S3DestinationSettings, ctx: CheckCtx): Promise<void> {
  // Always hidden: a partner's collector must not take it.
  const key = `.aquarius-check.${randomUUID()}.partial`;
  const { signal } = ctx;
  await withBucket(settings, ctx, async (bucket) => {
    for await (const _ of keysFrom(bucket, key, signal)) break;
    if (!settings.checkByWriting) return;
    const probe: S3Put = {
      key,
      bytes: PROBE.length,
      sha256: createHash('sha256').update(PROBE).digest('hex'),
      acl: settings.acl,
      signal,
      async *parts() {
        yield { number: 1, body: PROBE, reread: async () => PROBE };
      },
    };
    try {
      await putOnce(bucket, probe);
      await proveConditional(bucket, probe);
    } catch (error) {
      // What failed first is what has to be mended.
      await removeKeys(bucket, [key], signal).catch(() => undefined);
      throw error;
    }
    await removeKeys(bucket, [key], signal);
  });
}
