import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { writeDurableFile } from '../format/durable-file.ts';
import { type Manifest, manifestJson } from '../format/manifest.ts';
import type { Stage } from '../stage/stage.ts';

/** Stages a manifest beside its files: whoever finds it knows that the set is whole. */
export async function putManifest(
  stage: Stage,
  key: string,
  manifest: Manifest,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const text = Buffer.from(manifestJson(manifest), 'utf8');
  const path = join(folder, 'manifest.json');
  await writeDurableFile(path, Readable.from([text]), signal);
  const sha256 = createHash('sha256').update(text).digest('hex');
  await stage.put({ key, path, bytes: text.length, sha256, contentType: 'application/json', isGiven: true, signal });
  await rm(path);
}
