import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { AquariusError, configError, transientError } from '../../errors.ts';
import { type Clock, systemClock } from '../../lib/clock.ts';
import { byKey, checkKey, folderOf, isStageKey } from '../key.ts';
import { prove } from '../prove.ts';
import type { S3StageSettings } from '../settings.ts';
import type { PutRequest, Stage, StagedObject } from '../stage.ts';
import { beyondEnd, stageConflict, stageMissing, stageVerify } from '../staging-errors.ts';
import { bodyOf, bucketOf, type Head, headOf, keysUnder, removeKeys } from './bucket.ts';
import { openS3Api, type Secrets } from './client.ts';
import { inParallel } from './in-parallel.ts';
import { guarded } from './reading.ts';
import { sweep } from './sweep.ts';
import { upload } from './upload.ts';

export interface S3Stage extends Stage, AsyncDisposable {
  /** Aborts multipart uploads that a crash left behind and that began before `olderThan`; gives their number. */
  sweepMultiparts(olderThan: Date, signal?: AbortSignal): Promise<number>;
}

// How often an upload is made anew after a race for its key or after it was aborted from outside.
const UPLOADS = 3;

/** A stage in a bucket of Amazon S3 or of a store that speaks its protocol. Nothing is sent before the first call. */
export function openS3Stage(settings: S3StageSettings, deps: { readonly secrets: Secrets; readonly clock?: Clock }): S3Stage {
  const api = openS3Api(settings, { secrets: deps.secrets, clock: deps.clock ?? systemClock });
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

  async function put(request: PutRequest): Promise<{ created: boolean }> {
    checkKey(request.key, bucket.base);
    const found = await headOf(bucket, request.key, request.signal);
    if (found !== null) return accept(request, found);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await upload(bucket, request);
        break;
      } catch (error) {
        if (!(error instanceof AquariusError) || !['stage_exists', 'stage_busy', 'stage_upload_gone'].includes(error.code))
          throw error;
        // Somebody else was first, or our own completion arrived although its answer was lost.
        const there = await headOf(bucket, request.key, request.signal);
        if (there !== null) return accept(request, there);
        if (attempt === UPLOADS) throw error.code === 'stage_exists' ? vanished(request.key) : error;
      }
    }
    await verify(request);
    return { created: true };
  }

  /** Looks at what was just written, and takes it back when it is not what was meant. */
  async function verify(request: PutRequest): Promise<void> {
    const head = await headOf(bucket, request.key, request.signal);
    const problem = problemOf(request, head, settings);
    if (problem === null) return;
    // Ours since a moment, and useless; if it stays, the next put reports a conflict instead of trusting it.
    await removeKeys(bucket, [request.key], request.signal).catch(() => undefined);
    throw problem;
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

  async function list(prefix: string, signal?: AbortSignal): Promise<readonly StagedObject[]> {
    const objects: StagedObject[] = [];
    // A list says nothing of metadata, so each object is asked for its SHA-256.
    await inParallel(keysUnder(bucket, folderOf(prefix), signal), settings.concurrency, signal, async (key, either) => {
      const object = isStageKey(key) ? await stat(key, either) : null;
      if (object !== null) objects.push(object);
    });
    return objects.sort(byKey);
  }

  async function remove(prefix: string, signal?: AbortSignal): Promise<number> {
    const folder = folderOf(prefix);
    if (folder === '') throw new TypeError('removing needs a prefix: the whole stage is never removed at once');
    const keys: string[] = [];
    for await (const key of keysUnder(bucket, folder, signal)) keys.push(key);
    await removeKeys(bucket, keys, signal);
    return keys.length;
  }

  /** A store that ignores If-None-Match would replace staged files without a word. */
  async function proveConditional(request: PutRequest): Promise<void> {
    try {
      await upload(bucket, request);
    } catch (error) {
      if (error instanceof AquariusError && error.code === 'stage_exists') return;
      throw error;
    }
    throw configError('stage_conditional_writes', 'The store ignores If-None-Match and would replace staged files.', {
      hint: 'The stage needs a store with conditional writes (Amazon S3, R2, recent MinIO and Ceph). Update it or use another one.',
    });
  }

  const stage: S3Stage = {
    type: 's3',
    put,
    stat,
    open,
    list,
    remove,
    check: (signal) => prove(stage, `aquarius-check/${randomUUID()}`, signal, proveConditional),
    sweepMultiparts: (olderThan, signal) => sweep(bucket, olderThan, signal),
    [Symbol.asyncDispose]: async () => api[Symbol.dispose](),
  };
  return stage;
}

/** What a put answers when the key is taken. */
function accept(request: PutRequest, head: Head): { created: boolean } {
  if (head.sha256 === request.sha256 && head.bytes === request.bytes) return { created: false };
  throw stageConflict(request.key);
}

function vanished(key: string): AquariusError {
  return transientError(
    'stage_busy',
    `Cannot write "${key}" into the stage: the store says that it exists and that it does not.`,
    {
      hint: 'Something removes and writes under the prefix of the stage at the same time; it is tried again later.',
    },
  );
}

function problemOf(request: PutRequest, head: Head | null, { sse }: S3StageSettings): AquariusError | null {
  if (head === null) return stageVerify(request.key, 'it is not there after it was written');
  if (head.bytes !== request.bytes) return stageVerify(request.key, `${head.bytes} bytes arrived instead of ${request.bytes}`);
  if (head.sha256 !== request.sha256) return stageVerify(request.key, 'the store did not keep its SHA-256');
  if (sse === 'none' || head.encryption === sse) return null;
  return configError('stage_not_encrypted', `The store did not encrypt "${request.key}" with ${sse} as the settings demand.`, {
    hint: "Use a store and bucket that do, or set the stage's sse to what it offers.",
  });
}
