import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, type MultipartUpload } from '@aws-sdk/client-s3';
import { AquariusError } from '../../errors.ts';
import type { Bucket } from './bucket.ts';

/** Aborts the multipart uploads under the stage's prefix that began before `olderThan`; gives their number. */
export async function sweep(bucket: Bucket, olderThan: Date, signal?: AbortSignal): Promise<number> {
  let swept = 0;
  for await (const { Key, UploadId, Initiated } of uploadsOf(bucket, signal)) {
    if (Initiated === undefined || Initiated.getTime() >= olderThan.getTime()) continue;
    try {
      await bucket.api.call('abort an upload that was left behind', signal, (client, options) =>
        client.send(new AbortMultipartUploadCommand({ ...bucket.target, Key, UploadId }), options),
      );
      swept += 1;
    } catch (error) {
      // Completed or aborted since it was listed.
      if (!(error instanceof AquariusError && error.code === 'stage_upload_gone')) throw error;
    }
  }
  return swept;
}

async function* uploadsOf({ api, base, target }: Bucket, signal?: AbortSignal): AsyncGenerator<MultipartUpload> {
  let KeyMarker: string | undefined;
  let UploadIdMarker: string | undefined;
  for (let more = true; more; ) {
    const page = await api.call('list unfinished uploads of the stage', signal, (client, options) =>
      client.send(new ListMultipartUploadsCommand({ ...target, Prefix: base, KeyMarker, UploadIdMarker }), options),
    );
    yield* page.Uploads ?? [];
    KeyMarker = page.NextKeyMarker;
    UploadIdMarker = page.NextUploadIdMarker;
    more = page.IsTruncated === true;
  }
}
