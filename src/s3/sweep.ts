import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, type MultipartUpload } from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';
import { isCode } from './voice.ts';

/** Aborts multipart uploads under the prefix of the settings that nobody will finish; gives their number. */
export async function sweep(
  bucket: Bucket,
  isLeftBehind: (upload: MultipartUpload) => boolean,
  { start = '', signal }: { readonly start?: string; readonly signal?: AbortSignal | undefined } = {},
): Promise<number> {
  let swept = 0;
  for await (const upload of uploadsOf(bucket, start, signal)) {
    if (!isLeftBehind(upload)) continue;
    const { Key, UploadId } = upload;
    try {
      await bucket.api.call('abort an upload that was left behind', signal, (client, options) =>
        client.send(new AbortMultipartUploadCommand({ ...bucket.target, Key, UploadId }), options),
      );
      swept += 1;
    } catch (error) {
      // Completed or aborted since it was listed.
      if (!isCode(error, bucket.api.voice, 'upload_gone')) throw error;
    }
  }
  return swept;
}

async function* uploadsOf({ api, base, target }: Bucket, start: string, signal?: AbortSignal): AsyncGenerator<MultipartUpload> {
  let KeyMarker: string | undefined;
  let UploadIdMarker: string | undefined;
  for (let more = true; more; ) {
    const page = await api.call(`list unfinished uploads of ${api.voice.noun}`, signal, (client, options) =>
      client.send(new ListMultipartUploadsCommand({ ...target, Prefix: base + start, KeyMarker, UploadIdMarker }), options),
    );
    yield* page.Uploads ?? [];
    KeyMarker = page.NextKeyMarker;
    UploadIdMarker = page.NextUploadIdMarker;
    more = page.IsTruncated === true;
  }
}
