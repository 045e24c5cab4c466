import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { PutRequest, Stage } from './stage.ts';
import { stageMissing, stageVerify } from './staging-errors.ts';

const PROBE_BYTES = 64;

/**
 * Proves with a small object under `key` that a stage can write, find, list, read and remove, and leaves nothing behind.
 * `andMore` is tried while the object is there.
 */
export async function prove(
  stage: Stage,
  key: string,
  signal?: AbortSignal,
  andMore: (request: PutRequest) => Promise<void> = async () => {},
): Promise<void> {
  await withProbe(key, signal, async (request, bytes) => {
    await stage.put(request);
    try {
      const object = await stage.stat(key, signal);
      const listed = await stage.list(key, signal);
      if (object === null || !listed.some((entry) => entry.key === key)) throw stageMissing(key);
      const read = await buffer(await stage.open(key, signal === undefined ? {} : { signal }));
      if (!read.equals(bytes)) throw stageVerify(key, 'other bytes were read than had been written');
      await andMore(request);
    } catch (error) {
      // What failed first is what has to be fixed; a probe that stays behind is found again by the next check.
      await stage.remove(key).catch(() => 0);
      throw error;
    }
    await stage.remove(key, signal);
  });
}

/** A small local file of random bytes, as a request to put it. */
async function withProbe(
  key: string,
  signal: AbortSignal | undefined,
  work: (request: PutRequest, bytes: Buffer) => Promise<void>,
): Promise<void> {
  const bytes = randomBytes(PROBE_BYTES);
  const folder = await mkdtemp(join(tmpdir(), 'aquarius-check-'));
  try {
    const path = join(folder, 'probe');
    await writeFile(path, bytes, { mode: 0o600 });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await work({ key, path, bytes: bytes.length, sha256, ...(signal === undefined ? {} : { signal }) }, bytes);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
