import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm, rmdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { freeBytes } from '../../lib/free-space.ts';
import { withResource } from '../../lib/with-resource.ts';
import { byKey, checkKey, folderOf, isStageKey } from '../key.ts';
import { prove } from '../prove.ts';
import type { PutRequest, Stage, StagedObject } from '../stage.ts';
import { beyondEnd, stageConflict, stageMissing, stageVerify } from '../staging-errors.ts';
import { classified, errorCode } from './classify.ts';
import { FILE_MODE, linkHere, linkNew, makeFolder, syncFolder } from './durable.ts';
import { hashCopy } from './hash-copy.ts';
import { isUnfinished, sidecarOf, unfinishedOf } from './names.ts';
import { recordedSha256, writeRecord } from './record.ts';
import { statsOf, walk } from './walk.ts';

export interface FolderStage extends Stage, AsyncDisposable {
  /** Removes the files that crashed puts left unfinished before `olderThan`; gives their number. */
  sweepUnfinished(olderThan: Date, signal?: AbortSignal): Promise<number>;
}

/** Bytes read at a time; in pieces of 64 KiB, reading would cost a multiple. */
const READ_BYTES = 1024 * 1024;

/** A stage in a folder, which is made (0700) when it is missing. `path` is absolute. */
export async function openFolderStage({ path: root }: { readonly path: string }): Promise<FolderStage> {
  await classified(`Cannot open the stage in ${root}`, () => makeFolder(root));
  const pathOf = (key: string): string => join(root, ...key.split('/'));
  const keyOf = (path: string): string => relative(root, path);

  async function stat(key: string, signal?: AbortSignal): Promise<StagedObject | null> {
    checkKey(key);
    signal?.throwIfAborted();
    const path = pathOf(key);
    return classified(`Cannot look at "${key}" in the stage`, async () => {
      const stats = await statsOf(path);
      if (stats === null || !stats.isFile()) return null;
      return { key, bytes: stats.size, sha256: await recordedSha256(path, signal) };
    });
  }

  /** What a put answers when the key is taken. */
  async function existing(request: PutRequest): Promise<{ created: boolean }> {
    const object = await stat(request.key, request.signal);
    if (object?.sha256 === request.sha256 && object.bytes === request.bytes) return { created: false };
    throw stageConflict(request.key);
  }

  async function put(request: PutRequest): Promise<{ created: boolean }> {
    checkKey(request.key);
    request.signal?.throwIfAborted();
    return withResource(open(request.path, 'r'), (source) =>
      classified(`Cannot write "${request.key}" into the stage`, () => write(request, source)),
    );
  }

  async function write(request: PutRequest, source: FileHandle): Promise<{ created: boolean }> {
    const path = pathOf(request.key);
    if ((await statsOf(path)) !== null) return existing(request);
    await makeFolder(dirname(path));
    const unfinished = unfinishedOf(path);
    try {
      if (!(await takeGiven(request, source, unfinished))) await copy(request, source, unfinished);
      // Whoever lost a file by hand left its record behind; without it the new file is at worst without one.
      await rm(sidecarOf(path), { force: true });
      if (!(await linkNew(unfinished, path))) return await existing(request);
    } finally {
      await rm(unfinished, { force: true });
    }
    await writeRecord(path, request.sha256);
    await syncFolder(dirname(path));
    return { created: true };
  }

  /** Gives a file that was given away its second name; false when it has to be copied. */
  async function takeGiven(request: PutRequest, source: FileHandle, unfinished: string): Promise<boolean> {
    if (request.isGiven !== true || !(await linkHere(request.path, unfinished))) return false;
    const { size } = await source.stat();
    if (size !== request.bytes) throw stageVerify(request.key, `${size} bytes arrived instead of ${request.bytes}`);
    request.onProgress?.(size);
    return true;
  }

  async function copy(request: PutRequest, source: FileHandle, unfinished: string): Promise<void> {
    await withResource(open(unfinished, 'wx', FILE_MODE), async (target) => {
      const { bytes, sha256 } = await hashCopy(source, target, request);
      if (bytes !== request.bytes) throw stageVerify(request.key, `${bytes} bytes arrived instead of ${request.bytes}`);
      if (sha256 !== request.sha256) throw stageVerify(request.key, 'the SHA-256 of what arrived is not the expected one');
      await target.sync();
    });
  }

  async function openRead(key: string, { start = 0, signal }: { start?: number; signal?: AbortSignal } = {}): Promise<Readable> {
    checkKey(key);
    signal?.throwIfAborted();
    return classified(`Cannot read "${key}" from the stage`, async () => {
      const stats = await statsOf(pathOf(key));
      if (stats === null || !stats.isFile()) throw stageMissing(key);
      if (start > stats.size) throw beyondEnd(key, start, stats.size);
      const handle = await open(pathOf(key), 'r');
      const highWaterMark = Math.max(1, Math.min(READ_BYTES, stats.size - start));
      return handle.createReadStream({ start, highWaterMark, ...(signal === undefined ? {} : { signal }) });
    });
  }

  async function list(prefix: string, signal?: AbortSignal): Promise<readonly StagedObject[]> {
    const folder = folderOf(prefix);
    return classified(`Cannot list "${prefix}" in the stage`, async () => {
      const objects: StagedObject[] = [];
      for await (const { path, kind } of walk(join(root, folder), folder)) {
        signal?.throwIfAborted();
        const key = keyOf(path);
        const object = kind === 'file' && isStageKey(key) ? await stat(key, signal) : null;
        if (object !== null) objects.push(object);
      }
      return objects.sort(byKey);
    });
  }

  async function remove(prefix: string, signal?: AbortSignal): Promise<number> {
    const folder = folderOf(prefix);
    if (folder === '') throw new TypeError('removing needs a prefix: the whole stage is never removed at once');
    return classified(`Cannot remove "${prefix}" from the stage`, async () => {
      const files: string[] = [];
      const folders: string[] = [];
      for await (const { path, name, kind } of walk(join(root, folder), folder)) {
        signal?.throwIfAborted();
        if (kind === 'folder') folders.push(path);
        else if (name.startsWith('.')) await rm(path, { force: true });
        else files.push(path);
      }
      // Records go first and for good, so that no crash leaves one without its file.
      for (const path of files) await rm(sidecarOf(path), { force: true });
      const parents = new Set(files.map((path) => dirname(path)));
      for (const parent of parents) await syncFolder(parent);
      for (const path of files) await rm(path, { force: true });
      for (const parent of parents) await syncFolder(parent);
      for (let above = dirname(join(root, folder)); above.length > root.length; above = dirname(above)) folders.push(above);
      for (const path of folders) await removeEmpty(path);
      return files.length;
    });
  }

  async function sweepUnfinished(olderThan: Date, signal?: AbortSignal): Promise<number> {
    return classified('Cannot sweep the stage', async () => {
      let swept = 0;
      for await (const { path, name, kind } of walk(root, '')) {
        signal?.throwIfAborted();
        if (kind !== 'file' || !isUnfinished(name)) continue;
        const stats = await statsOf(path);
        if (stats === null || stats.mtimeMs >= olderThan.getTime()) continue;
        await rm(path, { force: true });
        swept += 1;
      }
      return swept;
    });
  }

  const stage: FolderStage = {
    type: 'folder',
    put,
    stat,
    open: openRead,
    list,
    remove,
    freeBytes: () => classified(`Cannot look at the stage in ${root}`, () => freeBytes(root)),
    check: (signal) => prove(stage, `aquarius-check/${randomUUID()}`, signal),
    sweepUnfinished,
    async [Symbol.asyncDispose]() {},
  };
  return stage;
}

/** Removes a folder unless something is in it. */
async function removeEmpty(path: string): Promise<void> {
  try {
    await rmdir(path);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
}
