import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { configError } from '../../errors.ts';
import { type Clock, systemClock } from '../../lib/clock.ts';
import { inParallel } from '../../lib/in-parallel.ts';
import { bodyOf, bucketOf, headOf, keysFrom, removeKeys } from '../../s3/bucket.ts';
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
    if (head.sha256 !== null) return { key, bytes: head.bytes, sha256: head.sha256 };
    throw configError('stage_foreign', `"${key}" was not put into the stage by Aquarius: it has no recorded SHA-256.`, {
      hint: 'Move it away, or give the stage a prefix of its own in the bucket.',
    });
  }

  async function put(request: PutRequest): Promise<{ readonly created: boolean }> {
    checkKey(request.key, bucket.base);
    return putOnce(bucket, fromFile(request));
  }

  async function open(key: string, { start = 0, signal }: { start?: number; signal?: AbortSignal } = {}): Promise<Readable> {
    checkKey(key, bucket.base);
    const head = await headOf(bucket, key, signal);
    if (head === null) throw stageMissing(key);
    if (start > head.bytes) throw beyondEnd(key, start, head.bytes);
    // Nothing is left; a range that begins at the end is an error in S3's protocol.
    if (start === head.bytes) return Readable.from([]);
    const body = await bodyOf(bucket, key, start, signal);
    const explain = (error: unknown) => api.explain(`read "${key}" from the stage`, error);
    return guarded(body, { key, bytes: head.bytes - start, idleMs: settings.timeoutSeconds * 1000, signal, explain });
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
