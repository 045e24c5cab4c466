import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type AquariusError, configError } from '../../errors.ts';
import { type Clock, systemClock } from '../../lib/clock.ts';
import { inParallel } from '../../lib/in-parallel.ts';
import { bodyOf, bucketOf, type Head, headOf, keysFrom, removeKeys } from '../../s3/bucket.ts';
import { openS3Api, type Secrets } from '../../s3/client.ts';
import { proveConditional, putOnce } from '../../s3/put-once.ts';
import type { S3Put } from '../../s3/s3-put.ts';
import { sweep } from '../../s3/sweep.ts';
import type { Voice } from '../../s3/voice.ts';
import { byKey, checkKey, folderOf, isStageKey, isUnder } from '../key.ts';
import { prove } from '../prove.ts';
import type { S3StageSettings } from '../settings.ts';
import type { PutRequest, Stage, StagedObject } from '../stage.ts';
import { beyondEnd, stageConflict, stageMissing, stageVerify } from '../staging-errors.ts';
import { parseRecord, recordKey, recordText } from './adopted.ts';
import { fileParts } from './file-parts.ts';
import { guarded } from './reading.ts';

export interface S3Stage extends Stage, AsyncDisposable {
  /** Aborts multipart uploads that a crash left behind and that began before `olderThan`; gives their number. */
  sweepMultiparts(olderThan: Date, signal?: AbortSignal): Promise<number>;
}

const VOICE: Voice = {
  noun: 'the stage',
  code: 'stage',
  conflict: stageConflict,
  verify: stageVerify,
  gone: (key) => stageVerify(key, 'it is not there after it was written'),
};

/** A stage in a bucket of Amazon S3 or of a store that speaks its protocol. Nothing is sent before the first call. */
export function openS3Stage(settings: S3StageSettings, deps: { readonly secrets: Secrets; readonly clock?: Clock }): S3Stage {
  const api = openS3Api(settings, { secrets: deps.secrets, clock: deps.clock ?? systemClock, voice: VOICE });
  const bucket = bucketOf(api, settings);

  async function stat(key: string, signal?: AbortSignal): Promise<StagedObject | null> {
    checkKey(key, bucket.base);
    const head = await headOf(bucket, key, signal);
    if (head === null) return null;
    const sha256 = head.sha256 ?? (await adoptedSha256(key, head, signal));
    if (sha256 !== null) return { key, bytes: head.bytes, sha256 };
    throw configError('stage_foreign', `"${key}" was not put into the stage by Aquarius: it has no recorded SHA-256.`, {
      hint: 'Move it away, or give the stage a prefix of its own in the bucket.',
    });
  }

  async function put(request: PutRequest): Promise<{ readonly created: boolean }> {
    checkKey(request.key, bucket.base);
    return putOnce(bucket, fromFile(request));
  }

  async function adopt(
    key: string,
    find: (bytes: Readable) => Promise<string>,
    signal?: AbortSignal,
  ): Promise<StagedObject | null> {
    checkKey(key, bucket.base);
    const head = await headOf(bucket, key, signal);
    if (head === null) return null;
    if (settings.sse !== 'none' && head.encryption !== settings.sse) throw notEncrypted(key, settings.sse);
    const sha256 = await find(await read(key, head, 0, signal));
    await putOnce(bucket, fromBuffer(recordKey(key), recordText({ etag: head.etag, sha256 }), signal));
    return { key, bytes: head.bytes, sha256 };
  }

  /** Of an object that was adopted and is still the same; null for any other. */
  async function adoptedSha256(key: string, { etag }: Head, signal?: AbortSignal): Promise<string | null> {
    const place = recordKey(key);
    const record = await headOf(bucket, place, signal);
    if (record === null) return null;
    const known = parseRecord(await text(await read(place, record, 0, signal)));
    return known !== null && known.etag === etag ? known.sha256 : null;
  }

  /** The bytes of an object from `start`, which lies before its end. */
  async function read(key: string, { bytes }: Head, start: number, signal?: AbortSignal): Promise<Readable> {
    if (bytes === 0) return Readable.from([]);
    const body = await bodyOf(bucket, key, start, signal);
    const explain = (error: unknown) => api.explain(`read "${key}" from the stage`, error);
    return guarded(body, { key, bytes: bytes - start, idleMs: settings.timeoutSeconds * 1000, signal, explain });
  }

  async function open(key: string, { start = 0, signal }: { start?: number; signal?: AbortSignal } = {}): Promise<Readable> {
    checkKey(key, bucket.base);
    const head = await headOf(bucket, key, signal);
    if (head === null) throw stageMissing(key);
    if (start > head.bytes) throw beyondEnd(key, start, head.bytes);
    // Nothing is left; a range that begins at the end is an error in S3's protocol.
    if (start === head.bytes) return Readable.from([]);
    return read(key, head, start, signal);
  }

  /** Keys in a folder given by `folderOf`: S3 knows only how keys begin. */
  async function* under(folder: string, signal?: AbortSignal): AsyncGenerator<string> {
    for await (const key of keysFrom(bucket, folder, signal)) if (isUnder(folder, key)) yield key;
  }

  async function list(prefix: string, signal?: AbortSignal): Promise<readonly StagedObject[]> {
    const folder = folderOf(prefix);
    const objects: StagedObject[] = [];
    // A list says nothing of metadata, so each object is asked for its SHA-256.
    await inParallel(
      (either) => under(folder, either),
      settings.concurrency,
      signal,
      async (key, either) => {
        const object = isStageKey(key) ? await stat(key, either) : null;
        if (object !== null) objects.push(object);
      },
    );
    return objects.sort(byKey);
  }

  async function remove(prefix: string, signal?: AbortSignal): Promise<number> {
    const folder = folderOf(prefix);
    if (folder === '') throw new TypeError('removing needs a prefix: the whole stage is never removed at once');
    const keys: string[] = [];
    for await (const key of under(folder, signal)) keys.push(key);
    await removeKeys(bucket, keys, signal);
    return keys.length;
  }

  const stage: S3Stage = {
    type: 's3',
    put,
    adopt,
    stat,
    open,
    list,
    remove,
    check: (signal) =>
      prove(stage, `aquarius-check/${randomUUID()}`, signal, (request) => proveConditional(bucket, fromFile(request))),
    sweepMultiparts: (olderThan, signal) =>
      sweep(bucket, ({ Initiated }) => Initiated !== undefined && Initiated.getTime() < olderThan.getTime(), { signal }),
    [Symbol.asyncDispose]: async () => api[Symbol.dispose](),
  };
  return stage;
}

function fromFile(request: PutRequest): S3Put {
  return { ...request, parts: (size) => fileParts(request, size) };
}

function fromBuffer(key: string, body: Buffer, signal: AbortSignal | undefined): S3Put {
  return {
    key,
    bytes: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    ...(signal === undefined ? {} : { signal }),
    async *parts() {
      yield { number: 1, body, reread: async () => body };
    },
  };
}

function notEncrypted(key: string, sse: string): AquariusError {
  return configError('stage_not_encrypted', `"${key}" was written without the encryption ${sse} that the settings demand.`, {
    hint: 'Give the external stage of the warehouse that encryption (ENCRYPTION = …), or the bucket as its default.',
  });
}
