import { AquariusError } from '../../errors.ts';
import type { Bucket } from '../../s3/bucket.ts';
import { partBytes } from '../../s3/parts.ts';
import { putOnce } from '../../s3/put-once.ts';
import { sweep } from '../../s3/sweep.ts';
import type { Ctx, FileReceipt, ReadableFile, ReadableSet, Receipt } from '../destination.ts';
import { checkName, withBucket } from './open-bucket.ts';
import type { S3DestinationSettings } from './settings.ts';
import { stagedParts } from './staged-parts.ts';

/**
 * Puts a staged set into a bucket, one file after the other, the parts of a large one at the same time. What is there already with the
 * same SHA-256 is left alone; another object under the name is a `rejected` error `s3_conflict`.
 */
export async function deliverToS3(set: ReadableSet, settings: S3DestinationSettings, ctx: Ctx): Promise<Receipt> {
  const { files } = set;
  return withBucket(settings, ctx, async (bucket) => {
    const receipts: FileReceipt[] = [];
    let before = 0;
    let told = 0;
    const tell = (moved: number) => {
      // An upload that is made anew counts from its beginning.
      told = Math.max(told, before + moved);
      ctx.onProgress?.(told);
    };
    for (const file of files) checkName(bucket, file.name);
    for (const file of files) {
      receipts.push(await putFile(bucket, file, settings, ctx, tell));
      before += file.bytes;
      tell(0);
    }
    return {
      accepted: files.reduce((sum, { rows }) => sum + rows, 0),
      rejected: 0,
      reasons: {},
      reference: `s3://${settings.bucket}/${bucket.base}`,
      files: receipts,
      details: { region: settings.region, unfinishedRemoved: await sweepUnfinished(bucket, files, ctx.signal) },
    };
  });
}

async function putFile(
  bucket: Bucket,
  file: ReadableFile,
  settings: S3DestinationSettings,
  { signal, fence }: Ctx,
  onProgress: (moved: number) => void,
): Promise<FileReceipt> {
  const { name, bytes, sha256 } = file;
  const { created } = await putOnce(bucket, {
    key: name,
    bytes,
    sha256,
    acl: settings.acl,
    acceptVanished: settings.acceptVanished,
    signal,
    onProgress,
    beforePublish: fence,
    parts: (size, either = signal) => stagedParts(file, size, either),
  });
  return { name, remote: bucket.base + name, bytes, outcome: created ? 'sent' : 'already' };
}

/**
 * Frees the parts that earlier tries left of these files: none of them can be completed any more, since the names are taken. A partner
 * who lets nothing be listed or aborted keeps them until its lifecycle rule comes.
 */
async function sweepUnfinished(bucket: Bucket, files: readonly ReadableFile[], signal: AbortSignal): Promise<number> {
  let swept = 0;
  try {
    for (const { name, bytes } of files) {
      if (bytes <= partBytes(bytes, bucket.settings.partSizeMiB)) continue;
      swept += await sweep(bucket, ({ Key }) => Key === bucket.base + name, { start: name, signal });
    }
  } catch (error) {
    if (!(error instanceof AquariusError)) throw error;
  }
  return swept;
}
